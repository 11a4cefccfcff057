"""What time it is, handed in, so that tests own the time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Clock = Callable[[], datetime]


def system() -> datetime:
    """Read the machine's clock, as an aware moment in UTC."""
    return datetime.now(UTC)


def is_fresh(since: datetime, now: datetime, span: timedelta) -> bool:
    """Whether something is not as old as this; what is of a time to come is older than a clock set back."""
    return timedelta() <= now - since < span


def known_zone(name: str) -> ZoneInfo | None:
    """The time zone of this name; None where it is of a newer calendar than this machine has, or of none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, such as Europe, is an OSError
        return None
