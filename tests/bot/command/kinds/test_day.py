"""Dates, as people write them."""

from datetime import date

import pytest

from bot.command import LocalDate, Registry, read
from bot.command.kinds.day import date_meant
from bot.command.times import Zone
from bot.errors import UserError
from bot.reply import Plain, Reply
from tests.bot.command.place import Place

TODAY = date(2026, 11, 28)  # a Saturday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-25", "2026-12-25"),
        ("today", "2026-11-28"),
        ("Tomorrow", "2026-11-29"),
        ("sat", "2026-11-28"),
        ("fri", "2026-12-04"),
        ("Sunday", "2026-11-29"),
        ("25 dec", "2026-12-25"),
        ("25th of December", "2026-12-25"),
        ("Dec. 25", "2026-12-25"),
        ("december 1st, 2027", "2027-12-01"),
        ("28 nov", "2026-11-28"),
        ("27 nov", "2027-11-27"),
        ("29 feb 2028", "2028-02-29"),
    ],
)
def test_a_date(words: str, day: str) -> None:
    assert date_meant(words, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("31 apr", "There is no “31 apr”: that month has 30 days"),
        ("2026-02-30", "that month has 28 days"),
        ("29 feb", "that month has 28 days"),  # next year's
        ("0 may", "that month has 31 days"),
        ("2026-13-01", "is no date"),
        ("25/12", "is no date"),
        ("25 x", "is no date"),
        ("soon", "is no date"),
        ("", "is no date"),
        ("2026-11-27", "is over"),
        ("2030-01-01", "is too far ahead"),
    ],
)
def test_no_date(words: str, why: str) -> None:
    with pytest.raises(UserError) as wrong:
        date_meant(words, TODAY)
    assert why in Plain().text(Reply.of(wrong.value))


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", 16), ("America/Los_Angeles", 15)])
async def test_a_date_is_that_of_where_it_was_said(registry: Registry, zone: str, day: int) -> None:
    place = Place(meant=Zone(zone))  # 10:00 UTC
    late = place.now.replace(hour=23)
    place.now = late
    command = await read(registry, "window daily 9-17 --begin today").command.pin(place)
    assert command.begin == LocalDate(on=date(2030, 1, day))
    assert await command.pin(Place()) == command


def test_words_that_can_be_no_date_are_refused_when_they_are_read(registry: Registry) -> None:
    with pytest.raises(UserError, match="is no date"):
        _ = read(registry, "window daily 9-17 --begin soon").command
