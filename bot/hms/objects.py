"""What every object of the 100ms API has in common."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SecretStr,
    model_validator,
)

GO_ZERO_TIME = datetime(1, 1, 1, tzinfo=UTC)

T = TypeVar("T")


class Object(BaseModel):
    """Something 100ms returned; fields we do not know are kept.

    Members that are null count as absent, so a null list is an empty one. A value that does not fit never
    shows in the error, because it may be a secret. Source: 100ms docs, introduction/request-and-response.
    """

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, members: object) -> object:
        if not isinstance(members, Mapping):
            return members
        return {name: value for name, value in members.items() if value is not None}


class Notice(Object):
    """A sentence by which 100ms says that it took the order."""

    message: str = ""


class Refusal(Object):
    """The envelope of an error. Source: 100ms docs, introduction/error-handling."""

    message: str
    details: tuple[str, ...] = ()


class Page(Object, Generic[T]):
    """One page of a list, newest first; ``last`` is where the next one starts.

    ``limit`` is how many 100ms looked for, not how many it found. Answers that stop everything in a room
    have the same shape and may carry an ``error``. Source: 100ms docs, introduction/pagination.
    """

    limit: int = 0
    data: tuple[T, ...] = ()
    last: str = ""
    error: str = ""

    @property
    def is_final(self) -> bool:
        """True when nothing can come after this page."""
        return not self.data or not self.last or len(self.data) < self.limit


def _never_as_none(moment: datetime | None) -> datetime | None:
    return None if moment == GO_ZERO_TIME else moment


def _blank_as_none(moment: object) -> object:
    return None if moment == "" else moment


Time = Annotated[AwareDatetime | None, BeforeValidator(_blank_as_none), AfterValidator(_never_as_none)]
"""A moment that may not have come yet; digits beyond microseconds are cut off."""


def plain(value: object) -> object:
    """Turn an argument into what JSON can hold, secrets opened: only for what goes on the wire."""
    match value:
        case SecretStr():
            return value.get_secret_value()
        case Object():
            return plain({name: getattr(value, name) for name in value.model_fields_set})
        case Mapping():
            return {name: plain(member) for name, member in value.items()}
        case list() | tuple():
            return [plain(member) for member in value]
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value
