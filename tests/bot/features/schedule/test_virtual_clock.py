"""400 days of virtual clock in thirty zones, against what somebody else's library makes of the same rule."""

import itertools
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.command import Days, Hours
from bot.command.times import WEEKDAYS
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import Rule, spans
from tests.bot.features.schedule.stranger import expected
from tests.bot.features.schedule.words import Edge, at, edges, rule

ZONES = (
    *("Europe/Rome", "Europe/London", "Europe/Lisbon", "Europe/Chisinau", "Atlantic/Azores", "Africa/Cairo"),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage"),
    *(
        "America/Adak",
        "America/St_Johns",
        "America/Halifax",
        "America/Havana",
        "America/Nuuk",
        "America/Santiago",
    ),
    *("America/Asuncion", "America/Miquelon", "Antarctica/Troll", "Antarctica/Macquarie", "Asia/Beirut"),
    *("Asia/Jerusalem", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland"),
    *("Pacific/Chatham", "Pacific/Easter", "Pacific/Norfolk"),
)
HOURS = ("02:30-05:00", "22:00-02:30", "00:30-01:30")  # what the clocks go through, at either end
FIRST, FINAL = date(2026, 1, 10), date(2026, 1, 10) + timedelta(days=400)
SKIPPED = (date(2026, 3, 29), date(2026, 6, 7), date(2026, 11, 4))
MARGIN = timedelta(days=2)


def walked(of: Rule, exceptions: Exceptions, now: datetime, until: datetime) -> Iterator[Edge]:
    """What comes to whoever sleeps from each moment to the next."""
    while (edge := next(edges(of, exceptions, now), None)) and edge.at < until:
        yield edge
        now = edge.at


@pytest.mark.parametrize(("number", "zone"), list(enumerate(ZONES)))
def test_each_due_moment_comes_once_and_none_on_a_date_that_was_skipped(number: int, zone: str) -> None:
    of = rule(f"wed,sun {HOURS[number % 3]}", zone)
    since, until = at(f"{FIRST}") - MARGIN, at(f"{FINAL}") + MARGIN
    came = [
        edge
        for edge in walked(of, Exceptions().skipping(*SKIPPED), since, until)
        if FIRST <= edge.span.date <= FINAL
    ]

    due = expected(of, SKIPPED, FIRST, FINAL)
    assert [(edge.span.date, edge.at) for edge in came if edge.which == "starts"] == [one[:2] for one in due]
    assert [(edge.span.date, edge.at) for edge in came if edge.which == "ends"] == [
        (day, end) for day, _, end in due
    ]
    assert len(came) == 3 * len(due)
    assert not {edge.span.date for edge in came} & set(SKIPPED)


times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
hours = st.tuples(times, times).filter(lambda two: two[0] != two[1])
weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1)
near = st.dates(date(1995, 1, 1), date(2035, 1, 1))


@settings(max_examples=60, deadline=None)
@given(weekdays, hours, st.sampled_from(ZONES), near, st.sets(st.integers(0, 40)))
def test_any_rule_is_what_a_stranger_makes_of_it(days, two, zone, first, skipped) -> None:
    of = Rule(days=Days(on=tuple(days)), hours=Hours(start=two[0], end=two[1]), zone=zone)
    skipping = [first + timedelta(days=number) for number in skipped]
    final = first + timedelta(days=40)

    found = spans(of, Exceptions().skipping(*skipping), at(f"{first}") - MARGIN, at(f"{final}") + MARGIN)
    ours = [(span.date, span.starts, span.ends) for span in found if first <= span.date <= final]
    assert ours == expected(of, skipping, first, final + MARGIN)[: len(ours)]
    assert len(ours) == sum(day <= final for day, _, _ in expected(of, skipping, first, final + MARGIN))


@settings(max_examples=60, deadline=None)
@example(  # the next span opens days early, while this one goes on for longer
    {"sat", "mon"}, (time(0), time(9)), "Europe/Rome", date(1999, 4, 1), {4: 1958, 2: 383}
)
@given(
    weekdays,
    hours,
    st.sampled_from(ZONES),
    near,
    st.dictionaries(st.integers(0, 20), st.integers(-300, 4000)),
)
def test_whatever_is_moved_the_spans_of_a_rule_do_not_overlap(days, two, zone, first, moved) -> None:
    of = Rule(days=Days(on=tuple(days)), hours=Hours(start=two[0], end=two[1]), zone=zone)
    exceptions = Exceptions()
    for number, minutes in moved.items():
        day = first + timedelta(days=number)
        then = of.ends(day) + timedelta(minutes=minutes)
        exceptions = exceptions.ending(day, then if minutes % 3 else None)
        exceptions = exceptions.opening(day, of.starts(day) - timedelta(minutes=abs(minutes)))

    found = list(spans(of, exceptions, at(f"{first}"), at(f"{first}") + timedelta(days=30)))
    assert all(span.opens <= span.starts < span.ends for span in found)
    assert all(one.ends <= two.opens for one, two in itertools.pairwise(found))
