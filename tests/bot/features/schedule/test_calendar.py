"""A calendar file, parsed back by the library that wrote it and expanded by another."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil import rrule
from icalendar import Calendar, Component

from bot.features.schedule.calendar import CalendarEntry, ics
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import Rule, spans
from tests.bot.features.schedule.words import at, rule

NOW = at("2026-11-28 12:00")
YEAR = timedelta(days=365)
NONE = Exceptions()
OFFICE = rule("mon-fri 09:00-17:00")

Ends = Callable[[datetime, datetime, datetime], datetime]


def same_clock(starts: datetime, first: datetime, ends: datetime) -> datetime:
    """As some calendars have it: an occurrence ends when the clocks show the same as the first time."""
    return (starts.replace(tzinfo=None) + (ends.replace(tzinfo=None) - first.replace(tzinfo=None))).replace(
        tzinfo=starts.tzinfo
    )


def same_length(starts: datetime, first: datetime, ends: datetime) -> datetime:
    """As others do: an occurrence lasts as long as the first."""
    return starts.astimezone(UTC) + (ends.astimezone(UTC) - first.astimezone(UTC))


def expanded(calendar: Component, ending: Ends) -> set[tuple[datetime, datetime]]:
    series, *moved = calendar.walk("VEVENT")
    first, ends = series["DTSTART"].dt, series["DTEND"].dt
    out = {each.dt for dates in _lists(series.get("EXDATE")) for each in dates.dts}
    out |= {event["RECURRENCE-ID"].dt for event in moved}
    shown = rrule.rrulestr(series["RRULE"].to_ical().decode(), dtstart=first.replace(tzinfo=None)).between(
        first.replace(tzinfo=None), (NOW + YEAR).replace(tzinfo=None), inc=True
    )
    starts = [each.replace(tzinfo=first.tzinfo) for each in shown]
    kept = [each for each in starts if each not in out]
    plain = {(each.astimezone(UTC), ending(each, first, ends).astimezone(UTC)) for each in kept}
    return plain | {(event["DTSTART"].dt, event["DTEND"].dt) for event in moved}


def _lists(found: object) -> list:
    return found if isinstance(found, list) else [found] if found else []


@pytest.mark.parametrize("ending", [same_clock, same_length])
@pytest.mark.parametrize(
    ("of", "exceptions"),
    [
        (OFFICE, NONE),
        (rule("fri,sat 22:00-02:30"), NONE.skipping(date(2026, 12, 25))),
        (rule("daily 02:30-05:00"), NONE),
        (rule("daily 02:10-02:50"), NONE),
        (
            rule("daily 22:00-06:00", "America/New_York"),
            NONE.pausing(at("2027-02-01 00:00"), at("2027-02-09 12:00")),
        ),
        (OFFICE, NONE.ending(date(2026, 12, 1), at("2026-12-01 16:15")).ending(date(2026, 12, 4), None)),
        (OFFICE, Exceptions(counts_from=date(2026, 12, 9))),
    ],
)
def test_expanded_by_any_calendar_it_is_what_the_rule_says(
    of: Rule, exceptions: Exceptions, ending: Ends
) -> None:
    calendar = Calendar.from_ical(ics([CalendarEntry("7@hms", "standup", of, exceptions)], NOW))

    ours = {(span.starts, span.ends) for span in spans(of, exceptions, NOW, NOW + YEAR)}
    theirs = {
        (starts, ends) for starts, ends in expanded(calendar, ending) if ends > NOW and starts < NOW + YEAR
    }
    assert theirs == ours


def test_it_says_what_it_is_of_and_in_which_zone() -> None:
    calendar = Calendar.from_ical(
        ics([CalendarEntry("7@hms", "standup, late", OFFICE), CalendarEntry("8@hms", "yoga", OFFICE)], NOW)
    )

    assert [(event["UID"], event["SUMMARY"]) for event in calendar.walk("VEVENT")] == [
        ("7@hms", "standup, late"),
        ("8@hms", "yoga"),
    ]
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Rome"]
    assert calendar.walk("VEVENT")[0]["DTSTART"].params["TZID"] == "Europe/Rome"


def test_a_moved_moment_names_the_one_that_it_stands_for() -> None:
    moved = NONE.ending(date(2026, 12, 1), at("2026-12-01 16:15"))
    _, event = Calendar.from_ical(ics([CalendarEntry("7@hms", "standup", OFFICE, moved)], NOW)).walk("VEVENT")

    assert event["UID"] == "7@hms"
    assert event["RECURRENCE-ID"].dt.isoformat() == "2026-12-01T09:00:00+01:00"
    assert event["DTEND"].dt == at("2026-12-01 16:15")


def test_a_title_ends_no_line() -> None:
    written = ics([CalendarEntry("7@hms", "standup\r\nATTENDEE:mailto:max", OFFICE)], NOW).decode()
    assert "\nATTENDEE" not in written
