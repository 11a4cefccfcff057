"""What becomes of hours while those of other rooms are looked after."""

import asyncio

from bot.features.schedule.book import OPEN, Windows
from tests.chat import Chat
from tests.patience import PATIENCE

HOURS = "daily 10:00-11:00 --tz UTC"


async def test_hours_that_were_removed_meanwhile_do_not_come_back(chat: Chat) -> None:
    for room in ("yoga", "aikido"):
        chat.world.add_room(room)
        await chat.says("ada", f"/hms schedule window {HOURS} --room {room} --yes")
    async with chat.bot.db.write() as tx:  # so that the look alone finds that they are not open
        for window in await Windows(chat.bot.db, chat.clock).of():
            await chat.bot.timers.cancel(tx, OPEN.kind, window.id)
    chat.clock.now += chat.span("65m")
    chat.way.hold("/v2/rooms/", together=2)
    await chat.bot.reconcile()
    looked = asyncio.create_task(chat.passes("1s"))
    async with asyncio.timeout(PATIENCE):
        await chat.way.asked.wait()

    async with chat.bot.db.write() as tx:  # as another process does
        for window in await Windows(chat.bot.db, chat.clock).of():
            await Windows(chat.bot.db, chat.clock).remove(tx, window.id)
    chat.way.let_go()
    await looked
    assert await Windows(chat.bot.db, chat.clock).of() == ()
