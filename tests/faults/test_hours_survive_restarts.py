"""The database server goes down and comes back while hours end: each room is locked and warned once."""

import asyncio
import os
import random
from pathlib import Path

import pytest

from bot.store import Database
from tests.faults.test_hours_survive_freezes import FOUND, Evening
from tests.faults.test_work_survives_restarts import DURABLE
from tests.faults.town import town
from tests.postgres import cluster

RESTARTS = int(os.environ.get("FAULTS", "20")) // 4  # of which each meets a dozen moments


@pytest.mark.postgres
async def test_over_restarts_of_the_database_each_moment_comes_once(tmp_path: Path) -> None:
    chance = random.Random(7)
    with cluster(*DURABLE) as ours:
        url = ours.server.url("postgres")
        db = await Database.open(url)
        await db.migrate()
        await db.close()
        async with town(url) as here:
            evening = Evening(here, "restarted")
            await evening.comes(chance, FOUND, RESTARTS)
            await asyncio.sleep(FOUND)
            for _ in range(RESTARTS):
                await asyncio.sleep(chance.random())
                await asyncio.to_thread(ours.stop)
                await asyncio.to_thread(ours.start, *DURABLE)
            assert await here.until(evening.is_over)
            evening.assert_each_once()
