"""``status`` says what comes next in a room by the clock: an opening, an end, and what is asked for then."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

HOURS = "mon-fri 10:00-11:00 --tz UTC"  # it is Monday, 09:00


@pytest.fixture
def yoga(chat: Chat) -> Room:
    return chat.world.add_room("yoga")


async def hours(chat: Chat, words: str = HOURS) -> None:
    await chat.says("ada", f"/hms schedule window {words} --room yoga --yes")


async def status(chat: Chat) -> str:
    return (await chat.says("vi", "/hms status yoga")).text


async def test_a_room_says_when_its_hours_open_it_and_when_they_end(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    assert "· locked until 2 Mar 09:59 UTC" in await status(chat)
    await chat.passes("59m")
    assert "· open · ends 2 Mar 11:00 UTC" in await status(chat)
    await chat.passes("61m")
    assert "· locked until 3 Mar 09:59 UTC" in await status(chat)


async def test_a_skipped_day_is_not_promised(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule skip today --room yoga")
    assert "· locked until 3 Mar 09:59 UTC" in await status(chat)


async def test_paused_hours_promise_nothing(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule pause --room yoga")
    said = await status(chat)
    assert "· locked\n" in said
    assert "until" not in said


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        ("", "· locked until 2 Mar 09:59 UTC"),
        ("--until 09:30", "· locked until 2 Mar 09:59 UTC"),  # outside its hours it opens with these
        ("--until 11:30", "· locked until 2 Mar 10:30 UTC"),
        ("--until 23:00", "· locked until 3 Mar 09:59 UTC"),
        ("--keep", "· locked\n"),
    ],
)
async def test_a_lock_by_hand_says_which_comes_first(chat: Chat, yoga: Room, lock: str, said: str) -> None:
    await hours(chat)
    await chat.says("mo", "/hms room unlock yoga")
    chat.clock.now -= chat.span("2h")  # Berlin, where Mo is, is an hour ahead
    await chat.says("mo", f"/hms room lock yoga {lock} --yes")
    assert said in await status(chat)


async def test_a_room_that_was_opened_by_hand_says_when_its_hours_begin(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms room unlock yoga")
    assert "· open · its hours begin 2 Mar 09:59 UTC" in await status(chat)


@pytest.mark.usefixtures("mo_is_an_admin")
async def test_what_is_scheduled_next_is_named_by_its_command(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule every 'daily 12:00' room lock yoga --reason lunch --yes")
    assert "· open · room lock comes 2 Mar 11:00 UTC" in await status(chat)
    await chat.says("mo", "/hms schedule once 11:00 room unlock yoga")
    assert "room unlock comes 2 Mar 10:00 UTC" in await status(chat)
    assert "room lock" not in await status(chat)


async def test_another_room_says_nothing_of_it(chat: Chat, yoga: Room, standup: Room) -> None:
    await hours(chat)
    assert "2 Mar" not in (await chat.says("vi", "/hms status")).text
