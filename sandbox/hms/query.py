"""The query of a call: filters and paging, refused when they make no sense."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol, TypeVar
from urllib.parse import parse_qs

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.wire import Answer, is_object_id

Word = TypeVar("Word", bound=StrEnum)


class HasId(Protocol):
    """Anything that can stand in a list."""

    id: str


Item = TypeVar("Item", bound=HasId)


def bad(name: str, why: str) -> ApiError:
    """Refuse a query parameter."""
    return ApiError(400, choices.BAD_QUERY, f"{choices.BAD_QUERY}: {name} {why}")


def read_moment(name: str, value: str) -> datetime | None:
    """Read an RFC 3339 time; empty when there is none."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise bad(name, "is not an RFC 3339 time") from error
    if moment.tzinfo is None:
        raise bad(name, "has no offset")
    return moment


@dataclass(frozen=True)
class Query:
    """What stands behind the question mark, escaped or not; an empty value counts as absent."""

    text: str = ""

    def get(self, name: str) -> str:
        """Read one value, the last when there are several; empty when there is none."""
        return self._values.get(name, [""])[-1]

    def flag(self, name: str) -> bool | None:
        """Read true or false."""
        value = self.get(name)
        if value not in {"", "true", "false"}:
            raise bad(name, "is not a boolean")
        return value == "true" if value else None

    def moment(self, name: str) -> datetime | None:
        """Read an RFC 3339 time."""
        return read_moment(name, self.get(name).replace(" ", "+"))  # an offset whose plus was not escaped

    def word(self, name: str, words: type[Word]) -> Word | None:
        """Read one of a few words."""
        value = self.get(name)
        if value and value not in set(words):
            raise bad(name, "is not one of the known values")
        return words(value) if value else None

    def all(self, name: str) -> list[str]:
        """Read every value of a parameter that may be repeated."""
        return self._values.get(name, [])

    def words(self, name: str, known: Iterable[str]) -> list[str]:
        """Read a parameter that may be repeated, each time with one of a few words."""
        said = self.all(name)
        if not set(said) <= {*known}:
            raise bad(name, "is not one of the known values")
        return said

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """Read a whole number within bounds."""
        value = self.get(name) or str(default)
        if not value.isascii() or not value.isdigit():
            raise bad(name, "is not a number")
        if not lowest <= int(value[:9]) <= highest:
            raise bad(name, f"must be within {lowest} and {highest}")
        return int(value)

    def page(
        self,
        items: Iterable[Item],
        show: Callable[[Item], Answer],
        *,
        lowest: int = 1,
        default: int = choices.DEFAULT_LIMIT,
        key: str = "data",
    ) -> Answer:
        """Answer one page, newest first: what comes after ``start``, at most ``limit`` of it."""
        limit, start = self.number("limit", default, lowest, choices.HIGHEST_LIMIT), self._start()
        newest_first = sorted(items, key=lambda item: item.id, reverse=True)
        found = [item for item in newest_first if not start or item.id < start][:limit]
        data = [show(item) for item in found] or choices.EMPTY_PAGE
        return {"limit": limit, key: data, "last": found[-1].id if found else ""}

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return parse_qs(self.text)

    def _start(self) -> str:
        start = self.get("start")
        if start and not is_object_id(start):
            raise bad("start", "is not an id")
        return start
