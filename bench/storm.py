"""A storm: many timers due at once among ten times as many, each a call of 20 ms, 50 jobs in flight.

``python -m bench.storm <address of a new database> <timers due>`` prints what came of it as JSON.
"""

import asyncio
import gc
import json
import resource
import sys
import time
from datetime import datetime, timedelta

import psycopg

from bot.clock import system
from bot.store import Database
from bot.work import Job, open_work
from bot.work.timers import Timer, Timers, due

AMONG, LATENCY, IN_FLIGHT = 10, 0.020, 50
AT_ONCE = 5_000  # planned in one transaction


class Loop:
    """How long the event loop was held, measured by somebody who wants to run every millisecond."""

    def __init__(self) -> None:
        self.held = 0.0

    async def watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.held = max(self.held, time.perf_counter() - before - 0.001)


async def plan(db: Database, timers: Timers, count: int) -> None:
    now = system()
    for start in range(0, count * AMONG, AT_ONCE):
        async with db.write() as tx:
            await timers.set(tx, *(timer(number, count, now) for number in range(start, start + AT_ONCE)))


def timer(number: int, count: int, now: datetime) -> Timer:
    return Timer("call", f"room {number}", now if number < count else now + timedelta(days=1))


async def storm(url: str, count: int) -> None:
    db = await Database.open(url)
    await db.migrate()
    work = open_work(db, system, at_once=IN_FLIGHT)
    timers, loop, called, all_called = Timers(db, work, system), Loop(), set(), asyncio.Event()
    await plan(db, timers, count)

    async def call(job: Job) -> None:
        for one in due(job):
            await asyncio.sleep(LATENCY)
            called.add(one.subject)
        if len(called) == count:
            all_called.set()

    async def reconcile() -> None:
        pass

    await work.run({"call": call})
    gc.collect()
    gc.freeze()  # else each full collection walks all imported modules, for 45 ms
    watching = asyncio.create_task(loop.watch())
    before, memory = time.perf_counter(), peak()
    statements = counted(url)
    timers.start(reconcile)
    await all_called.wait()
    took = time.perf_counter() - before
    await work.idle()
    statements = (counted(url) - statements) / count
    told = {"took": took, "held": loop.held, "statements": statements, "memory": peak() - memory}
    print(json.dumps(told))
    watching.cancel()
    await timers.stop()
    await work.drain(1)
    await db.close()


def counted(url: str) -> int:
    """Statements that the PostgreSQL server has executed."""
    if not url.startswith("postgresql"):
        return 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        row = connection.execute("SELECT sum(calls) FROM pg_stat_statements WHERE toplevel").fetchone()
    return int(row[0]) if row else 0


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    asyncio.run(storm(sys.argv[1], int(sys.argv[2])))
