from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hms.retry import asked_wait, wait_before

NOW = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
CHANCE = st.floats(0, 1)


def test_waits_double_up_to_a_cap() -> None:
    waits = [wait_before(repeat, None, lambda: 0.0) for repeat in range(6)]
    assert waits == [0.2, 0.4, 0.8, 1.6, 3.0, 3.0]


@given(st.integers(0, 10_000), st.floats(0, 100), CHANCE)
def test_what_100ms_asks_for_is_never_undercut(repeat: int, asked: float, chance: float) -> None:
    wait = wait_before(repeat, asked, lambda: chance)
    assert asked <= wait <= max(asked, 3.0) + 1.5


def test_callers_that_failed_together_do_not_come_back_together() -> None:
    assert wait_before(2, 5.0, lambda: 0.1) != wait_before(2, 5.0, lambda: 0.9)


@pytest.mark.parametrize(
    ("header", "words", "seconds"),
    [
        ("7", "", 7.0),
        ("Sun, 01 Mar 2026 10:00:20 GMT", "", 20.0),
        ("Sun, 01 Mar 2026 10:00:20 -0000", "", 20.0),
        ("Sun, 01 Mar 2026 09:00:00 GMT", "", 0.0),
        (None, "rate limit exceeded, retry after 45 seconds", 45.0),
        ("7", "retry after 45 seconds", 7.0),
        (None, "rate limit exceeded", None),
        ("soon", "", None),
        ("-1", "", None),
        ("9" * 4000, "", None),
    ],
)
def test_the_asked_wait_is_read_from_the_header_or_the_words(header, words, seconds) -> None:
    assert asked_wait(header, words, NOW) == seconds


@given(st.text())
def test_no_header_breaks_the_reading(header: str) -> None:
    asked = asked_wait(header, "", NOW)
    assert asked is None or asked >= 0
