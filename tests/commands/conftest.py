"""What most conversations begin with."""

import pytest

from bot.people import Level
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.template import Template
from tests.chat import Chat


@pytest.fixture
async def standup(chat: Chat) -> Room:
    """A live room with Hana as host, Gus and Ivy as guests; #classes speaks for it."""
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    room.join("Ivy")
    await chat.binds("classes", room)
    return room


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room that opens daily from 10:00 to 11:00 (#1), for which #classes speaks; it is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --yes")
    return room


@pytest.fixture
async def classroom(chat: Chat) -> Template:
    """The template of all rooms; Max is admin too."""
    await chat.grants("max", Level.ADMIN)
    found = chat.world.template_named("classroom")
    assert found
    return found
