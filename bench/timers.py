"""A storm: 10,000 timers due at once among 100,000, each a call of 20 ms, 50 jobs in flight, both carriers.

``python -m bench.timers`` prints each figure beside the ideal, which is calls x latency / jobs in flight.
"""

import asyncio
import gc
import resource
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import psycopg

from bot.clock import system
from bot.store import Database
from bot.work import Job, open_work
from bot.work.timers import Timer, Timers, due
from tests.postgres import cluster

ALL, DUE, LATENCY, IN_FLIGHT = 100_000, 10_000, 0.020, 50
IDEAL = DUE * LATENCY / IN_FLIGHT


class Loop:
    """How long the event loop was held, measured by somebody who wants to run every millisecond."""

    def __init__(self) -> None:
        self.held = 0.0

    async def watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.held = max(self.held, time.perf_counter() - before - 0.001)


async def plan(db: Database, timers: Timers) -> None:
    now = system()
    for start in range(0, ALL, 5_000):
        moments = [now if number < DUE else now + timedelta(days=1) for number in range(start, start + 5_000)]
        async with db.write() as tx:
            await timers.set(
                tx, *(Timer("call", f"room {start + offset}", at) for offset, at in enumerate(moments))
            )


async def storm(url: str) -> None:
    db = await Database.open(url)
    await db.migrate()
    work = open_work(db, system, at_once=IN_FLIGHT)
    timers, loop, called, all_called = Timers(db, work, system), Loop(), set(), asyncio.Event()
    await plan(db, timers)

    async def call(job: Job) -> None:
        for one in due(job):
            await asyncio.sleep(LATENCY)
            called.add(one.subject)
        if len(called) == DUE:
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
    print(
        f"{db.dialect:10} {took:6.2f} s = {took / IDEAL:.3f} x ideal; loop held {loop.held * 1000:5.1f} ms; "
        f"{(counted(url) - statements) / DUE:.2f} statements a call; {peak() - memory:.0f} MB more"
    )
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


def main() -> None:
    print(f"{'ideal':10} {IDEAL:6.2f} s")
    stores = sys.argv[1:] or ["sqlite", "postgresql"]
    if "sqlite" in stores:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(storm(f"sqlite:///{Path(folder) / 'storm.db'}"))
    if "postgresql" in stores:
        with cluster("-c", "shared_preload_libraries=pg_stat_statements") as ours:
            asyncio.run(storm(ours.server.url("postgres")))


if __name__ == "__main__":
    main()
