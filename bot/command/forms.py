"""A command as a form, without the place that shows it: its inputs, and their values both ways."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.command.arguments import Argument, arguments, clash, gaps, words_of
from bot.command.base import Command
from bot.command.kinds.base import Input
from bot.command.line.misfits import misfits
from bot.command.matching import bare, taking_breath
from bot.command.pinning import filled
from bot.command.ports import Names
from bot.command.registry import Registry
from bot.errors import UserError
from bot.reply import Reply


@dataclass(frozen=True)
class FormField:
    """One input."""

    name: str
    label: str
    input: Input
    required: bool
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Form:
    """The inputs of one command, in the order it states its fields."""

    title: str
    fields: tuple[FormField, ...]


class BadFields(UserError):  # noqa: N818 -- it names what the fields are
    """A form that is no command yet; ``fields`` says by field what is wrong."""

    def __init__(self, wrong: Mapping[str, UserError]) -> None:
        super().__init__("Something in the form does not fit: {fields}.", fields=tuple(wrong))
        self.fields = {name: Reply.of(error) for name, error in wrong.items()}


def form(command: type[Command]) -> Form:
    """The form of a command."""
    title = words_of(command).replace("-", " ").capitalize()
    return Form(title, tuple(_field(argument) for argument in arguments(command)))


def to_form(command: Command) -> dict[str, Any]:
    """A command's values as its form holds them; ``from_form`` reads them back equal."""
    return filled(arguments(type(command)), dict(command))


async def offered(command: type[Command], field: str, names: Names, typed: str = "") -> dict[str, str]:
    """What an input that is searched offers for what is typed: what people call it, by what it then holds."""
    kinds = [argument.kind for argument in arguments(command) if argument.name == field]
    offers = {kind.fill(value): kind.show(value) for kind in kinds for value in await kind.offers(names)}
    wanted = bare(typed)
    return {value: shown async for value, shown in taking_breath(offers.items()) if wanted in bare(shown)}


def from_form(registry: Registry, words: str, values: Mapping[str, Any]) -> Command:
    """Make a command of what somebody filled in.

    Raises BadFields when something is missing or fits its field no better than it would in a line.
    """
    command = registry.commands[words]
    stated = arguments(command)
    read = _read(stated, values)
    wrong = _lacking(gaps(stated, read)) | _clashing(stated, read)
    if wrong:
        raise BadFields(wrong)
    try:
        return command.model_validate(read)
    except ValidationError as error:
        raise BadFields(misfits(stated, error)) from error
    except UserError as error:
        raise BadFields({error.field or stated[0].name: error}) from error


def _field(argument: Argument) -> FormField:
    kind = argument.kind
    return FormField(
        name=argument.name,
        label=argument.word.replace("-", " ").capitalize(),
        input=kind.form,
        required=argument.required,
        choices=tuple(kind.words()),
        hint=argument.description or (kind.remark if argument.default == kind.implied else ""),
    )


def _read(stated: Iterable[Argument], values: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    wrong: dict[str, UserError] = {}
    for argument in stated:
        held = values.get(argument.name)
        if held is None or (held == "" and not argument.kind.free):
            continue
        try:
            read[argument.name] = argument.kind.unfill(held)
        except UserError as error:
            wrong[argument.name] = error
    if wrong:
        raise BadFields(wrong)
    return read


def _lacking(lacking: Iterable[Argument]) -> dict[str, UserError]:
    return {argument.name: UserError("This is needed.") for argument in lacking}


def _clashing(stated: tuple[Argument, ...], values: Mapping[str, Any]) -> dict[str, UserError]:
    both = clash(stated, values)
    if not both:
        return {}
    one, other = both
    return {one.name: UserError("Fill in either {one} or {other}, not both.", one=one.word, other=other.word)}
