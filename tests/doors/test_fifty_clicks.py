"""Fifty people press one button at once: one of them acts, the others read who did.

Over both doors, on SQLite, and with two bots that share one PostgreSQL.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.access import Access
from bot.app import Bot, Limits
from bot.features.room.book import RoomBook
from bot.people import Level
from sandbox.hms.emulator import Emulator
from tests.chat import MORNING, SECRETS, Chat, opened
from tests.doors.transports import DOORS
from tests.patience import PATIENCE

CROWD = tuple(f"U0MOD{number}" for number in range(50))
Way = Callable[..., Any]


async def invite(chat: Chat) -> None:
    """Fifty people come to the channel who have been moderators since yesterday."""
    directory, bot = chat.workspace.directory, chat.bot
    access = Access(bot.db, lambda: MORNING - timedelta(days=1), (), RoomBook(bot.db, bot.clock).viewers)
    for person in CROWD:
        async with bot.db.write() as tx:
            await access.grant(tx, person, Level.MODERATOR, "", "U0ADA")
        moderator = replace(directory.person("U0MO"), id=person, name=person.lower(), real_name="A moderator")
        directory.put(moderator)
        directory.invite("C0CLASSES", person)


@asynccontextmanager
async def another(chat: Chat, url: str) -> AsyncIterator[Bot]:
    """A second process's bot on the same database."""
    emulator = Emulator(chat.world, access_key=SECRETS["HMS_ACCESS_KEY"], secret=SECRETS["HMS_SECRET"])
    settings = chat.bot.settings.model_copy(update={"database_url": url})
    transport = httpx.MockTransport(emulator)
    bot = await Bot.open(settings, clock=chat.clock, hms_transport=transport, limits=Limits(PATIENCE))
    try:
        await bot.start()
        yield bot
    finally:
        await bot.close()


async def press_all_at_once(chat: Chat, bots: list[Bot]) -> None:
    room = chat.world.add_room("standup", live=True)
    gus = room.join("Gus")
    await chat.says("mo", "/hms remove Gus --reason spam --room standup")
    card = chat.reads("ada").messages[-1]
    action = next(block for block in card.blocks if block["type"] == "actions")["elements"][0]
    clicks = [chat.workspace.clicks(person, card, action["action_id"]) for person in CROWD]
    outcomes = await asyncio.gather(*clicks)
    assert [outcome.error for outcome in outcomes] == [None] * 50
    for bot in bots:
        await bot.idle()
    assert gus not in room.peers


@pytest.mark.parametrize("door", DOORS)
async def test_of_fifty_clicks_one_acts_and_forty_nine_are_answered(door: Way, database_url: str) -> None:
    async with opened(database_url) as chat, AsyncExitStack() as held:
        await invite(chat)
        shared = database_url.startswith("postgresql")
        others = [await held.enter_async_context(another(chat, database_url))] if shared else []
        async with door(chat, *others):
            await press_all_at_once(chat, [chat.bot, *others])
            private = [
                message.text
                for person in CROWD
                for message in chat.workspace.sees(person, "C0CLASSES")
                if message.only_for == person
            ]
    assert len(chat.calls("active_rooms.remove_peers")) == 1
    assert len(private) == 49
    assert set(private) == {"Already decided by A moderator."}
