"""What somebody else's library makes of a rule: python-dateutil's rrule, asked for each day.

On the day of a gap it would say 03:30 for 02:30, by shifting what is not there; ours is 03:00, the first
moment there is, so its answer is mapped to that.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil import rrule, tz

from bot.features.schedule.rule import Rule

MINUTE = timedelta(minutes=1)
DAYS = dict(
    zip(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU),
        strict=True,
    )
)

Times = tuple[date, datetime, datetime]


def expected(rule: Rule, skipped: Collection[date], first: date, final: date) -> list[Times]:
    """The date, start and end of each span that starts on one of these dates."""
    zone = ZoneInfo(rule.zone)
    later = timedelta(days=int(rule.hours.end < rule.hours.start))
    found = []
    for shown in _occurrences(rule, first, final):
        ends = datetime.combine(shown.date() + later, rule.hours.end)
        times = (shown.date(), _instant(shown, zone, fold=0), _instant(ends, zone, fold=1))
        if shown.date() not in skipped and times[1] < times[2]:
            found.append(times)
    return list(_without_overlaps(found))


def _occurrences(rule: Rule, first: date, final: date) -> Iterator[datetime]:
    return iter(
        rrule.rrule(
            rrule.WEEKLY,
            byweekday=[DAYS[day] for day in rule.days.on],
            dtstart=datetime.combine(first, rule.hours.start),
            until=datetime.combine(final, time.max),
        )
    )


def _instant(shown: datetime, zone: ZoneInfo, *, fold: int) -> datetime:
    while not tz.datetime_exists(shown, zone):
        shown += MINUTE
    return tz.enfold(shown, fold).replace(tzinfo=zone).astimezone(UTC)


def _without_overlaps(found: list[Times]) -> Iterator[Times]:
    """An end that the clocks push past the next start comes with that start."""
    for (day, starts, ends), (_, following, _) in pairwise(
        [*found, (date.max, datetime.max.replace(tzinfo=UTC), None)]
    ):
        yield day, starts, min(ends, following)
