"""One operation with its arguments, as it will be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.hms.errors import HmsError, TooManyRequests, Unavailable, Unknown


@dataclass(frozen=True)
class Call:
    """What to ask of 100ms; ``operation`` is its id in the operations file."""

    operation: str
    method: str
    path: str
    idempotent: bool
    query: Mapping[str, Any]
    body: Mapping[str, Any] | None = None

    @property
    def lost(self) -> type[HmsError]:
        """What a lost answer means: asking again is harmless, or nobody knows what happened."""
        return Unavailable if self.idempotent else Unknown

    def repeats(self, error: HmsError) -> bool:
        """Tell whether asking again can help and does no harm."""
        return self.idempotent and isinstance(error, Unavailable | TooManyRequests)


def at(template: str, **values: str) -> str:
    """Fill a path as the reference prints it, each value kept inside its own segment.

    Raises ValueError for what no encoding can keep there: nothing, ``.`` and ``..``. Clients, proxies and
    servers resolve the last two even when they are percent-encoded (RFC 3986, 6.2.2).
    """
    return template.format_map({name: _segment(name, value) for name, value in values.items()})


def _segment(name: str, value: str) -> str:
    if value in {"", ".", ".."}:
        raise ValueError(f"{name} cannot be {value!r}")
    return quote(value, safe="")
