"""A room that can be streamed to two platforms."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.targets import adds_target


@pytest.fixture
async def aimed(chat: Chat, standup: Room) -> Room:
    """It has the targets youtube and twitch."""
    await adds_target(chat, "youtube")
    await adds_target(chat, "twitch")
    return standup
