"""What becomes of hours while those of other rooms are looked after."""

import asyncio

from bot.features.schedule.book import OPEN, Windows
from tests.chat import Chat
from tests.patience import PATIENCE

HOURS = "daily 10:00-11:00 --tz UTC"


async def test_hours_that_were_removed_meanwhile_do_not_come_back(chat: Chat) -> None:
    yoga, aikido = chat.world.add_room("yoga"), chat.world.add_room("aikido")
    for room in (yoga, aikido):
        await chat.says("ada", f"/hms schedule window {HOURS} --room {room.name} --yes")
    async with chat.bot.db.write() as tx:  # so that the look alone finds that they are not open
        for number in await Windows(chat.bot.db, chat.clock).ids():
            await chat.bot.timers.cancel(tx, OPEN.kind, number)
    chat.clock.now += chat.span("65m")
    chat.way.hold(f"/v2/rooms/{yoga.id}")  # which is looked after first
    await chat.bot.reconcile()
    looked = asyncio.create_task(chat.passes("1s"))
    async with asyncio.timeout(PATIENCE):
        await chat.way.asked.wait()

    async with chat.bot.db.write() as tx:  # as another process does
        for number in await Windows(chat.bot.db, chat.clock).ids():
            await Windows(chat.bot.db, chat.clock).remove(tx, number)
    chat.way.let_go()
    await looked
    assert await Windows(chat.bot.db, chat.clock).of(aikido.id) == ()
