"""When a window is open: each case of local time, and what people change about single days.

Long because it is the rule whole: zones, midnights, holidays and pauses.
"""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import (
    Rule,
    Span,
    clash,
    is_open,
    left_out,
    resumed,
    span_at,
    spans,
    upcoming,
)
from bot.reply import Plain, Reply
from tests.bot.features.schedule.words import at, edges, rule

NONE = Exceptions()
OFFICE = rule("mon-fri 09:00-17:00")  # in Rome: 08:00 to 16:00 UTC in winter
NIGHT = rule("fri,sat 22:00-02:00")
MONDAY = at("2026-11-30 00:00")


def shown(*found: Span) -> list[str]:
    return [f"{span.date:%m-%d} {span.starts:%d %H:%M}-{span.ends:%d %H:%M}" for span in found]


def between(of: Rule, exceptions: Exceptions, first: str, last: str) -> list[str]:
    return shown(*spans(of, exceptions, at(first), at(last)))


@pytest.mark.parametrize(
    ("words", "zone", "day", "starts", "ends"),
    [
        ("daily 09:00-17:00", "Europe/Rome", "2026-07-01", "07:00", "15:00"),
        ("daily 09:00-17:00", "Europe/Rome", "2026-12-01", "08:00", "16:00"),
        ("daily 09:00-17:00", "Asia/Kolkata", "2026-12-01", "03:30", "11:30"),
        # In the night of the gap 02:00 becomes 03:00 (01:00 UTC): the first moment there is, and not 03:30.
        ("daily 02:30-05:00", "Europe/Rome", "2026-03-29", "01:00", "03:00"),
        ("daily 01:00-02:30", "Europe/Rome", "2026-03-29", "00:00", "01:00"),
        # In the night that has 02:30 twice a start takes the first (00:30 UTC), an end the last (01:30 UTC).
        ("daily 02:30-05:00", "Europe/Rome", "2026-10-25", "00:30", "04:00"),
        ("daily 01:00-02:30", "Europe/Rome", "2026-10-25", "23:00", "01:30"),
        # Where the clocks change by half an hour, at midnight, or by two hours.
        ("daily 02:15-05:00", "Australia/Lord_Howe", "2026-10-04", "15:30", "18:00"),
        ("daily 00:30-05:00", "America/Havana", "2026-03-08", "05:00", "09:00"),
        ("daily 02:00-05:00", "Antarctica/Troll", "2026-03-29", "01:00", "03:00"),
    ],
)
def test_a_day_of_a_rule(words: str, zone: str, day: str, starts: str, ends: str) -> None:
    wanted = date.fromisoformat(day)
    found = {
        span.date: span
        for span in spans(rule(words, zone), NONE, at(day) - timedelta(days=2), at(day) + timedelta(days=2))
    }
    assert (f"{found[wanted].starts:%H:%M}", f"{found[wanted].ends:%H:%M}") == (starts, ends)


def test_past_midnight_it_belongs_to_the_day_on_which_it_starts() -> None:
    assert between(NIGHT, NONE, "2026-12-03 00:00", "2026-12-07 00:00") == [
        "12-04 04 21:00-05 01:00",
        "12-05 05 21:00-06 01:00",
    ]
    # Saturday is skipped: what runs into it from Friday stays, what runs out of it into Sunday goes.
    skipping = NONE.skipping(date(2026, 12, 5))
    assert between(NIGHT, skipping, "2026-12-03 00:00", "2026-12-07 00:00") == ["12-04 04 21:00-05 01:00"]


def test_a_span_that_the_gap_leaves_empty_does_not_come() -> None:
    tiny = rule("daily 02:10-02:50")
    assert between(tiny, NONE, "2026-03-28 12:00", "2026-03-30 12:00") == ["03-30 30 00:10-30 00:50"]
    assert [one.date for one in left_out(tiny, NONE, at("2026-03-28 12:00"), at("2026-03-30 12:00"))] == [
        date(2026, 3, 29)
    ]


