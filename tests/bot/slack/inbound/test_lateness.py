"""How old what Slack brings is: by Slack's time less the skew, else by whether our loop stood still."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dispatch.taking import GIVEN_UP
from bot.slack.inbound.lateness import Lateness, Pulse
from bot.slack.skew import Skew

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DATE = "Mon, 02 Mar 2026 12:00:00 GMT"


class Hands:
    """A clock that is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def ours() -> Hands:
    return Hands()


def test_what_slack_still_waits_for_is_in_time_and_what_it_does_not_is_late(ours: Hands) -> None:
    lateness = Lateness(ours, told(ours), Pulse())

    assert lateness.given_up(NOON - timedelta(seconds=2)) is None
    assert lateness.given_up(NOON - timedelta(seconds=3)) is GIVEN_UP


@pytest.mark.parametrize("off", [-60, 60])
def test_a_machine_whose_clock_is_a_minute_off_judges_as_well(ours: Hands, off: int) -> None:
    ours.passes(off)
    lateness = Lateness(ours, told(ours), Pulse())

    assert lateness.given_up(NOON) is None
    ours.passes(3)
    assert lateness.given_up(NOON) is GIVEN_UP


def test_one_answer_with_a_wrong_date_changes_nothing(ours: Hands) -> None:
    skew = told(ours)
    for _ in range(9):
        skew.heard(DATE)
    skew.heard("Mon, 02 Mar 2020 12:00:00 GMT")

    assert skew.known == timedelta(0)


@pytest.mark.parametrize("nonsense", ["", "yesterday", "Mon, 02 Mar 2026 12:00:00", "99"])
def test_a_date_that_is_none_is_passed_over(ours: Hands, nonsense: str) -> None:
    skew = Skew(ours)
    skew.heard(nonsense)

    assert skew.known is None


def test_before_slack_has_told_its_time_a_clock_proves_nothing(ours: Hands) -> None:
    lateness = Lateness(ours, Skew(ours), Pulse())

    assert lateness.given_up(NOON - timedelta(hours=1)) is None
    assert lateness.is_old(NOON - timedelta(hours=1)) is None


def test_what_has_no_time_is_late_right_after_the_loop_stood_still(ours: Hands) -> None:
    pulse = Pulse(ours.seconds)
    lateness = Lateness(ours, told(ours), pulse)
    assert lateness.given_up(None) is None  # it has not beaten yet

    pulse.beat()
    ours.passes(4)
    assert lateness.given_up(None) is GIVEN_UP  # read before the next beat
    pulse.beat()
    ours.passes(0.5)
    assert lateness.given_up(None) is GIVEN_UP  # still from the queue that had waited
    ours.passes(1)
    pulse.beat()
    assert lateness.given_up(None) is None


def test_a_loop_that_is_only_slow_has_not_stood_still(ours: Hands) -> None:
    pulse = Pulse(ours.seconds)
    lateness = Lateness(ours, told(ours), pulse)
    for _ in range(5):
        pulse.beat()
        ours.passes(2)

    assert lateness.given_up(None) is None


def test_an_event_is_old_after_two_minutes(ours: Hands) -> None:
    lateness = Lateness(ours, told(ours), Pulse())

    assert lateness.is_old(NOON - timedelta(minutes=2)) is None
    said = lateness.is_old(NOON - timedelta(hours=6))
    assert said
    assert said.values["age"] == timedelta(hours=6)


def told(ours: Hands) -> Skew:
    """The skew after Slack has answered once, at its noon."""
    skew = Skew(ours)
    skew.heard(DATE)
    return skew
