"""What time it is, handed in, so that tests own the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system() -> datetime:
    """Read the machine's clock, as an aware moment in UTC."""
    return datetime.now(UTC)
