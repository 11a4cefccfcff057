"""The database server goes down and comes back while jobs are done."""

import asyncio
import os
import random
from pathlib import Path

import pytest

from bot.store import Database
from tests.faults.processes import LANES, assert_done_once_and_in_order, finish, plan, process, watch
from tests.postgres import cluster

RESTARTS = int(os.environ.get("FAULTS", "20"))
DEEDS = 30
DURABLE = ("-c", "fsync=off")  # the machine stays up, but what was committed must be there


@pytest.mark.long(minutes=1)
@pytest.mark.postgres
async def test_over_restarts_of_the_database_every_deed_is_done_once_and_in_order(tmp_path: Path) -> None:
    chance, world = random.Random(7), tmp_path / "world"
    world.touch()
    with cluster(*DURABLE) as ours:
        url = ours.server.url("postgres")
        db = await Database.open(url)
        await db.migrate()
        await db.close()
        await plan(url, range(DEEDS))
        async with process(url, world) as running:
            for _ in range(RESTARTS):
                await watch(running, chance.randrange(1, 2 * LANES * DEEDS // RESTARTS))
                await asyncio.to_thread(ours.stop)
                await asyncio.to_thread(ours.start, *DURABLE)
            assert await watch(running, 1_000_000) == "idle"
        await finish(url, world)
        assert_done_once_and_in_order(world, DEEDS)
