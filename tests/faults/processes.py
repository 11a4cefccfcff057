"""Processes that do deeds, and what they must have left behind in the end."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import system
from bot.store import Database
from bot.work import Job, open_work
from tests.patience import PATIENCE
from tests.processes import started

HERE = Path(__file__).parent
LANES = 5


async def plan(url: str, deeds: range) -> None:
    """Hand over jobs in lanes and as many without; each of them hands over another one."""
    db = await Database.open(url)
    work = open_work(db, system)
    async with db.write() as tx:
        for number in deeds:
            for lane in range(LANES):
                name = f"deed {number:03} of {lane}"
                await work.later(tx, Job("deed", name, {"name": name}, lane=f"{lane}"))
                await work.later(tx, Job("deed", f"free {name}", {"name": f"free {name}"}))
    await db.close()


@asynccontextmanager
async def process(url: str, world: Path) -> AsyncIterator[Process]:
    """Run a process that does what there is to do; it is killed at the end of the block."""
    command = ("-m", "tests.faults.deeds", url, str(world))
    async with started(sys.executable, *command, stdout=PIPE, cwd=HERE.parents[1]) as running:
        yield running


async def watch(running: Process, lines: int) -> str:
    """Read so many lines of what the process does, or up to "idle"; the last one is returned."""
    assert running.stdout
    line = b""
    for _ in range(lines):
        line = await running.stdout.readline()
        if line in {b"idle\n", b""}:
            break
    return line.decode().strip()


async def finish(url: str, world: Path) -> None:
    """Let one more process do the rest."""
    async with asyncio.timeout(PATIENCE), process(url, world) as last:
        assert await watch(last, 1_000_000) == "idle"


def assert_done_once_and_in_order(world: Path, deeds: int) -> None:
    done = world.read_text().splitlines()
    twice = sorted(name for name, times in Counter(done).items() if times > 1)
    assert twice == [], f"done twice: {twice}"
    assert len(done) == 2 * 2 * LANES * deeds, f"{len(done)} done"
    for lane in range(LANES):
        first = [name for name in done if name.startswith("deed") and name.endswith(f" {lane}")]
        assert first == [f"deed {number:03} of {lane}" for number in range(deeds)]
