"""Processes that do jobs are killed at random moments: what they leave is done, in order, and once."""

import asyncio
import os
import random
from pathlib import Path

import pytest

from tests.faults.processes import LANES, assert_done_once_and_in_order, finish, plan, process, watch

KILLS = int(os.environ.get("FAULTS", "20"))
DEEDS = 30


@pytest.mark.long(minutes=1)
async def test_killed_at_any_moment_every_deed_is_done_once_and_in_order(
    database_url: str, tmp_path: Path
) -> None:
    chance, world = random.Random(7), tmp_path / "world"
    world.touch()
    await plan(database_url, range(DEEDS))
    for _ in range(KILLS):
        async with process(database_url, world) as running:
            await watch(running, chance.randrange(1, 2 * LANES * DEEDS // KILLS))
            await asyncio.sleep(chance.random() / 50)  # a moment that no line marks
    await finish(database_url, world)
    assert_done_once_and_in_order(world, DEEDS)
