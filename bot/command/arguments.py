"""What a command's fields mean in a line: which stand among the words, and how each is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.command.kinds import kind_of
from bot.command.kinds.base import Kind
from bot.reply import Term

Marker = TypeVar("Marker")


class Positional:
    """Marks an optional field that stands among the words: ``mute Gus 10m``."""


class Shorthand:
    """Marks what a line says shortly and another field holds: no form asks for it."""


@dataclass(frozen=True)
class Option:
    """What a field is called in a line, where Python's name would read badly: ``Option("in")``."""

    word: str


@dataclass(frozen=True)
class Or:
    """Marks a field that stands among the words unless this other one is given: ``Or("role")``.

    One of the two is needed, and only one may be given.
    """

    field: str


class Carried:
    """Marks a text that nobody types: a form carries what it showed from its opening to its end."""


@dataclass(frozen=True, init=False)
class Chips:
    """What a text mostly says; its form offers that beside it: ``Chips(Term("spamming"))``."""

    words: tuple[Term, ...]

    def __init__(self, *words: Term) -> None:
        object.__setattr__(self, "words", words)


@dataclass(frozen=True)
class Argument:
    """One field as people meet it.

    ``word`` is its name in a line, ``label`` the one in a form: the field's title, else its word.
    ``positional`` ones stand among the words, in the order of the class. ``instead`` names the field that
    may be given in its place. An ``implied`` one has its default although the class states none. ``chips``
    are what its text mostly says; a ``shorthand`` has no input. A ``carried`` one is written and read by
    nobody: only a form knows of it.
    """

    name: str
    word: str
    label: str
    kind: Kind
    required: bool
    positional: bool
    default: Any
    description: str
    instead: str = ""
    implied: bool = False
    chips: tuple[Term, ...] = ()
    shorthand: bool = False
    carried: bool = False

    @property
    def needed(self) -> bool:
        """Whether a command without it lacks something."""
        return self.required or bool(self.instead)


@cache
def words_of(command: type[BaseModel]) -> str:
    """What people type for a command: the path of its file beneath the package of commands."""
    _, *path = command.__module__.split(".")
    return " ".join(path).replace("_", "-")


def typed(command: type[BaseModel]) -> tuple[Argument, ...]:
    """Those that people meet: all but what a form carries."""
    return tuple(one for one in arguments(command) if not one.carried)


@cache
def arguments(command: type[BaseModel]) -> tuple[Argument, ...]:
    """Every field of a command, in the order it states them.

    Raises TypeError when a field is of no kind that people can type.
    """
    return tuple(
        _argument(name, field, first=index == 0)
        for index, (name, field) in enumerate(command.model_fields.items())
    )


def gaps(stated: Sequence[Argument], values: Mapping[str, Any]) -> tuple[Argument, ...]:
    """What is still needed of these values, by field; a field that is left out has its default."""
    return tuple(argument for argument in stated if _lacks(argument, stated, values))


def clash(stated: Sequence[Argument], values: Mapping[str, Any]) -> tuple[Argument, Argument] | None:
    """Two arguments of which only one may be given, when both are."""
    for argument in stated:
        other = alternative(argument, stated)
        if other and _given(argument, values) and _given(other, values):
            return argument, other
    return None


def alternative(argument: Argument, stated: Sequence[Argument]) -> Argument | None:
    """The argument that may be given in place of this one."""
    return next((other for other in stated if other.name == argument.instead), None)


def text_behind(argument: Argument, stated: Sequence[Argument]) -> Argument | None:
    """The free text that follows a person among the words; None where nothing or something else does."""
    positional = [other for other in stated if other.positional]
    if not argument.kind.before_text or argument not in positional:
        return None
    behind = positional[positional.index(argument) + 1 :][:1]
    return behind[0] if behind and behind[0].kind.free and not behind[0].kind.rest else None


def _lacks(argument: Argument, stated: Sequence[Argument], values: Mapping[str, Any]) -> bool:
    if _given(argument, values) or _held(argument, stated, values):
        return False
    other = alternative(argument, stated)
    return not _given(other, values) if other else argument.required


def _held(argument: Argument, stated: Sequence[Argument], values: Mapping[str, Any]) -> bool:
    """Whether a person's words still hold this text."""
    people = [other for other in stated if text_behind(other, stated) == argument]
    return any(person.kind.holds_text(values.get(person.name)) for person in people)


def _given(argument: Argument, values: Mapping[str, Any]) -> bool:
    return not argument.kind.blank(values.get(argument.name, argument.default))


def _argument(name: str, field: FieldInfo, *, first: bool) -> Argument:
    kind, instead, option = kind_of(name, field), _marker(field, Or), _marker(field, Option)
    implies = kind.implied is not None
    required = field.is_required() and not implies
    marked = Positional in field.metadata or bool(instead) or kind.rest
    word = option.word if option else name.replace("_", "-")
    return Argument(
        name=name,
        word=word,
        label=field.title or word.replace("-", " ").capitalize(),
        kind=kind,
        required=required,
        positional=first if implies else required or marked,
        default=_default(field, kind),
        description=field.description or "",
        instead=instead.field if instead else "",
        implied=field.is_required() and implies,
        chips=chips.words if (chips := _marker(field, Chips)) else (),
        shorthand=Shorthand in field.metadata,
        carried=Carried in field.metadata,
    )


def _default(field: FieldInfo, kind: Kind) -> Any:
    if field.is_required():
        return kind.implied
    return field.get_default(call_default_factory=True, validated_data={})


def _marker(field: FieldInfo, marker: type[Marker]) -> Marker | None:
    return next((mark for mark in field.metadata if isinstance(mark, marker)), None)
