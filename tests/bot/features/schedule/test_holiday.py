"""Public holidays: their calendars by name, and the dates that they take out of a rule."""

from datetime import date

import pytest

from bot.errors import UserError
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.holiday import calendar_called, holiday, learn
from bot.features.schedule.rule import left_out, spans
from bot.reply import Plain, Reply
from tests.bot.features.schedule.words import at, rule


def test_a_day_is_a_holiday_in_one_place_and_none_in_another() -> None:
    assert holiday("IT", date(2026, 12, 8)) == "Immaculate Conception"
    assert holiday("DE", date(2026, 1, 6)) is None
    assert holiday("DE-BY", date(2026, 1, 6)) == "Epiphany"


@pytest.mark.parametrize(
    ("words", "calendar"),
    [
        ("IT", "IT"),
        ("it", "IT"),
        ("Italy", "IT"),
        ("de-by", "DE-BY"),
        ("DE_BY", "DE-BY"),
        ("united states", "US"),
    ],
)
async def test_a_calendar_is_found_by_what_people_call_it(words: str, calendar: str) -> None:
    assert await calendar_called(words) == calendar


@pytest.mark.parametrize(
    ("words", "such"),
    [
        ("Itly", "such as IT."),
        ("DE-BX", "such as DE and DE-B"),
        ("IT-9", "such as IT."),
        ("§§", "such as IT and DE-BY"),
    ],
)
async def test_a_calendar_that_does_not_exist_is_refused_with_one_that_does(words: str, such: str) -> None:
    with pytest.raises(UserError) as refused:
        await calendar_called(words)
    said = Plain().text(Reply.of(refused.value))
    assert f"I know no holidays of “{words}”." in said
    assert such in said


async def test_a_rule_leaves_holidays_out_and_says_which() -> None:
    await learn(["IT"], at("2026-12-07 00:00"))
    office, kept = rule("mon-fri 09:00-17:00"), Exceptions().observing("IT")
    first, last = at("2026-12-07 00:00"), at("2026-12-26 00:00")

    assert not {date(2026, 12, 8), date(2026, 12, 25)} & {
        span.date for span in spans(office, kept, first, last)
    }
    assert [Plain().text(Reply("{why}", why=one.why)) for one in left_out(office, kept, first, last)] == [
        "Immaculate Conception (IT)",
        "Christmas Day (IT)",
    ]
    assert kept.observing() == Exceptions()


def test_a_night_goes_by_the_day_on_which_it_starts() -> None:
    night, kept = rule("daily 22:00-02:00"), Exceptions().observing("IT")
    found = {span.date.day for span in spans(night, kept, at("2026-12-22 12:00"), at("2026-12-28 12:00"))}
    assert found == {22, 23, 24, 27}
