"""``room lock --until tomorrow``: which hour is asked, and where the room has hours, theirs comes first."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

USUAL = ("tomorrow 00:00", "tomorrow 09:00")


async def offered(chat: Chat, day: str = "tomorrow") -> tuple[str, ...]:
    """What Mo, who is in Berlin, is offered; it is Monday, 10:00 there."""
    return (await chat.says("mo", f"/hms room lock --until {day} --reason exam")).buttons


async def hours(chat: Chat, words: str) -> None:
    await chat.says("ada", f"/hms schedule window {words} --tz Europe/Berlin --yes")


async def test_the_hours_of_the_room_come_first_and_let_people_in_by_themselves(
    chat: Chat, standup: Room
) -> None:
    await hours(chat, "daily 08:00-20:00")
    asked = await chat.says("mo", "/hms room lock --until tomorrow --reason exam")
    assert asked.buttons == ("tomorrow 07:59, with its hours", *USUAL)

    card = await chat.clicks("mo", "tomorrow 07:59, with its hours", asked)

    assert "opens 3 Mar 06:59 UTC, with its hours" in card.text
    await chat.clicks("mo", "Lock standup", card)
    assert not standup.enabled
    await chat.passes("21h 59m")
    assert standup.enabled


@pytest.mark.parametrize(
    ("words", "day", "first"),
    [
        ("tue-sat 10:00-11:00", "fri", "fri 09:59, with its hours"),
        ("mon 10:30-11:00", "mon", "mon 10:29, with its hours"),  # today still
        ("mon 08:00-09:00", "monday", "monday 07:59, with its hours"),  # over for today
        ("daily 22:00-02:00", "tomorrow", "tomorrow 21:59, with its hours"),
    ],
)
async def test_it_is_the_opening_that_the_words_mean(
    chat: Chat, standup: Room, words: str, day: str, first: str
) -> None:
    await hours(chat, words)
    assert (await offered(chat, day))[0] == first


async def test_the_earlier_of_two_openings_of_a_day_is_offered(chat: Chat, standup: Room) -> None:
    await hours(chat, "daily 14:00-15:00")
    await hours(chat, "daily 08:00-09:00")
    assert await offered(chat) == ("tomorrow 07:59, with its hours", *USUAL)


async def test_an_hour_that_is_mostly_meant_is_offered_once(chat: Chat, standup: Room) -> None:
    await hours(chat, "daily 09:01-17:00")
    assert await offered(chat) == ("tomorrow 09:00, with its hours", "tomorrow 00:00")


@pytest.mark.parametrize("words", ["wed 08:00-09:00", "daily 08:00-09:00 --open-before 90s"])
async def test_without_an_opening_that_can_be_said_the_question_is_as_ever(
    chat: Chat, standup: Room, words: str
) -> None:
    await hours(chat, words)
    assert await offered(chat) == USUAL


async def test_what_does_not_open_a_room_is_offered_no_hours(chat: Chat, standup: Room) -> None:
    await hours(chat, "daily 08:00-20:00")
    assert (await chat.says("mo", "/hms end-room --at tomorrow")).buttons == USUAL


async def test_no_hours_are_told_of_a_room_that_one_may_not_lock(chat: Chat, standup: Room) -> None:
    await hours(chat, "daily 08:00-20:00")
    refused = await chat.says("vi", "/hms room lock --until tomorrow")
    assert "Only moderators can do this" in refused.text
    assert refused.buttons == ()


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("room lock --until 09:00 --reason exam", "opens by itself 3 Mar 08:00 UTC"),
        ("lock until 9am", "opens by itself 3 Mar 08:00 UTC"),
        ("end-room --at 09:00 --lock", "End and lock standup for 3 people, 3 Mar 09:00?"),
        ("schedule once 'today 09:00' room unlock", "in standup for 3 Mar 08:00 UTC (#2)."),
    ],
)
async def test_a_time_of_today_that_is_over_is_offered_for_tomorrow(
    chat: Chat, standup: Room, line: str, asked: str
) -> None:
    await chat.grants("mo", Chat.ADMIN)
    standup.join("Gus")
    said = await chat.says("mo", f"/hms {line}")
    assert "is over. Write a later time" in said.text
    [tomorrow] = said.buttons
    assert tomorrow in {"tomorrow 09:00", "tomorrow 9am"}
    assert asked in (await chat.clicks("mo", tomorrow, said)).text


async def test_a_moment_of_another_day_that_is_over_is_offered_for_no_other(
    chat: Chat, standup: Room
) -> None:
    assert await offered(chat, "2026-03-01T09:00") == ()
