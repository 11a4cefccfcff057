"""Days of the week, as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.command import Days
from bot.command.times import WEEKDAYS
from bot.errors import UserError
from bot.reply import Plain, Reply


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("mon-fri", "mon-fri"),
        ("Mon–Fri", "mon-fri"),  # noqa: RUF001 -- phones type it
        ("mon - fri", "mon-fri"),
        ("Monday to Friday", "mon-fri"),
        ("fri-mon", "fri-mon"),
        ("sat,sun", "sat,sun"),
        ("sun, sat", "sat,sun"),
        ("Tuesdays and thurs.", "tue,thu"),
        ("mon-wed,fri", "mon-wed,fri"),
        ("mon,tue,wed", "mon-wed"),
        ("daily", "daily"),
        ("every day", "daily"),
        ("mon-sun", "daily"),
        ("sun-sat", "daily"),
        ("weekdays", "mon-fri"),
        ("weekend", "sat,sun"),
        ("every friday", "fri"),
    ],
)
def test_days(words: str, days: str) -> None:
    assert Days.of(words).written == days


@pytest.mark.parametrize(
    "words", ["1-5", "1", "", "mo", "mon-", "-fri", "mon 5", "sunny", "m-f", "fri-", ","]
)
def test_no_days(words: str) -> None:
    with pytest.raises(UserError, match="is not days of the week"):
        Days.of(words)


@given(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
def test_days_are_written_as_they_are_read(on: set[str]) -> None:
    days = Days(on=tuple(on))
    assert Days.of(days.written) == days
    assert Days.model_validate_json(days.model_dump_json()) == days


def test_a_date_is_one_of_them_or_not() -> None:
    assert date(2026, 11, 27) in Days.of("mon-fri")
    assert date(2026, 11, 28) not in Days.of("mon-fri")


def test_no_day_at_all_is_none() -> None:
    with pytest.raises(ValidationError):
        Days(on=())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("mon-fri,sun", "sun–fri"),  # noqa: RUF001
        ("sat,sun", "sat and sun"),
        ("mon-wed,fri", "mon–wed and fri"),  # noqa: RUF001
        ("daily", "daily"),
    ],
)
def test_days_are_said_in_words(words: str, said: str) -> None:
    assert Plain().text(Reply("{days}", days=Days.of(words))) == said
