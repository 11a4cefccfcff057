"""What most conversations begin with."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def standup(chat: Chat) -> Room:
    """A live room with Hana as host, Gus and Ivy as guests; #classes speaks for it."""
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    room.join("Ivy")
    await chat.binds("classes", room)
    return room
