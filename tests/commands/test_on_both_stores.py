"""The same conversations where the bot carries its own jobs, and where PostgreSQL carries them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.chat import PEOPLE, Chat, opened


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Chat]:
    """The whole bot on each store in turn."""
    async with opened(database_url) as chat:
        yield chat


async def test_a_room_is_ended_once(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)

    card = await chat.says("mo", "/hms end-room --lock")
    await chat.clicks("mo", "End and lock for 1 person", card)

    assert not room.session
    assert not room.enabled
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert "Locked by Mo" in (await chat.says("vi", "/hms status")).text


async def test_an_end_is_moved_by_two_at_once_warned_of_and_comes_after_a_restart(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    await chat.says("mo", "/hms end-room --in 10m --yes")
    await chat.says("ada", "/hms end-room --in 30m --yes")
    message, action = chat.reads("max").button("+5 min")

    await asyncio.gather(*(chat.workspace.clicks(PEOPLE[who], message, action) for who in ("mo", "max")))
    await chat.bot.idle()
    await chat.passes("15m")
    assert [said.text for said in room.messages] == ["This session ends in 5 minutes."]
    await chat.stops()
    chat.clock.now += chat.span("10m")
    await chat.starts()
    await chat.passes("1s")

    assert not room.session
    assert len(chat.calls("active_rooms.end_room")) == 1
    said = "\n".join(chat.channel("classes"))
    assert "Mo ended standup for 1 person, as planned (#1)." in said
    assert "was over before" not in said  # though Ada's warning came at the same moment


async def test_a_lock_opens_by_itself_after_a_restart(chat: Chat) -> None:
    room = chat.world.add_room("standup")
    await chat.says("mo", "/hms room lock standup --until 12:00 --yes")
    await chat.stops()
    chat.clock.now += chat.span("5h")

    await chat.starts()
    await chat.passes("1s")

    assert room.enabled


async def test_an_announcement_goes_on_after_a_restart_until_its_session_ends(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    await chat.says("mo", "/hms announce add 15m Drink water")
    await chat.passes("15m")
    await chat.stops()
    await chat.starts()

    await chat.passes("15m")
    room.end(by="Hana")
    await chat.passes("15m")

    assert [message.text for message in room.messages] == ["Drink water", "Drink water"]
    assert "is not announced any more" in chat.channel("classes")[-1]
