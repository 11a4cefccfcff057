"""What counts as the same when an answer of 100ms is read and written back."""

from datetime import UTC, datetime, timedelta
from typing import Any

NEVER = ("", "0001-01-01T00:00:00Z")


def normal(value: Any) -> Any:
    """The same for all ways to write a moment, and for all that count as nothing."""
    if isinstance(value, dict):
        return {name: normal(member) for name, member in value.items()}
    if isinstance(value, list):
        return [normal(member) for member in value] or None
    if isinstance(value, str):
        return None if value in NEVER else moment(value) or value
    return repr(value) if value else None  # 25.0 is not 25 to everybody


def moment(text: str) -> datetime | None:
    """A time to the millisecond; None for another text."""
    if not text.endswith("Z") or text[4:5] != "-":
        return None
    whole, _, fraction = text.removesuffix("Z").partition(".")
    milliseconds = int(f"{fraction:0<3.3}")
    return datetime.fromisoformat(whole).replace(tzinfo=UTC) + timedelta(milliseconds=milliseconds)