def test_a_date_that_a_place_has_not_had_does_not_come() -> None:
    there = rule("daily 09:00-17:00", "Pacific/Apia")  # it crossed the date line, and left out 30 December
    found = spans(there, NONE, at("2011-12-28 12:00"), at("2011-12-31 12:00"))
    assert [span.date.day for span in found] == [28, 29, 31]


def test_it_opens_before_it_starts_and_is_open_until_its_end() -> None:
    opens = [at("2026-11-30 07:58"), at("2026-11-30 07:59"), at("2026-11-30 15:59"), at("2026-11-30 16:00")]
    assert [is_open(OFFICE, NONE, now) for now in opens] == [False, True, True, False]
    early = rule("mon-fri 09:00-17:00", open_before=timedelta(minutes=15))
    assert upcoming(early, NONE, MONDAY, 1)[0].opens == at("2026-11-30 07:45")


def test_the_moments_in_their_order_and_which_they_are() -> None:
    found = edges(OFFICE, NONE, MONDAY, at("2026-12-01 07:59"))
    assert [(edge.which, f"{edge.at:%d %H:%M}") for edge in found] == [
        ("opens", "30 07:59"),
        ("starts", "30 08:00"),
        ("ends", "30 16:00"),
        ("opens", "01 07:59"),
    ]


def test_the_next_moment_is_later_than_the_one_asked_about() -> None:
    following = next(edges(OFFICE, NONE, at("2026-11-30 16:00")))
    assert (following.which, following.at) == ("opens", at("2026-12-01 07:59"))


@pytest.mark.parametrize("words", ["mon-fri 09:00-17:00", "daily 22:00-21:59", "sun 02:10-02:50"])
def test_walked_from_moment_to_moment_it_is_the_same(words: str) -> None:
    of, now, walked = rule(words), at("2026-10-20 00:00"), []
    until = now + timedelta(days=14)
    while (edge := next(edges(of, NONE, now), None)) and edge.at <= until:
        walked.append(edge.at)
        now = edge.at
    whole = edges(of, NONE, at("2026-10-20 00:00"), until)
    assert walked == sorted({edge.at for edge in whole})


def test_the_next_ones_have_not_opened_yet() -> None:
    assert [span.date.day for span in upcoming(OFFICE, NONE, at("2026-11-30 08:30"), 5)] == [1, 2, 3, 4, 7]


def test_what_runs_is_found_by_now() -> None:
    span = span_at(NIGHT, NONE, at("2026-12-05 00:30"))
    assert span
    assert span.date == date(2026, 12, 4)
    assert span_at(NIGHT, NONE, at("2026-12-05 01:00")) is None


def test_it_counts_from_a_date_on() -> None:
    begun = Exceptions(counts_from=date(2026, 12, 3))
    assert upcoming(OFFICE, begun, MONDAY, 1)[0].date == date(2026, 12, 3)
    assert list(left_out(OFFICE, begun, MONDAY, at("2026-12-03 00:00"))) == []


def test_an_end_that_was_moved_is_of_one_day_only() -> None:
    moved = NONE.ending(date(2026, 11, 30), at("2026-11-30 16:15"))
    assert between(OFFICE, moved, "2026-11-30 00:00", "2026-12-02 00:00") == [
        "11-30 30 08:00-30 16:15",
        "12-01 01 08:00-01 16:00",
    ]


def test_an_end_is_moved_to_the_next_opening_at_the_latest() -> None:
    moved = NONE.ending(date(2026, 11, 30), at("2026-12-01 12:00"))
    assert between(OFFICE, moved, "2026-11-30 00:00", "2026-12-02 00:00") == [
        "11-30 30 08:00-01 07:59",
        "12-01 01 08:00-01 16:00",
    ]


