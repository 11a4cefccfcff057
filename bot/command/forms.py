"""A command as a form, without the place that shows it: its inputs, and their values both ways."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from bot.command.arguments import Argument, arguments, clash, gaps, typed, words_of
from bot.command.base import Command
from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Turn
from bot.command.matching import Spellings, Spelt, bare, taking_breath
from bot.command.misfits import misfits
from bot.command.pinning import drafted, filled, settled
from bot.command.ports import Names
from bot.command.references import PersonRef, Reference, RoomRef
from bot.command.registry import Registry
from bot.errors import UserError
from bot.hms import HmsError
from bot.people import Yes
from bot.reply import Reply, Term

NAMED = (RoomRef, PersonRef)


@dataclass(frozen=True)
class FormField:
    """One input."""

    name: str
    label: str
    input: Input
    required: bool
    choices: tuple[str, ...] = ()
    hint: str = ""
    chips: tuple[Term, ...] = ()
    called: Mapping[str, Term] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Form:
    """The inputs of one command, in the order it states its fields; ``button`` hands it in."""

    title: str
    button: str
    fields: tuple[FormField, ...]

    @property
    def called(self) -> Term:
        """Its title among other words: of ours, which are never cut as a name is."""
        return Term(self.title)


@dataclass(frozen=True)
class Sheet:
    """A form as it is put before somebody: what is known already, and which of its inputs are shown.

    ``labels`` are what people call the values that are chosen from a list; ``needed`` cannot stay empty and
    ``wrong`` says by field what is the matter with what was given. ``holding`` are those of which nobody said
    anything yet, and which show what holds now.
    """

    words: str
    values: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    wrong: Mapping[str, Reply] = field(default_factory=dict)
    holding: tuple[str, ...] = ()

    @property
    def hidden(self) -> Mapping[str, Any]:
        """What is known and not asked for."""
        return {name: held for name, held in self.values.items() if name not in self.shown}


class BadFields(UserError):  # noqa: N818 -- it names what the fields are
    """A form that is no command yet; ``fields`` says by field what is wrong."""

    def __init__(self, wrong: Mapping[str, UserError]) -> None:
        super().__init__("Something in the form does not fit: {fields}.", fields=tuple(wrong))
        self.fields = {name: Reply.of(error) for name, error in wrong.items()}


def form(command: type[Command]) -> Form:
    """The form of a command: it is called, and handed in, by what it does."""
    verb = command.verb or _verb(words_of(command))
    title = verb[:1].upper() + verb[1:]
    button = f"Ask to {verb}" if command.yes > Yes.ACTOR else title
    return Form(title, button, tuple(_field(one) for one in typed(command) if not one.shorthand))


async def laid_out(
    command: type[Command],
    held: Mapping[str, Any],
    names: Names,
    may: Callable[[str], Awaitable[bool]],
    holding: Callable[[Command], Awaitable[Mapping[str, Any]]],
) -> Sheet:
    """A command's form that asks only for what is missing, with everything else by its name.

    ``held`` is what its inputs would hold; ``may`` tells whether who asks may know who is in a room, and
    ``holding`` what holds there of what nobody has said yet.
    """
    stated = arguments(command)
    draft, unread = drafted(command, held)
    draft, wrong = await _pinned(draft, names, may)
    known = {one.name: getattr(draft, one.name) for one in stated if one.name not in {*unread, *wrong}}
    lacking = [one.name for one in gaps(stated, known)]
    asked = [*lacking, *wrong, *unread]
    given = [one for one in stated if _is_given(one, known)]
    again = [one.name for one in given if not one.implied]
    now = {} if lacking else await holding(draft)  # nobody knows yet of what
    rest = [one.name for one in stated if one.name not in again or one.name in now]
    shown = (rest if now and not asked else asked or again) or rest
    if any(one.kind.form is Input.QUESTIONS for one in stated if one.name in shown):
        shown = rest  # what is built is built whole: nobody looks behind a button for half of it
    kept = [one for one in stated if one not in given and one.name in known.keys() & now.keys()]
    known |= {one.name: now[one.name] for one in kept}
    return Sheet(
        words_of(command),
        filled([*given, *kept], known) | {name: held[name] for name in unread},
        {one.name: label for one in (*given, *kept) if (label := _label(one, known[one.name]))},
        tuple(one.name for one in stated if one.name in shown and not (one.shorthand or one.carried)),
        tuple(dict.fromkeys([*lacking, *wrong])),
        {name: wrong_at(error) for name, error in (unread | wrong).items()},
        tuple(one.name for one in kept if not one.carried),
    )


def to_form(command: Command) -> dict[str, Any]:
    """A command's values as its form holds them; ``from_form`` reads them back equal."""
    return filled(arguments(type(command)), dict(command))


