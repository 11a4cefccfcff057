"""What every object of the 100ms API has in common."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Generic, Self, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    SecretStr,
    model_validator,
)

NEVER = ("", "0001-01-01T00:00:00Z")  # nothing, and Go's zero time

T = TypeVar("T")


class Object(BaseModel):
    """Something 100ms returned; fields we do not know are kept.

    A member that is null counts as absent, so a null list is an empty one, and is written back as one. A
    value that does not fit never shows in the error, because it may be a secret.
    Source: 100ms docs, introduction/request-and-response.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="allow", hide_input_in_errors=True)

    @model_validator(mode="wrap")
    @classmethod
    def _null_as_absent(cls, members: object, read: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(members, dict) or None not in members.values():
            return read(members)
        fields = {name: cls._field(name) for name, value in members.items() if value is None}
        found = read({name: value for name, value in members.items() if not fields.get(name)})
        found.model_fields_set.update(filter(None, fields.values()))
        return found

    @classmethod
    def _field(cls, member: str) -> str | None:
        """Tell what we call a member of this name; None when we do not know it."""
        return next((name for name, about in cls.model_fields.items() if member in {name, about.alias}), None)


class Notice(Object):
    """A sentence by which 100ms says that it took the order."""

    message: str = ""


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
        return after(self.last, found=len(self.data), limit=self.limit)


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
    """The members that were given, by the names that 100ms uses."""
    known = {
        about.serialization_alias or about.alias or name: getattr(value, name)
        for name, about in type(value).model_fields.items()
        if name in value.model_fields_set
    }
    return known | (value.model_extra or {})
