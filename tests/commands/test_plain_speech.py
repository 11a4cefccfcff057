"""Lines as people type them: understood, and never at a price."""

import pytest

from bot.command import Registry
from bot.request.request import Request, State
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said
from tests.commands.spoken import LINES, Spoken

NOT_THERE = {"live start", "poll create", "poll results", "stream start", "stream stop"}
"""Commands that lines speak of and that are not there yet: whoever adds one takes it out here."""

NAMES = ("Gus", "Ivy", "Tom", "Uma", "Anna", "Anna Maria Lopez", "Müller Jürgen", "O’Brien")


@pytest.fixture
async def standup(chat: Chat) -> Room:
    """Hana's class, with all of whom the lines speak; yoga is live too, and belongs to no channel."""
    room = chat.world.add_room("standup", live=True)
    for name in NAMES:
        room.join(name)
    await chat.binds("classes", room)
    chat.world.add_room("yoga", live=True).join("Yan")
    return room


async def asked(chat: Chat) -> Request | None:
    """The newest request."""
    async with chat.bot.db.read() as tx:
        for number in range(5, 0, -1):
            if found := await chat.bot.dispatcher.requests.find(tx, number):
                return found
    return None


def what(line: Spoken) -> str:
    return line.typed


@pytest.mark.parametrize("line", [one for one in LINES if one.needs not in NOT_THERE], ids=what)
async def test_a_line_is_understood(chat: Chat, standup: Room, line: Spoken) -> None:
    said = await chat.says("ada", f"/hms {line.typed}")
    request = await asked(chat)
    print("SEEN", line.typed, "|", request and request.sentence, request and request.state, "|", said.buttons, "|", said.text)
    assert False
