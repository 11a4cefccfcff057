"""Processes that do jobs are killed at random moments: what they leave is done, in order, and once."""

import asyncio
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from bot.clock import system
from bot.store import Database
from bot.work import Job, open_work

KILLS = int(os.environ.get("FAULTS", "20"))
HERE = Path(__file__).parent
LANES, DEEDS = 5, 30


async def plan(url: str) -> None:
    db = await Database.open(url)
    work = open_work(db, system)
    async with db.write() as tx:
        for number in range(DEEDS):
            for lane in range(LANES):
                name = f"deed {number:02} of {lane}"
                await work.later(tx, Job("deed", name, {"name": name}, lane=f"{lane}"))
                await work.later(tx, Job("deed", f"free {name}", {"name": f"free {name}"}))
    await db.close()


async def start(url: str, file: Path) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.deeds", url, str(file), stdout=PIPE, cwd=HERE.parents[1]
    )


async def watch(process: Process, lines: int) -> str:
    """Read so many lines of what the process does, or up to "idle"; the last one is returned."""
    assert process.stdout
    line = b""
    for _ in range(lines):
        line = await process.stdout.readline()
        if line in {b"idle\n", b""}:
            break
    return line.decode().strip()


async def test_killed_at_any_moment_every_deed_is_done_once_and_in_order(
    database_url: str, tmp_path: Path
) -> None:
    chance, file = random.Random(7), tmp_path / "world"
    file.touch()
    await plan(database_url)
    for _ in range(KILLS):
        process = await start(database_url, file)
        await watch(process, chance.randrange(1, 2 * LANES * DEEDS // KILLS))
        await asyncio.sleep(chance.random() / 50)  # a moment that no line marks
        process.kill()
        await process.wait()
    last = await start(database_url, file)
    async with asyncio.timeout(60):
        assert await watch(last, 10_000) == "idle"
        await last.wait()
    done = file.read_text().splitlines()
    assert len(done) == len(set(done)) == 2 * 2 * LANES * DEEDS
    for lane in range(LANES):
        first = [name for name in done if name.startswith("deed") and name.endswith(f" {lane}")]
        assert first == [f"deed {number:02} of {lane}" for number in range(DEEDS)]
