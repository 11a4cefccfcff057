"""What 100ms refuses is not kept either, as is said; and who is cut off in the middle does it once."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

NOTHING = "Nothing was done."


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room that #classes speaks for; it is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    return room


async def hours(chat: Chat) -> None:
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --yes")


def refuses(chat: Chat, room: Room, method: str | None = None) -> None:
    """100ms does not let our key do something to a room, once."""
    chat.world.fault(f"/v2/rooms/{room.id}", method=method, status=403, times=1)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_hours_whose_door_cannot_follow_are_not_kept(chat: Chat, yoga: Room, method: str) -> None:
    refuses(chat, yoga, method)
    said = await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --yes")

    assert NOTHING in said.text
    assert "Nothing happens by the clock in yoga." in (await chat.says("vi", "/hms schedule list")).text
    assert yoga.enabled


async def test_an_early_opening_that_is_refused_does_not_come_later(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    refuses(chat, yoga)
    said = await chat.says("mo", "/hms open-early")
    assert NOTHING in said.text

    await chat.passes("6m")
    await chat.bot.reconcile()
    await chat.passes("1s")
    assert not yoga.enabled

    await chat.says("mo", "/hms open-early")
    assert yoga.enabled


async def test_a_day_that_cannot_be_kept_stays_skipped(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule skip today")
    refuses(chat, yoga)
    said = await chat.says("mo", "/hms schedule keep today")

    assert NOTHING in said.text
    await chat.passes("61m")
    assert not yoga.enabled


@pytest.mark.parametrize("line", ["schedule pause", "schedule remove --yes"])
async def test_what_says_nothing_of_the_door_leaves_the_hours(chat: Chat, yoga: Room, line: str) -> None:
    await hours(chat)
    refuses(chat, yoga)
    said = await chat.says("ada", f"/hms {line}")

    assert NOTHING in said.text
    await chat.passes("61m")
    assert yoga.enabled


@pytest.mark.parametrize("line", ["open-early", "schedule keep today"])
async def test_who_was_cut_off_is_not_taken_for_somebody_else(chat: Chat, yoga: Room, line: str) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule skip today")
    if line == "open-early":
        await chat.says("mo", "/hms schedule keep today")
    chat.way.hold(f"/v2/rooms/{yoga.id}")
    await chat.begins(chat.says("mo", f"/hms {line}"))
    await chat.dies()
    chat.way.let_go()

    await chat.starts()
    await chat.passes("1s")

    number = 4 if line == "open-early" else 3
    assert chat.story(number).states[-1] == "done"
    assert yoga.enabled is (line == "open-early")
