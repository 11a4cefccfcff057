"""``kill -9`` while events come in: nothing that was answered with 200 is lost, and nothing is told twice."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

from bot.command import RoomRef
from bot.features.room.book import Binding, RoomBook
from bot.store import Database
from tests.chat import PEOPLE, words
from tests.faults.town import CHANNEL, Town, free_port, now, town
from tests.patience import PATIENCE

WHY = (
    "INTERNAL_ERROR",
    "MAX_RETRIES_REACHED",
    "UPLOAD_ERROR",
    "BEAM_STOPPED",
    "CONFIG_ERROR",
    "",
)  # said apart
SECRET = {"X-HMS-Webhook-Secret": "a-secret-of-the-webhook"}


@asynccontextmanager
async def reported_to(sqlite_url: str) -> AsyncIterator[tuple[Town, aiohttp.ClientSession]]:
    """A bot that takes events, of a room that #classes speaks for."""
    async with town(sqlite_url, asleep=True) as here, aiohttp.ClientSession(headers=SECRET) as session:
        here.environment |= {"HMS_WEBHOOK_SECRET": SECRET["X-HMS-Webhook-Secret"], "PORT": str(free_port())}
        yoga = here.world.add_room("yoga")
        db = await Database.open(sqlite_url)
        await db.migrate()
        async with db.write() as tx:
            room = RoomRef(id=yoga.id, name=yoga.name)
            await RoomBook(db, now).bind(tx, Binding(CHANNEL, room, viewers=False))
        await db.close()
        await here.starts()
        yield here, session


async def report(here: Town, session: aiohttp.ClientSession, why: str, room: str = "yoga") -> None:
    """Report that a recording broke, as often as 100ms would, until it is answered with 200."""
    about = next(one for one in here.world.rooms.values() if one.name == room)
    data = {"room_id": about.id, "room_name": room, "session_id": f"session {room} {why}", "error_type": why}
    event = {
        "id": f"evt-{room}-{why}",
        "type": "recording.failed",
        "timestamp": now().isoformat(),
        "data": data,
    }
    url = f"http://127.0.0.1:{here.environment['PORT']}/hms/webhooks"
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                async with session.post(url, json=event | {"data": data}) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


def told(here: Town, room: str = "yoga") -> Sequence[str]:
    """What the channel reads of recordings that broke in a room."""
    seen = [words(one) for one in here.sees("ada") if one.channel == CHANNEL]
    return sorted(text for text in seen if text.startswith(f"The recording of {room} broke"))


def lost(here: Town) -> int:
    """Of how many posts Ada was told that nobody knows whether they are there."""
    return here.reads("ada").count("The message may be there or not")


async def test_what_was_answered_is_told_once_though_the_bot_is_killed_at_once(sqlite_url: str) -> None:
    async with reported_to(sqlite_url) as (here, session):
        for number, why in enumerate(WHY):
            await report(here, session, why)
            await report(here, session, why)  # 100ms repeats itself
            if number == 2:
                await here.is_killed()
                await here.launches()

        assert await here.until(lambda: len(told(here)) + lost(here) >= len(WHY))
        assert len(told(here)) == len(set(told(here)))


async def test_a_post_that_was_cut_off_is_reported_and_posted_again_when_asked(sqlite_url: str) -> None:
    async with reported_to(sqlite_url) as (here, session):
        here.gate.hold(0, after=True, of="chat.postMessage")
        await report(here, session, "INTERNAL_ERROR")
        assert await here.until(here.gate.reached.is_set)
        await here.is_killed()
        here.gate.open()
        assert len(told(here)) == 1
        await here.starts()

        assert await here.until(lambda: lost(here) == 1)
        assert len(told(here)) == 1
        [notice] = [one for one in here.sees("ada") if "may be there or not" in words(one)]
        [button] = [one for block in notice.blocks if block["type"] == "actions" for one in block["elements"]]
        await here.workspace.clicks(PEOPLE["ada"], notice, button["action_id"])
        assert await here.until(lambda: len(told(here)) == 2)
