"""What a command's fields mean in a line: which stand among the words, and how each is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.command import grammar
from bot.command.grammar import Kind
from bot.command.kinds import Option, Or, PersonRef, Positional, Rest, RoomRef, Sentence, Time, UserRef

Marker = TypeVar("Marker")


@dataclass(frozen=True)
class Argument:
    """One field as people meet it.

    ``word`` is its name in a line and in a form. ``positional`` ones stand among the words, in the order
    of the class. ``instead`` names the field that may be given in its place.
    """

    name: str
    word: str
    kind: Kind
    required: bool
    positional: bool
    default: Any
    description: str
    instead: str = ""

    @property
    def rest(self) -> bool:
        """Whether everything behind it belongs to it."""
        return isinstance(self.kind, grammar.InnerLine)

    @property
    def needed(self) -> bool:
        """Whether a command without it lacks something."""
        return self.required or bool(self.instead)


@cache
def words_of(command: type[BaseModel]) -> str:
    """What people type for a command: the path of its file beneath the package of commands."""
    _, *path = command.__module__.split(".")
    return " ".join(path).replace("_", "-")


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
    if not isinstance(argument.kind, grammar.Person) or argument not in positional:
        return None
    behind = positional[positional.index(argument) + 1 :][:1]
    return behind[0] if behind and isinstance(behind[0].kind, grammar.Text) and not behind[0].rest else None


def _lacks(argument: Argument, stated: Sequence[Argument], values: Mapping[str, Any]) -> bool:
    if _given(argument, values) or _held(argument, stated, values):
        return False
    other = alternative(argument, stated)
    return not _given(other, values) if other else argument.required


def _held(argument: Argument, stated: Sequence[Argument], values: Mapping[str, Any]) -> bool:
    """Whether a person's words still hold this text."""
    people = [other for other in stated if text_behind(other, stated) == argument]
    return any(getattr(values.get(person.name), "holds_text", False) for person in people)


def _given(argument: Argument, values: Mapping[str, Any]) -> bool:
    return not argument.kind.blank(values.get(argument.name, argument.default))


def _argument(name: str, field: FieldInfo, *, first: bool) -> Argument:
    kind, instead, option = _kind(name, field), _marker(field, Or), _marker(field, Option)
    room = isinstance(kind, grammar.Room)
    required = field.is_required() and not room
    marked = Positional in field.metadata or bool(instead) or isinstance(kind, grammar.InnerLine)
    return Argument(
        name=name,
        word=option.word if option else name.replace("_", "-"),
        kind=kind,
        required=required,
        positional=first if room else required or marked,
        default=_default(field),
        description=field.description or "",
        instead=instead.field if instead else "",
    )


def _default(field: FieldInfo) -> Any:
    if not field.is_required():
        return field.get_default(call_default_factory=True, validated_data={})
    return RoomRef() if _plain(field.annotation) is RoomRef else None


def _marker(field: FieldInfo, kind: type[Marker]) -> Marker | None:
    return next((mark for mark in field.metadata if isinstance(mark, kind)), None)


def _kind(name: str, field: FieldInfo) -> Kind:
    annotation = _plain(field.annotation)
    if Rest in field.metadata:
        return grammar.InnerLine()
    if Sentence in (*field.metadata, *_metadata(field.annotation)):
        return grammar.LongText()
    if annotation is bool:
        return _flag(field)
    if found := _KINDS.get(annotation):
        return found
    if choices := _choices(annotation):
        return grammar.Choice(choices)
    if get_origin(annotation) in (list, tuple):
        return grammar.Several(_KINDS[get_args(annotation)[0]], get_origin(annotation) or tuple)
    raise TypeError(f"{name}: nobody can type a value of {annotation}")


def _flag(field: FieldInfo) -> Kind:
    choices = {"on": True, "off": False}
    return grammar.Choice(choices) if field.is_required() else grammar.Flag(choices)


_KINDS: dict[Any, Kind] = {
    RoomRef: grammar.Room(),
    PersonRef: grammar.Person(),
    UserRef: grammar.User(),
    Time: grammar.Moment(),
    timedelta: grammar.Length(),
    int: grammar.Number(),
    str: grammar.Text(),
}


def _plain(annotation: Any) -> Any:
    """A type without what was noted on it, and without its None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        return _plain(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _metadata(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[1:]
    return tuple(mark for kind in get_args(annotation) for mark in _metadata(kind))


def _choices(annotation: Any) -> dict[str, Any]:
    if get_origin(annotation) is Literal:
        return {str(value): value for value in get_args(annotation)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {_word(member): member for member in annotation}
    return {}


def _word(member: Enum) -> str:
    said = getattr(member, "word", member.name.lower())
    return str(said).replace("_", "-")
