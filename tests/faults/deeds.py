"""A process that does jobs until it is killed: each leaves one line in a file, and must leave it once.

Run as ``python -m tests.faults.deeds <database url> <file>``; it prints a line for every deed, and "idle"
when nothing is left.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.clock import system
from bot.store import Database
from bot.work import Job, Work, open_work
from bot.work.effects import Effects

FREEZE = signal.SIGUSR1  # stands still until it is told to go on


async def idle(work: Work) -> None:
    """Wait until nothing is left, however often the database goes away meanwhile."""
    try:
        await work.idle()
    except DBAPIError:
        await asyncio.sleep(0.1)
        await idle(work)


async def main(url: str, file: Path) -> None:
    db = await Database.open(url)
    # Between an effect's last look at the clock and the call nothing can tell that we were frozen. There is
    # no await there, so to stand still where the loop is misses that alone; and the call is one write.
    asyncio.get_running_loop().add_signal_handler(FREEZE, os.kill, os.getpid(), signal.SIGSTOP)
    world = os.open(file, os.O_WRONLY | os.O_APPEND)
    work, effects = open_work(db, system, at_once=8), Effects(db, system)

    async def done(name: str) -> bool:
        with file.open() as left:
            return f"{name}\n" in left.readlines()

    async def leave(name: str) -> None:
        os.write(world, f"{name}\n".encode())
        print(name, flush=True)  # noqa: T201 - whoever watches decides by it when to kill
        await asyncio.sleep(0.005)  # the answer's way back, on which we may die

    async def deed(job: Job) -> None:
        name = job.payload["name"]
        await effects.once(name, lambda: leave(name), read_back=lambda: done(name))
        if not name.endswith("again"):
            async with db.write() as tx:
                await work.later(tx, Job("deed", f"{name} again", {"name": f"{name} again"}, job.lane))

    await work.run({"deed": deed})
    await idle(work)
    print("idle", flush=True)  # noqa: T201 - as above
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
