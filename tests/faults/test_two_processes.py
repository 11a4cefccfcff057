"""Two ``hms-bot serve`` on one PostgreSQL: of fifty people who press one button at once, one acts."""

import asyncio
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.access import Access
from bot.features.room.book import RoomBook
from bot.people import Level
from bot.store import Database
from tests.chat import PEOPLE
from tests.faults.launching import ROOT
from tests.faults.people import REMOVE, pressable
from tests.faults.town import CHANNEL, Town, now, town
from tests.patience import PATIENCE
from tests.processes import started

CROWD = tuple(f"U0MOD{number}" for number in range(50))


async def employ(here: Town, database_url: str) -> None:
    """Fifty people come to the channel who have been moderators since yesterday; so has Mo."""
    db = await Database.open(database_url)
    access = Access(db, lambda: now() - timedelta(days=1), (), RoomBook(db, now).viewers)
    directory = here.workspace.directory
    for person in (PEOPLE["mo"], *CROWD):
        async with db.write() as tx:
            await access.grant(tx, person, Level.MODERATOR, "", PEOPLE["ada"])
    for person in CROWD:
        directory.put(
            replace(directory.person("U0MO"), id=person, name=person.lower(), real_name="A moderator")
        )
        directory.invite(CHANNEL, person)
    await db.close()


def answers(here: Town) -> list[str]:
    """What the fifty read that nobody else does."""
    seen = [message for person in CROWD for message in here.workspace.sees(person, CHANNEL)]
    return [message.text for message in seen if message.only_for in CROWD]


@pytest.mark.postgres
async def test_of_fifty_clicks_on_two_processes_one_acts(postgres_url: str) -> None:
    async with town(postgres_url) as here, AsyncExitStack() as held:
        await employ(here, postgres_url)
        command = (sys.executable, "-m", "bot", "serve")
        second = await held.enter_async_context(started(*command, cwd=ROOT, env=here.environment))
        async with asyncio.timeout(PATIENCE):
            await here.socket.connected(2)
        room = here.world.add_room("standup", live=True)
        room.join("Gus")
        await here.workspace.says(PEOPLE["mo"], CHANNEL, "/hms remove Gus --reason spam --room standup")
        assert await here.until(lambda: pressable(here, replace(REMOVE, presser="ada"), room))
        card = pressable(here, replace(REMOVE, presser="ada"), room)

        outcomes = await asyncio.gather(*(here.workspace.clicks(person, *card) for person in CROWD))

        assert [outcome.error for outcome in outcomes] == [None] * 50
        assert await here.until(lambda: len(answers(here)) == 49)
        assert set(answers(here)) == {"Already decided by A moderator."}
        assert len(here.world.calls_of("active_rooms.remove_peers")) == 1
        second.terminate()
        assert await second.wait() == 0
