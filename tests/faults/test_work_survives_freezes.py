"""A process that stands still for longer than the others wait is taken for dead; then it goes on."""

import asyncio
import os
import random
import signal
from pathlib import Path

import pytest

from tests.faults.deeds import FREEZE
from tests.faults.processes import assert_done_once_and_in_order, finish, plan, process, watch
from tests.patience import PATIENCE

FREEZES = int(os.environ.get("FAULTS", "20"))
DEEDS = 4  # a round
TAKEN_FOR_DEAD = 7  # seconds


@pytest.mark.long(minutes=3)
@pytest.mark.postgres
async def test_frozen_and_thawed_every_deed_is_done_once_and_in_order(
    postgres_url: str, tmp_path: Path
) -> None:
    chance, world = random.Random(7), tmp_path / "world"
    world.touch()
    for number in range(FREEZES):
        await plan(postgres_url, range(number * DEEDS, (number + 1) * DEEDS))
        async with process(postgres_url, world) as frozen:
            await watch(frozen, chance.randrange(1, 30))
            await asyncio.sleep(chance.random() / 50)  # a moment that no line marks
            frozen.send_signal(FREEZE)
            async with asyncio.timeout(PATIENCE), process(postgres_url, world) as other:
                await asyncio.sleep(TAKEN_FOR_DEAD)
                frozen.send_signal(signal.SIGCONT)
                assert await watch(other, 1_000_000) == "idle"
            await watch(frozen, 1_000_000)
    await finish(postgres_url, world)
    assert_done_once_and_in_order(world, FREEZES * DEEDS)
