"""What time it is, handed in, so that tests own the time."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Clock = Callable[[], datetime]


def system() -> datetime:
    """Read the machine's clock, as an aware moment in UTC."""
    return datetime.now(UTC)


def known_zone(name: str) -> ZoneInfo | None:
    """The time zone of this name; None where it is of a newer calendar than this machine has, or of none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, such as Europe, is an OSError
        return None
