"""How often: as people write it, and when it comes next."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from bot.command import Cadence, Registry, read, write
from bot.command.times import Zone
from bot.errors import UserError
from bot.reply import Plain, Reply
from tests.bot.command.place import Place
from tests.bot.features.schedule.words import at

SATURDAY = at("2026-11-28 12:03")


@pytest.mark.parametrize(
    ("words", "written", "following"),
    [
        ("15m", "15m", "2026-11-28 12:18"),
        ("every 15 minutes", "15m", "2026-11-28 12:18"),
        ("every hour", "1h", "2026-11-28 13:03"),
        ("daily 09:00", "daily 09:00", "2026-11-29 08:00"),
        ("every day at 9am", "daily 09:00", "2026-11-29 08:00"),
        ("daily 13:03", "daily 13:03", "2026-11-29 12:03"),
        ("daily 13:04", "daily 13:04", "2026-11-28 12:04"),
        ("daily midnight", "daily 00:00", "2026-11-28 23:00"),
        ("fri 24:00", "sat 00:00", "2026-12-04 23:00"),
        ("saturdays at midnight", "sun 00:00", "2026-11-28 23:00"),
        ("sun 24.00", "mon 00:00", "2026-11-29 23:00"),
        ("mon-fri 24:00", "tue-sat 00:00", "2026-11-30 23:00"),
        ("mon-fri 09:00", "mon-fri 09:00", "2026-11-30 08:00"),
        ("Mondays 9", "mon 09:00", "2026-11-30 08:00"),
        ("sat, sun 10.30", "sat,sun 10:30", "2026-11-29 09:30"),
        ("1st 08:00", "1st 08:00", "2026-12-01 07:00"),
        ("every 2nd of the month at 8 pm", "2nd 20:00", "2026-12-02 19:00"),
        ("23rd 08:00", "23rd 08:00", "2026-12-23 07:00"),
        ("12th 08:00", "12th 08:00", "2026-12-12 07:00"),
        ("last 08:00", "last 08:00", "2026-11-30 07:00"),
        ("the last day of the month 08:00", "last 08:00", "2026-11-30 07:00"),
        ("1st 24:00", "2nd 00:00", "2026-12-01 23:00"),
        ("last 24:00", "1st 00:00", "2026-11-30 23:00"),
        ("last day of the month at midnight", "1st 00:00", "2026-11-30 23:00"),
        ("last 00:00", "last 00:00", "2026-11-29 23:00"),
    ],
)
def test_a_cadence(words: str, written: str, following: str) -> None:
    found = Cadence.parse(words, "Europe/Rome")
    assert found.written == written
    assert found.next_after(SATURDAY) == at(following)
    assert Cadence.parse(found.written, "Europe/Rome") == found
    assert Cadence.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("1s", "too often: at most once a minute"),
        ("59s", "too often"),
        ("400d", "too long: 366d at most"),
        ("31st 08:00", "Not every month has a day 31. Write one up to 28, or last 08:00."),
        (
            "28th 24:00",
            "“28th 24:00” begins day 29, which not every month has. Write 28th 23:59, or last 24:00.",
        ),
        ("0th 24:00", "Not every month has a day 0."),
        ("soon", "is not how often"),
        ("mon", "is not how often"),
        ("09:00", "is not how often"),
        ("1-5 09:00", "is not how often"),
        ("daily 25:00", "is not how often"),
        ("", "is not how often"),
    ],
)
def test_no_cadence(words: str, why: str) -> None:
    with pytest.raises(UserError) as refused:
        Cadence.parse(words, "UTC")
    assert why in Plain().text(Reply.of(refused.value))


@pytest.mark.parametrize(
    ("after", "following"),
    [
        ("2026-11-28 08:00", "2026-11-28 09:15"),  # before it began
        ("2026-11-28 09:00", "2026-11-28 09:15"),
        ("2026-11-28 09:15", "2026-11-28 09:30"),
        ("2026-12-05 10:01", "2026-12-05 10:15"),  # after a week off: the next, and none of those between
    ],
)
def test_a_length_is_counted_from_when_it_began(after: str, following: str) -> None:
    began = at("2026-11-28 09:00")
    assert Cadence.parse("15m", "UTC").next_after(at(after), began) == at(following)


@pytest.mark.parametrize(
    ("words", "after", "times"),
    [
        # The night of the gap: the first moment there is; then as ever.
        ("daily 02:30", "2026-03-27 12:00", ["28 01:30", "29 01:00", "30 00:30"]),
        # The night that has 02:30 twice: the first of them, once.
        ("daily 02:30", "2026-10-23 12:00", ["24 00:30", "25 00:30", "26 01:30"]),
        ("last 02:30", "2026-01-30 12:00", ["31 01:30", "28 01:30", "31 00:30"]),
    ],
)
def test_when_the_clocks_change(words: str, after: str, times: list[str]) -> None:
    found, now = [], at(after)
    for _ in times:
        now = Cadence.parse(words, "Europe/Rome").next_after(now)
        found.append(f"{now:%d %H:%M}")
    assert found == times


def test_a_date_that_a_place_has_not_had_does_not_come() -> None:
    there = Cadence.parse("daily 09:00", "Pacific/Apia")
    after = there.next_after(at("2011-12-29 12:00"))  # the 29th, there
    assert there.next_after(after) - after == timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("90m", "every 1h 30m"),
        ("mon-fri 09:00", "mon–fri 09:00 Europe/Rome"),  # noqa: RUF001
        ("sat,sun 10:30", "sat and sun 10:30 Europe/Rome"),
        ("1st 08:00", "on day 1 of the month 08:00 Europe/Rome"),
        ("last 08:00", "on the last of the month 08:00 Europe/Rome"),
    ],
)
def test_it_is_said_in_words(words: str, said: str) -> None:
    assert Plain().text(Reply("{cadence}", cadence=Cadence.parse(words, "Europe/Rome"))) == said


def test_it_is_one_of_the_three() -> None:
    for wrong in ({}, {"every": "PT1S"}, {"every": "PT1H", "at": "09:00"}, {"of_month": 1}):
        with pytest.raises(ValidationError):
            Cadence.model_validate({"zone": "UTC", **wrong})


@pytest.mark.parametrize(
    ("typed", "when", "line"),
    [
        ("every 15m say Drink water", "15m", "say Drink water"),
        ("every 'every 15m' say Drink water", "15m", "say Drink water"),
        ("every mon-fri 9 am room unlock", "mon-fri 09:00", "room unlock"),
        ("every last day of the month at 8 am room lock", "last 08:00", "room lock"),
        ("every '15m' 30s of silence", "15m", "30s of silence"),
    ],
)
def test_a_line_may_stand_behind_it(registry: Registry, typed: str, when: str, line: str) -> None:
    asked = read(registry, typed).command
    assert (asked.when.written, asked.line) == (when, line)
    assert read(registry, write(registry, asked)).command == asked


async def test_it_is_meant_in_the_zone_of_where_it_was_said(registry: Registry) -> None:
    asked = read(registry, "every 'daily 09:00' room unlock").command

    pinned = await asked.pin(Place(meant=Zone("Europe/Rome")))

    assert pinned.when == Cadence.parse("daily 09:00", "Europe/Rome")
    assert await pinned.pin(Place(meant=Zone("Asia/Tokyo"))) == pinned
