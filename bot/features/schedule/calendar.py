"""A rule as a calendar file, for whoever keeps the rest of their day in a calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.command.local_time import zone_of
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import DAY, YEAR, Rule, Span, spans

if TYPE_CHECKING:
    from icalendar import Event

AHEAD = 5 * YEAR  # of the changes of the clocks: calendars know a zone by its name, and look here if not
_BYDAY = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}


@dataclass(frozen=True)
class CalendarEntry:
    """One schedule for a calendar: ``uid`` is the same in each export, so that a calendar knows it again."""

    uid: str
    title: str
    rule: Rule
    exceptions: Exceptions = field(default_factory=Exceptions)


def ics(entries: Iterable[CalendarEntry], now: datetime) -> bytes:
    """Write schedules as an .ics file; what is otherwise than their rules stands in it for a year.

    The zones take a while to write: ask beside the event loop.
    """
    from icalendar import Calendar  # noqa: PLC0415 -- a tenth of a second, for those who export nothing

    calendar = Calendar()
    calendar.add("prodid", "-//hms-bot//schedules//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        for event in _events(entry, now):
            calendar.add_component(event)
    calendar.add_missing_timezones(now.date() - YEAR, now.date() + AHEAD)
    return bytes(calendar.to_ical())


def _events(entry: CalendarEntry, now: datetime) -> "Iterator[Event]":
    """The series, then each date on which our hours are not what every calendar makes of it."""
    rule = entry.rule
    # From yesterday on, for what runs: it may have begun before midnight.
    since = max(now.astimezone(zone_of(rule.zone)).date() - DAY, entry.exceptions.counts_from or date.min)
    begin = next(day for day in (since + DAY * number for number in range(7)) if day in rule.days)
    series = _event(entry, now, *_plainly(rule, begin))
    series.add("rrule", {"freq": "weekly", "byday": [_BYDAY[day] for day in rule.days.on]})
    ours = {span.date: span for span in spans(rule, entry.exceptions, now - 3 * DAY, now + YEAR)}
    days = [day for day in _dates(begin, (now + YEAR).date()) if day in rule.days]
    for day in days:
        if day not in ours:
            series.add("exdate", _plainly(rule, day)[0])
    yield series
    for day in days:
        if day in ours and not _is_plain(rule, ours[day]):
            yield _moved(entry, now, ours[day])


def _event(entry: CalendarEntry, now: datetime, starts: datetime, ends: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 -- as above

    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstamp", now)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    return event


def _moved(entry: CalendarEntry, now: datetime, span: Span) -> "Event":
    """One date that is not as the series says: in UTC, which no calendar takes for another moment."""
    event = _event(entry, now, span.starts, span.ends)
    event.add("recurrence-id", _plainly(entry.rule, span.date)[0])
    return event


def _plainly(rule: Rule, day: date) -> tuple[datetime, datetime]:
    """From when to when on a date, as clocks there show it and not as instants."""
    zone = zone_of(rule.zone)
    ends = day + timedelta(days=rule.hours.past_midnight)
    return (
        datetime.combine(day, rule.hours.start, tzinfo=zone),
        datetime.combine(ends, rule.hours.end, tzinfo=zone),
    )


def _is_plain(rule: Rule, span: Span) -> bool:
    """Whether every calendar finds this span by the series: calendars differ on a day of a clock change.

    Some let each occurrence last as long as the first, others let it end when the clocks show the same.
    """
    starts, ends = _plainly(rule, span.date)
    lasts = ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
    return span.starts == starts and span.ends == ends and span.ends - span.starts == lasts


def _dates(begin: date, final: date) -> Iterator[date]:
    return (begin + DAY * number for number in range((final - begin).days + 1))
