"""Moments and lengths of time, as people write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.times import Zone, length, length_in_words, moment, next_hours, readable
from bot.errors import UserError

NOW = datetime(2030, 1, 15, 10, 0, tzinfo=UTC)  # a Tuesday; 11:00 in Berlin


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("90s", 90),
        ("15m", 900),
        ("1h30m", 5400),
        ("2d", 172_800),
        ("1h 30min", 5400),
        ("2 Hours", 7200),
        ("10MIN", 600),
        ("30 min", 1800),
        ("1 day 2 hours  3 minutes 4 seconds", 93_784),
    ],
)
def test_a_length_of_time(words: str, seconds: int) -> None:
    assert length(words) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "words", ["", "10", "m", "0m", "-5m", "1.5h", "soon", "30m1h", "9999999d", "5 10m", "1h30"]
)
def test_no_length_of_time(words: str) -> None:
    assert length(words) is None


@given(st.integers(1, 10**7))
def test_a_length_is_written_as_it_is_read(seconds: int) -> None:
    assert length(length_in_words(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("18:30", datetime(2030, 1, 15, 17, 30, tzinfo=UTC)),
        ("today 18:30", datetime(2030, 1, 15, 17, 30, tzinfo=UTC)),
        ("Tomorrow 9:00", datetime(2030, 1, 16, 8, 0, tzinfo=UTC)),
        ("fri 09:00", datetime(2030, 1, 18, 8, 0, tzinfo=UTC)),
        ("tuesday 10:59", datetime(2030, 1, 22, 9, 59, tzinfo=UTC)),
        ("in 10m", datetime(2030, 1, 15, 10, 10, tzinfo=UTC)),
        ("in 10", datetime(2030, 1, 15, 10, 10, tzinfo=UTC)),
        ("at 9 tomorrow", datetime(2030, 1, 16, 8, 0, tzinfo=UTC)),
        ("on monday at 9", datetime(2030, 1, 21, 8, 0, tzinfo=UTC)),
        ("9am on mon", datetime(2030, 1, 21, 8, 0, tzinfo=UTC)),
        ("10m", datetime(2030, 1, 15, 10, 10, tzinfo=UTC)),
        ("in Ten", datetime(2030, 1, 15, 10, 10, tzinfo=UTC)),
        ("in half an hour", datetime(2030, 1, 15, 10, 30, tzinfo=UTC)),
        ("in 1h 30 min", datetime(2030, 1, 15, 11, 30, tzinfo=UTC)),
        ("2030-07-01 12:00", datetime(2030, 7, 1, 10, 0, tzinfo=UTC)),
        ("2030-07-01T12:00Z", datetime(2030, 7, 1, 12, 0, tzinfo=UTC)),
        ("2030-07-01T12:00:30+05:30", datetime(2030, 7, 1, 6, 30, 30, tzinfo=UTC)),
    ],
)
def test_a_moment(words: str, then: datetime) -> None:
    assert readable(words)
    assert moment(words, NOW, "Europe/Berlin") == then


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("midnight", "16 00:00"),
        ("today 24:00", "16 00:00"),
        ("today 24.00", "16 00:00"),
        ("tomorrow at 24", "17 00:00"),
        ("tue 24:00", "16 00:00"),
        ("tuesday midnight", "16 00:00"),
        ("tue at 24.00", "16 00:00"),
        ("mon 24:00", "22 00:00"),
        ("mon midnight", "22 00:00"),
        ("sun 24:00", "21 00:00"),
        ("wed 00:00", "16 00:00"),
        ("wed 12 am", "16 00:00"),
    ],
)
def test_midnight_ends_the_day_that_is_said(words: str, then: str) -> None:
    assert f"{moment(words, NOW, 'UTC'):%d %H:%M}" == then


@pytest.mark.parametrize(
    "words", ["", "25:00", "9:60", "soon", "tomorrow", "2030-02-30 12:00", "noday 09:00", "in"]
)
def test_no_moment(words: str) -> None:
    assert not readable(words)
    with pytest.raises(UserError, match="is no time"):
        moment(words, NOW, "UTC")


@pytest.mark.parametrize("words", ["10:59", "2030-01-15T10:00Z", "2029-12-31 23:59"])
def test_a_moment_that_is_over_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="is over"):
        moment(words, NOW, "Europe/Berlin")


@pytest.mark.parametrize("words", ["99999d", "2031-01-17 10:00", "2999-01-01 00:00"])
def test_a_moment_that_is_too_far_ahead_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="is too far ahead: 366 days"):
        moment(words, NOW, "UTC")


@pytest.mark.parametrize(
    ("wanted", "zone"),
    [
        (("", "Europe/Berlin", "UTC"), Zone("Europe/Berlin")),
        (("Europe/Newtown", "Europe/Berlin", "UTC"), Zone("Europe/Berlin", unknown="Europe/Newtown")),
        (("Europe", "", "Asia/Kolkata"), Zone("Asia/Kolkata", unknown="Europe")),
        (("../../etc/passwd",), Zone("UTC", unknown="../../etc/passwd")),
        (("UTC", "Europe/Newtown"), Zone("UTC")),
    ],
)
def test_the_first_zone_that_is_known_counts(wanted: tuple[str, ...], zone: Zone) -> None:
    assert Zone.of(*wanted) == zone


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("9", ["today 21:00", "tomorrow 09:00"]),
        ("at 11", ["today 23:00", "tomorrow 11:00"]),
        ("12", ["today 12:00", "tomorrow 00:00"]),
        ("20", ["today 20:00"]),
        ("09", ["tomorrow 09:00"]),
        ("24", []),
        ("9 5", []),
    ],
)
def test_an_hour_alone_is_told_by_the_clock_to_come_next(words: str, hours: list[str]) -> None:
    assert next_hours(words, NOW, "Europe/Berlin") == hours


@pytest.mark.parametrize("words", ["tomorrow 02:30", "sun 02:30", "2030-03-31 02:30", "2030-03-31T02:30:15"])
def test_an_hour_that_the_clocks_skip_is_the_first_moment_after_it(words: str) -> None:
    before = datetime(2030, 3, 30, 12, 0, tzinfo=UTC)
    assert moment(words, before, "Europe/Berlin") == datetime(2030, 3, 31, 1, 0, tzinfo=UTC)


def test_ten_minutes_last_ten_minutes_when_the_clocks_change() -> None:
    before = datetime(2030, 10, 27, 0, 55, tzinfo=UTC)
    assert moment("in 10m", before, "Europe/Berlin") == datetime(2030, 10, 27, 1, 5, tzinfo=UTC)
