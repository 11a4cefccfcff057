"""What every object of the 100ms API has in common."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Generic, Self, TypeVar, cast, get_origin

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    ValidationInfo,
    model_validator,
)

NEVER = ("", "0001-01-01T00:00:00Z")  # nothing, and Go's zero time

T = TypeVar("T")


@dataclass
class LeftOut:
    """Notes what did not fit while one answer was read: where it stood, never what it was."""

    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Lack:
    """What one object is without: members that did not fit, as they came, and so many items."""

    odd: Mapping[str, object] = field(default_factory=dict, repr=False)  # may be secrets
    missed: int = 0


WHOLE = Lack()


class Object(BaseModel):
    """Something 100ms returned; fields we do not know are kept.

    A member that is null counts as absent, so a null list is an empty one, and is written back as one. A
    value that does not fit never shows in the error, because it may be a secret. Read with a `LeftOut`, what
    does not fit and can be missed is left out: a member, or one item of a list or map.
    Source: 100ms docs, introduction/request-and-response.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="allow", hide_input_in_errors=True)

    def lacks(self, member: str) -> bool:
        """Whether 100ms sent this member, by its name on the wire, in a way that did not fit."""
        return member in self._lack.odd

    @property
    def missed(self) -> int:
        """How many items 100ms sent in here that did not fit."""
        return self._lack.missed

    @property
    def _lack(self) -> Lack:
        return cast("Lack", (self.__pydantic_private__ or {}).get("lack", WHOLE))

    @model_validator(mode="wrap")
    @classmethod
    def _as_it_comes(
        cls, members: object, read: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if not isinstance(members, dict):
            return read(members)
        if not isinstance(info.context, LeftOut):
            return cls._null_as_absent(members, read)
        return cls._what_fits(members, read, info.context)

    @classmethod
    def _what_fits(
        cls, members: dict[str, object], read: ModelWrapValidatorHandler[Self], left_out: LeftOut
    ) -> Self:
        before = len(left_out.places)
        try:
            return cls._null_as_absent(members, read)
        except ValidationError as error:
            places = (each["loc"] for each in error.errors(include_url=False, include_input=False))
            odd = {place[: cls._depth(place)] for place in places}
            del left_out.places[before:]  # whatever is inside is read and noted once more
            fitting = _without(members, odd)
            found = cls._null_as_absent(fitting, read)
        left_out.places += sorted(f"{cls.__name__}.{place[0]}" for place in odd)
        return found._lacking(odd, {name: value for name, value in members.items() if name not in fitting})  # noqa: SLF001 -- our own

    def _lacking(self, places: Collection[tuple[int | str, ...]], odd: Mapping[str, object]) -> Self:
        """Note what had to be left out of it."""
        # Declared as a private attribute, it would double the time in which a full room is read.
        lack = Lack(odd, missed=sum(len(place) > 1 for place in places))
        object.__setattr__(self, "__pydantic_private__", {"lack": lack})
        return self

    @classmethod
    def _depth(cls, place: tuple[int | str, ...]) -> int:
        """Tell whether a member does not fit, or only an item of it."""
        field_of = cls._field(str(place[0])) if place else None
        of_items = field_of and get_origin(cls.model_fields[field_of].annotation) in {tuple, dict}
        return 2 if of_items else 1

    @classmethod
    def _null_as_absent(cls, members: dict[str, object], read: ModelWrapValidatorHandler[Self]) -> Self:
        if None not in members.values():
            return read(members)
        fields = {name: cls._field(name) for name, value in members.items() if value is None}
        found = read({name: value for name, value in members.items() if not fields.get(name)})
        found.model_fields_set.update(filter(None, fields.values()))
        return found

    @classmethod
    def _field(cls, member: str) -> str | None:
        """Tell what we call a member of this name; None when we do not know it."""
        return next((name for name, about in cls.model_fields.items() if member in {name, about.alias}), None)


def _without(members: dict[str, object], odd: Iterable[tuple[int | str, ...]]) -> dict[str, object]:
    """Leave out members, and items of members, by their places."""
    fitting = dict(members)
    for name in {str(place[0]) for place in odd if place}:
        items = {place[1] for place in odd if place[0] == name and len(place) > 1}
        whole = fitting.pop(name, None)
        if items and isinstance(whole, dict):
            fitting[name] = {key: value for key, value in whole.items() if key not in items}
        if items and isinstance(whole, list):
            fitting[name] = [value for number, value in enumerate(whole) if number not in items]
    return fitting


class Notice(Object):
    """A sentence by which 100ms says that it took the order; what is without one says nothing of it."""

    message: str = Field(min_length=1)


class Refusal(Object):
    """The envelope of an error. Source: 100ms docs, introduction/response."""

    message: str
    details: tuple[str, ...] = ()


class Page(Object, Generic[T]):
    """One page of a list, newest first; ``last`` is where the next one starts.

    ``limit`` is how many 100ms looked for, not how many it found. Answers that stop everything in a room
    have the same shape and may carry an ``error``. Source: 100ms docs, introduction/request-and-response.
    """

    limit: int = 0
    data: tuple[T, ...] = ()
    last: str = ""
    error: str = ""

    @property
    def found(self) -> tuple[T, ...]:
        """What stands on this page."""
        return self.data

    @property
    def following(self) -> str | None:
        """Where the next page starts; None when nothing can come after this one."""
        return after(self.last, found=len(self.data) + self.missed, limit=self.limit)


def after(last: str, *, found: int, limit: int) -> str | None:
    """Tell where the next page starts: a page that is not full, or names no last one, is the last itself."""
    return None if found < max(limit, 1) else last or None


def _never_as_none(moment: object) -> object:
    return None if moment in NEVER else moment


Number = int | float
"""What is whole is written back whole: 25.0 for 25 would not be read as a frame rate."""

Timestamp = Annotated[AwareDatetime | None, BeforeValidator(_never_as_none)]
"""A moment that may not have come yet; digits beyond microseconds are cut off."""


def plain(value: object) -> object:
    """Turn an argument into what JSON can hold, secrets opened: only for what goes on the wire."""
    match value:
        case SecretStr():
            return value.get_secret_value()
        case Object():
            return {name: plain(member) for name, member in _members(value).items()}
        case Mapping():
            return {name: plain(member) for name, member in value.items()}
        case list() | tuple():
            return [plain(member) for member in value]
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value


def _members(value: Object) -> dict[str, object]:
    """The members that were given, by the names that 100ms uses; what did not fit goes back as it came."""
    if value.missed:  # written back without them, they would be gone
        raise ValueError(f"{type(value).__name__} is not whole: something in it could not be read")
    known = {
        about.serialization_alias or about.alias or name: getattr(value, name)
        for name, about in type(value).model_fields.items()
        if name in value.model_fields_set
    }
    return {**value._lack.odd, **known} | (value.model_extra or {})  # noqa: SLF001 -- our own
