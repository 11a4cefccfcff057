"""What is done to the schedule of a room is read in the room's own channel, wherever it was asked for."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room with hours, for which #webinars speaks; it is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("webinars", room)
    await chat.says("ada", "/hms schedule window mon-fri 10:00-11:00 --tz UTC --room yoga --yes", "webinars")
    return room


LINES = [
    ("mo", "skip tomorrow", "Mo skipped Mar 3, 2026 in the hours of yoga (#1)."),
    ("mo", "skip holidays IT", "Mo leaves the holidays of IT out of the hours of yoga (#1)."),
    ("mo", "pause", "Mo paused the hours of yoga (#1)."),
    ("mo", "open-early", "Mo opened yoga early, for its hours until 2 Mar 11:00 UTC (#1)."),
    ("ada", "remove --yes", "Ada removed the hours of yoga: mon\u2013fri 10:00\u201311:00 UTC (#1)."),
]


@pytest.mark.parametrize("channel", ["classes", "dm"])
@pytest.mark.parametrize(("who", "line", "said"), LINES)
async def test_it_is_told_in_the_rooms_own_channel(
    chat: Chat, yoga: Room, who: str, line: str, said: str, channel: str
) -> None:
    await chat.says(who, f"/hms schedule {line} --room yoga", channel)
    assert sum(said in told for told in chat.channel("webinars")) == 1


@pytest.mark.parametrize(("who", "line", "said"), LINES)
async def test_where_it_was_asked_there_it_is_told_once(
    chat: Chat, yoga: Room, who: str, line: str, said: str
) -> None:
    await chat.says(who, f"/hms schedule {line} --room yoga", "webinars")
    assert sum(said in told for told in chat.channel("webinars")) == 1


async def test_so_is_what_takes_it_back(chat: Chat, yoga: Room) -> None:
    for line in ("pause", "resume", "skip fri", "keep fri"):
        await chat.says("mo", f"/hms schedule {line} --room yoga")
    told = "\n".join(chat.channel("webinars"))
    assert "Mo resumed the hours of yoga (#1)." in told
    assert "Mo keeps Mar 6, 2026 in the hours of yoga (#1)." in told


async def test_what_takes_it_back_stands_once(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule skip fri --room yoga")
    assert "Do not skip it" in chat.reads("mo").buttons
    assert "Do not skip it" not in chat.reads("mo", "webinars").buttons


@pytest.mark.usefixtures("mo_is_an_admin")
async def test_so_is_what_becomes_of_a_line(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule every 'daily 12:00' room unlock yoga")
    for line in ("pause 2", "resume 2", "remove 2 --yes"):
        await chat.says("mo", f"/hms schedule {line} --room yoga")
    told = "\n".join(chat.channel("webinars"))
    assert "Mo paused “room unlock yoga” in yoga (#2)." in told
    assert "Mo resumed “room unlock yoga” in yoga (#2)." in told
    assert "Mo removed “room unlock yoga” from the schedule of yoga (#2)." in told