def test_an_end_that_was_called_off_leaves_the_room_open_until_it_opens_again() -> None:
    held = NONE.ending(date(2026, 12, 4), None)  # a Friday
    span = span_at(OFFICE, held, at("2026-12-06 12:00"))
    assert span
    assert span.held
    assert span.ends == at("2026-12-07 07:59")
    assert [edge.which for edge in edges(OFFICE, held, at("2026-12-04 12:00"), at("2026-12-07 08:00"))] == [
        "opens",
        "starts",
    ]


def test_an_end_that_was_moved_before_its_start_takes_the_day_away() -> None:
    moved = NONE.ending(date(2026, 11, 30), at("2026-11-30 07:00"))
    assert upcoming(OFFICE, moved, MONDAY, 1)[0].date == date(2026, 12, 1)


def test_an_opening_that_was_moved_is_of_one_day_only() -> None:
    early = NONE.opening(date(2026, 12, 1), at("2026-12-01 06:30"))
    assert is_open(OFFICE, early, at("2026-12-01 06:30"))
    assert not is_open(OFFICE, early, at("2026-12-02 06:30"))


def test_an_opening_comes_not_before_the_end_of_the_day_before() -> None:
    long, early = rule("daily 09:00-08:30"), NONE.opening(date(2026, 12, 1), at("2026-11-30 12:00"))
    span = next(spans(long, early, at("2026-12-01 07:45")))
    assert span.opens == at("2026-12-01 07:30")


def test_opened_days_ahead_it_stays_open() -> None:
    early = NONE.opening(date(2026, 12, 7), at("2026-12-05 12:00"))
    assert is_open(OFFICE, early, at("2026-12-05 13:00"))
    assert is_open(OFFICE, early, at("2026-12-06 13:00"))


def test_in_the_night_that_is_an_hour_longer_an_end_yields_to_the_next_start() -> None:
    found = list(spans(rule("daily 02:30-02:15"), NONE, at("2026-10-23 12:00"), at("2026-10-27 12:00")))
    assert all(one.ends <= two.opens for one, two in itertools.pairwise(found))
    assert [span.date.day for span in found] == [23, 24, 25, 26, 27]


def test_a_pause_leaves_out_what_starts_or_ends_in_it() -> None:
    paused = NONE.pausing(at("2026-11-30 12:00"), at("2026-12-02 12:00"))
    assert [span.date.day for span in upcoming(OFFICE, paused, MONDAY, 2)] == [3, 4]
    assert [
        f"{one.date.day} {one.why}" for one in left_out(OFFICE, paused, MONDAY, at("2026-12-03 00:00"))
    ] == [
        "30 paused",
        "1 paused",
        "2 paused",
    ]


def test_a_pause_within_one_day_changes_nothing() -> None:
    paused = NONE.pausing(at("2026-11-30 12:00"), at("2026-11-30 13:00"))
    assert between(OFFICE, paused, "2026-11-30 00:00", "2026-12-01 00:00") == ["11-30 30 08:00-30 16:00"]


def test_a_pause_without_an_end_leaves_nothing_to_come() -> None:
    paused = NONE.pausing(at("2026-11-30 18:00"))
    assert upcoming(OFFICE, paused, at("2026-11-30 18:00"), 5) == []
    assert list(edges(OFFICE, paused, at("2026-11-30 18:00"))) == []
    assert shown(*spans(OFFICE, paused, MONDAY)) == ["11-30 30 08:00-30 16:00"]


def test_behind_a_pause_of_years_it_goes_on() -> None:
    paused = NONE.pausing(MONDAY, at("2031-01-01 00:00"))
    assert upcoming(OFFICE, paused, MONDAY, 1)[0].date == date(2031, 1, 1)


def test_resumed_within_its_hours_it_is_open_at_once() -> None:
    paused = NONE.pausing(at("2026-11-28 00:00"))
    now = at("2026-12-01 12:00")
    assert is_open(OFFICE, resumed(OFFICE, paused, now), now)
    assert [
        one.date.day for one in left_out(OFFICE, resumed(OFFICE, paused, now), at("2026-11-28 00:00"), now)
    ] == [30]


