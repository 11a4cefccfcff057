"""What APScheduler calls when a job of its own store is due: a job is kept as the name of a function."""

import asyncio
import pickle
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bench.moments import MOMENTS
from bot.hms import Hms

AT_ONCE = 5_000  # rows in one transaction


class Left:
    """How many jobs are still to be done, and what does them."""

    def __init__(self, kind: str, count: int, hms: Hms, in_flight: int) -> None:
        self.none = asyncio.Event()
        self._call = MOMENTS[kind].call
        self._count = count
        self._hms = hms
        self._free = asyncio.Semaphore(in_flight)

    async def do(self, room: str) -> None:
        async with self._free:
            await self._call(self._hms, room)
        self._count -= 1
        if not self._count:
            self.none.set()


LEFT: ContextVar[Left] = ContextVar("left")


async def due(room: str) -> None:
    await LEFT.get().do(room)


def scheduler_of(url: str, count: int, among: int) -> AsyncIOScheduler:
    """A scheduler whose own store has so many jobs that are due, among so many."""
    store = SQLAlchemyJobStore(url.replace("postgresql://", "postgresql+psycopg://"))
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
    store.start(scheduler, "default")
    now = datetime.now(UTC)
    numbers = range(among)
    moments = [now] * count + [now + timedelta(days=1)] * (among - count)
    jobs = [_job(scheduler, f"{number:024x}", at) for number, at in zip(numbers, moments, strict=True)]
    _keep(store, jobs)
    return scheduler


def _job(scheduler: AsyncIOScheduler, room: str, at: datetime) -> Job:
    return Job(
        scheduler,
        id=room,
        func="bench.apscheduled:due",
        trigger=DateTrigger(at, UTC),
        executor="default",
        args=(room,),
        kwargs={},
        name="due",
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        next_run_time=at,
    )


def _keep(store: SQLAlchemyJobStore, jobs: Sequence[Job]) -> None:
    """Write jobs down as its store does, many at once: one by one each is a transaction of its own."""
    rows = [
        {
            "id": job.id,
            "next_run_time": job.next_run_time.timestamp(),
            "job_state": pickle.dumps(job.__getstate__(), store.pickle_protocol),
        }
        for job in jobs
    ]
    with store.engine.begin() as tx:
        for start in range(0, len(rows), AT_ONCE):
            tx.execute(store.jobs_t.insert(), rows[start : start + AT_ONCE])
