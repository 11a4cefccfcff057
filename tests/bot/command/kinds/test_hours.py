"""Hours of a day, as people write them."""

import pytest
from pydantic import ValidationError

from bot.command import Hours
from bot.errors import UserError
from bot.reply import Plain, Reply


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("09:00-17:00", "09:00-17:00"),
        ("9-17", "09:00-17:00"),
        ("9.00–17.00", "09:00-17:00"),  # noqa: RUF001 -- phones type it
        ("9:30 — 17:00", "09:30-17:00"),
        ("22:00-02:00", "22:00-02:00"),
        ("9am-5pm", "09:00-17:00"),
        ("9 a.m. to 5:30 pm", "09:00-17:30"),
        ("12am-12pm", "00:00-12:00"),
        ("9 until noon", "09:00-12:00"),
        ("18:00-24:00", "18:00-00:00"),
        ("18:00-midnight", "18:00-00:00"),
    ],
)
def test_hours(words: str, hours: str) -> None:
    found = Hours.of(words)
    assert found.written == hours
    assert Hours.of(found.written) == found == Hours.model_validate_json(found.model_dump_json())


@pytest.mark.parametrize(
    "words", ["", "9", "9-25", "9:60-10", "13pm-2pm", "9-12-15", "soon", "9-", "0am-1am"]
)
def test_no_hours(words: str) -> None:
    with pytest.raises(UserError, match="is no hours of a day"):
        Hours.of(words)


@pytest.mark.parametrize("words", ["09:00-9", "00:00-24:00", "12pm-noon"])
def test_hours_that_end_where_they_start_are_refused(words: str) -> None:
    with pytest.raises(UserError, match="ends where it starts"):
        Hours.of(words)
    with pytest.raises(ValidationError):
        Hours.model_validate({"start": "09:00", "end": "09:00"})


@pytest.mark.parametrize("words", ["24:00-02:00", "midnight to 2am", "24-2"])
def test_hours_that_start_where_their_day_ends_are_refused(words: str) -> None:
    with pytest.raises(UserError) as refused:
        Hours.of(words)
    said = Plain().text(Reply.of(refused.value))
    assert said == f"“{words}” starts where its day ends. Write 00:00-02:00 on the day after."


def test_they_know_whether_they_end_on_the_day_after() -> None:
    assert [Hours.of(words).past_midnight for words in ("9-17", "22-2", "18-24")] == [False, True, True]


def test_hours_are_said_in_words() -> None:
    assert Plain().text(Reply("{hours}", hours=Hours.of("9-17"))) == "09:00–17:00"  # noqa: RUF001
