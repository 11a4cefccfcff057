"""A disk that takes too long: the ack says that nothing will be done, and then nothing is."""

import asyncio

from bot.dispatch.dispatcher import PATIENCE as BEFORE_THE_ACK
from tests.chat import PEOPLE, opened
from tests.patience import PATIENCE


async def test_an_act_that_cannot_be_written_in_time_is_not_done(sqlite_url: str) -> None:
    async with opened(sqlite_url, BEFORE_THE_ACK) as chat:
        room = chat.world.add_room("standup", live=True)

        async with chat.bot.db.write():
            asking = chat.workspace.says(PEOPLE["mo"], "C0CLASSES", "/hms room lock --yes --room standup")
            outcome = await asyncio.wait_for(asking, timeout=PATIENCE)
        await chat.bot.idle()

        assert outcome.error is None
        assert "I could not write that down in time" in chat.reads("mo").text
        assert room.enabled
        assert not chat.calls("rooms.set_enabled")
