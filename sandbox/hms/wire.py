"""How values look on the wire."""

import re
from datetime import UTC, datetime
from typing import TypeAlias

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Answer: TypeAlias = "dict[str, object]"

# Templates and what is in them are written in camelCase, everything else in snake_case.
CAMEL = ConfigDict(strict=True, alias_generator=to_camel)
NEVER = "0001-01-01T00:00:00Z"  # Go's zero time
_OBJECT_ID = re.compile(r"[0-9a-f]{24}")


def is_object_id(text: str) -> bool:
    """Tell whether this could be the id of anything."""
    return _OBJECT_ID.fullmatch(text) is not None


def stamp(moment: datetime) -> str:
    """Write a moment as Go does: UTC, zero to nine digits of a second, no trailing zeros.

    Python knows microseconds; digits seven to nine are made up from the second, so that precision varies and
    the same moment always reads the same.
    """
    utc = moment.astimezone(UTC)
    second = int(utc.timestamp())
    made_up = (0, 100, 430, 417)[second % 4]
    fraction = f"{utc.microsecond:06}{made_up:03}".rstrip("0")
    return f"{utc:%Y-%m-%dT%H:%M:%S}{'.' if fraction else ''}{fraction}Z"


def stamp_or_null(moment: datetime | None) -> str | None:
    """Write a moment that may not have come yet."""
    return stamp(moment) if moment else None


def without_empty(answer: Answer, *members: str) -> Answer:
    """Leave these members out where they are false, zero or empty, as Go's ``omitempty`` does."""
    return {name: value for name, value in answer.items() if value or name not in members}


def sparse(value: object) -> object:
    """Leave out whatever is false, zero or empty, however deep; an object stays, even when it is empty."""
    if isinstance(value, dict):
        kept = {name: sparse(member) for name, member in value.items()}
        return {name: member for name, member in kept.items() if member or isinstance(member, dict)}
    return [sparse(item) for item in value] if isinstance(value, list) else value