def given_by(command: Command) -> dict[str, Any]:
    """A command's values as a form is laid out with them again: whoever was named keeps their name."""
    named = {name: value for name, value in command if isinstance(value, Reference) and value.words}
    return to_form(command) | {name: value.model_dump(exclude_defaults=True) for name, value in named.items()}


def called(command: Command, labels: Mapping[str, str]) -> Command:
    """The same command with what was chosen from a list called as it was called there."""
    chosen = {name: value for name, value in command if isinstance(value, NAMED) and value.words}
    named = {
        name: value.model_copy(update={"name": _named(labels[name])})
        for name, value in chosen.items()
        if name in labels
    }
    return command.model_copy(update=named)


async def offered(
    command: type[Command], field: str, names: Names, place: RoomRef | None = None, typed: str = ""
) -> dict[str, str]:
    """What an input that is searched offers for what is typed: what people call it, by what it then holds.

    Where nothing is called so, it is what comes near. ``place`` is the room the command is about.
    """
    kind = next((one.kind.each for one in arguments(command) if one.name == field), None)
    if kind is None:
        return {}
    values = await kind.offers(names, place)
    offers = dict(zip(map(kind.fill, values), kind.labels(values), strict=True))
    if kind.takes_new and typed.strip():
        offers[typed.strip()] = typed.strip()
    wanted = bare(typed)
    fitting = {value: shown async for value, shown in taking_breath(offers.items()) if wanted in bare(shown)}
    if fitting:
        return fitting
    named = await Spellings.of((_named(shown), value) for value, shown in offers.items())
    return {value: offers[value] for value in named.near(Spelt.of(typed))}


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
        return command.model_validate(read, context=registry)
    except ValidationError as error:
        raise BadFields(misfits(stated, error)) from error
    except UserError as error:
        raise BadFields({error.field or stated[0].name: error}) from error


def wrong_at(error: UserError) -> Reply:
    """What is wrong with a field, with whatever there is to choose from instead."""
    if not isinstance(error, Ambiguous):
        return Reply.of(error)
    return Reply.of(error) + Reply("{choices}.", choices=tuple(button.label for button in error.buttons))


def _verb(words: str) -> str:
    """What people do with it: ``room create`` is to create a room."""
    noun, _, verb = words.partition(" ")
    return f"{verb} {noun}".replace("-", " ").strip() if verb else noun.replace("-", " ")


def _named(label: str) -> str:
    """A label without what stands beside the name."""
    return label.split(" · ", maxsplit=1)[0]


def _is_given(argument: Argument, known: Mapping[str, Any]) -> bool:
    value = known.get(argument.name)
    return not argument.kind.blank(value) and value != argument.default


async def _pinned(
    draft: Command, names: Names, may: Callable[[str], Awaitable[bool]]
) -> tuple[Command, dict[str, UserError]]:
    """The draft with what is chosen from lists pinned to what it means, and what of it means nothing."""
    wrong: dict[str, UserError] = {}
    searched = [one for one in arguments(type(draft)) if one.kind.form.is_searched]
    for argument in sorted(searched, key=lambda one: one.kind.turn):
        if argument.kind.blank(getattr(draft, argument.name)) and not argument.implied:
            continue
        place = getattr(draft, "room", None)
        if argument.kind.turn is Turn.INSIDE and not (place and place.id and await may(place.id)):
            continue
        try:
            draft = await settled(draft, argument, names)
        except UserError as error:
            wrong[argument.name] = error
        except HmsError:
            continue  # it is asked again, when the form is handed in
    return draft, wrong


def _label(argument: Argument, value: Any) -> str:
    return argument.kind.labels([value])[0] if argument.kind.form is Input.SEARCH else ""


def _field(argument: Argument) -> FormField:
    kind = argument.kind
    return FormField(
        name=argument.name,
        label=argument.label,
        input=kind.form,
        required=argument.required,
        choices=tuple(kind.words()),
        called=kind.called(),
        chips=argument.chips,
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
    one, other = clash(stated, values) or (None, None)
    if not (one and other):
        return {}
    return {one.name: UserError("Fill in either {one} or {other}, not both.", one=one.word, other=other.word)}
