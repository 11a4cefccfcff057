"""A command as a form, without the place that shows it: its inputs, and their values both ways."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.command import grammar
from bot.command.arguments import Argument, arguments, clash, gaps, words_of
from bot.command.base import Command
from bot.command.grammar import Kind
from bot.command.kinds import RoomRef
from bot.command.line.misfits import misfits
from bot.command.pinning import filled
from bot.command.registry import Registry
from bot.errors import UserError
from bot.reply import Reply

HERE = "Left empty, it is the room of the channel."


@dataclass(frozen=True)
class FormField:
    """One input.

    ``kind`` is room, person, user, text, sentence, line, duration, time, number, flag, choice or words.
    A flag holds true or false, words a list of texts, every other a text, or None when it is empty.
    """

    name: str
    label: str
    kind: str
    required: bool
    choices: tuple[str, ...] = ()
    hint: str = ""
    multiline: bool = False


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
        raise BadFields({stated[0].name: error}) from error


def _field(argument: Argument) -> FormField:
    kind = argument.kind
    return FormField(
        name=argument.name,
        label=argument.word.replace("-", " ").capitalize(),
        kind=kind.form,
        required=argument.required,
        choices=tuple(kind.choices) if isinstance(kind, grammar.Choice) else (),
        hint=argument.description or (HERE if argument.default == RoomRef() else ""),
        multiline=isinstance(kind, grammar.LongText),
    )


def _read(stated: Iterable[Argument], values: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    wrong: dict[str, UserError] = {}
    for argument in stated:
        held = values.get(argument.name)
        if _empty(argument.kind, held):
            continue
        try:
            read[argument.name] = _value(argument.kind, held)
        except UserError as error:
            wrong[argument.name] = error
    if wrong:
        raise BadFields(wrong)
    return read


def _empty(kind: Kind, held: Any) -> bool:
    return held is None or (held == "" and not isinstance(kind, grammar.Text))


def _value(kind: Kind, held: Any) -> Any:
    if isinstance(kind, grammar.Flag):
        return bool(held)
    if isinstance(kind, grammar.Several):
        return kind.make(kind.item.read(item) for item in held)
    return kind.read(held)


def _lacking(lacking: Iterable[Argument]) -> dict[str, UserError]:
    return {argument.name: UserError("This is needed.") for argument in lacking}


def _clashing(stated: tuple[Argument, ...], values: Mapping[str, Any]) -> dict[str, UserError]:
    both = clash(stated, values)
    if not both:
        return {}
    one, other = both
    return {one.name: UserError("Fill in either {one} or {other}, not both.", one=one.word, other=other.word)}
