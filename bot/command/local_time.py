"""The instant of a wall time in a zone, also on the days on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

NOON = time(12)
KEPT = 8192  # instants: a span asks for its own several times, and its neighbours for it

zone_of = lru_cache(maxsize=1024)(ZoneInfo)  # its own cache keeps eight: a town of rooms has more


@lru_cache(maxsize=KEPT)
def first(day: date, at: time, zone: str) -> datetime:
    """The first moment that shows this time on the day, in UTC; where none does, the one after the gap."""
    early, late = _both(day, at, zone)
    return early if early <= late else _after_gap(late, early, zone)


@lru_cache(maxsize=KEPT)
def last(day: date, at: time, zone: str) -> datetime:
    """The last moment that shows this time on the day, in UTC; where none does, the one after the gap."""
    early, late = _both(day, at, zone)
    return late if early <= late else _after_gap(late, early, zone)


def day_of(instant: datetime, zone: str) -> date:
    """Which date it is there."""
    return instant.astimezone(zone_of(zone)).date()


def exists(day: date, zone: str) -> bool:
    """Whether the place had this date at all: who crosses the date line leaves one out."""
    return day_of(first(day, NOON, zone), zone) == day


def _both(day: date, at: time, zone: str) -> tuple[datetime, datetime]:
    """The instant by the offset before a change of the clocks, and by the one after it.

    They are one on most days, in their order where a time comes twice, and the other way round in a gap.
    """
    shown = datetime.combine(day, at, tzinfo=zone_of(zone))
    return shown.astimezone(UTC), shown.replace(fold=1).astimezone(UTC)


def _after_gap(before: datetime, after: datetime, zone: str) -> datetime:
    """When the clocks changed between two instants: ``zoneinfo`` does not say, so it is closed in on."""
    place = zone_of(zone)
    old = before.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
