"""No more Homes are published within a minute than Slack takes."""

from collections import deque
from datetime import UTC, datetime, timedelta

from bot.slack.outbound.homes import A_MINUTE, MINUTE, paused

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_what_fits_into_the_minute_is_drawn_at_once() -> None:
    assert paused(deque([NOW] * (A_MINUTE - 4)), 4, NOW) == timedelta(0)


def test_one_more_waits_until_the_first_is_a_minute_old() -> None:
    drawn = deque([NOW - timedelta(seconds=50), *[NOW] * (A_MINUTE - 1)])
    assert paused(drawn, 1, NOW) == timedelta(seconds=10)


def test_what_is_older_than_a_minute_counts_no_more() -> None:
    drawn = deque([NOW - MINUTE] * A_MINUTE)
    assert paused(drawn, 50, NOW) == timedelta(0)
    assert not drawn