def test_resumed_in_the_hours_in_which_it_was_paused_nothing_is_left_of_it() -> None:
    paused = NONE.pausing(at("2026-11-30 12:00"))
    assert resumed(OFFICE, paused, at("2026-11-30 13:00")) == NONE


def test_what_was_skipped_says_so() -> None:
    skipping = NONE.skipping(date(2026, 12, 1), date(2026, 12, 5))  # and a Saturday, which it does not name
    [found] = left_out(OFFICE, skipping, MONDAY, at("2026-12-07 00:00"))
    assert (found.date, str(found.why)) == (date(2026, 12, 1), "skipped")
    assert skipping.keeping(date(2026, 12, 1)).skipped == (date(2026, 12, 5),)


def test_two_rules_of_a_room_that_overlap_are_found() -> None:
    lunch = rule("wed 12:00-13:00")
    found = clash(OFFICE, NONE, lunch, NONE, MONDAY)
    assert found
    assert shown(*found) == ["12-02 02 08:00-02 16:00", "12-02 02 11:00-02 12:00"]
    swapped = clash(lunch, NONE, OFFICE, NONE, MONDAY)
    assert swapped
    assert shown(*swapped) == shown(*reversed(found))


@pytest.mark.parametrize("words", ["mon-fri 17:01-20:00", "sat,sun 09:00-17:00", "daily 17:01-08:59"])
def test_two_rules_that_touch_do_not_overlap(words: str) -> None:
    assert clash(OFFICE, NONE, rule(words), NONE, MONDAY) is None


def test_an_overlap_on_one_night_of_the_year_is_found() -> None:
    # They end and begin at the same moment, but for the weeks in which only one of the places has changed.
    rome, york = rule("daily 09:00-14:59"), rule("daily 09:00-12:00", "America/New_York")
    found = clash(rome, NONE, york, NONE, at("2026-11-05 00:00"))
    assert found
    assert found[0].date == date(2027, 3, 14)


def test_it_opens_at_most_half_a_day_before_and_in_a_zone_that_there_is() -> None:
    for wrong in (
        {"open_before": timedelta(hours=13)},
        {"open_before": -timedelta(minutes=1)},
        {"zone": "Europe"},
    ):
        with pytest.raises(ValidationError):
            Rule.model_validate({**dict(OFFICE), **wrong})


def test_what_is_kept_is_read_back() -> None:
    kept = NONE.skipping(date(2026, 12, 1)).ending(date(2026, 12, 2), None).opening(date(2026, 12, 3), MONDAY)
    kept = kept.pausing(MONDAY).pausing(MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))
    assert Exceptions.model_validate_json(kept.model_dump_json()) == kept
    assert Rule.model_validate_json(NIGHT.model_dump_json()) == NIGHT


def test_what_is_over_can_be_forgotten() -> None:
    kept = NONE.skipping(date(2026, 12, 1), date(2026, 12, 9)).ending(date(2026, 12, 1), None)
    kept = kept.pausing(at("2026-11-01 00:00"), at("2026-11-02 00:00"))
    assert kept.since(date(2026, 12, 5)) == NONE.skipping(date(2026, 12, 9))


def test_a_rule_is_said_in_words() -> None:
    assert Plain().text(Reply("{rule}", rule=OFFICE)) == "mon–fri 09:00–17:00 Europe/Rome"  # noqa: RUF001
    assert Plain().text(Reply("{rule}", rule=NIGHT)) == "fri and sat 22:00–02:00 Europe/Rome"  # noqa: RUF001


def test_a_rule_that_is_never_open_is_not_looked_for_for_ever() -> None:
    never = NONE.skipping(*(date(2026, 11, 30) + timedelta(days=number) for number in range(800)))
    assert list(edges(OFFICE, never, MONDAY)) == []


def test_instants_are_in_utc() -> None:
    span = next(spans(OFFICE, NONE, MONDAY))
    assert {moment.tzinfo for moment in (span.opens, span.starts, span.ends)} == {UTC}
    assert isinstance(span.opens, datetime)
