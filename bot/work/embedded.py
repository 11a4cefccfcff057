"""Carries jobs inside the one process that serves a SQLite file."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import Database, Instant, Json, metadata
from bot.work.jobs import Again, Backoff, Handler, Job, attempt, emptied, refuse_unknown

log = structlog.get_logger(__name__)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("payload", Json, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # waiting or running
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
)
_waits = sa.text("state = 'waiting'")
sa.Index("ix_jobs_key", jobs.c.key, unique=True, sqlite_where=_waits)  # the carrier of SQLite alone
sa.Index("ix_jobs_lane_id", jobs.c.lane, jobs.c.id)

_waiting = jobs.c.state == "waiting"
_LOOK = 1.0  # seconds between looks for what another process wrote into the file


@dataclass(frozen=True)
class _Taken:
    """A job of ours that runs, with its row."""

    id: int
    job: Job
    failures: int


class Embedded:
    """The carrier for one process: it takes jobs in batches, and writes down in batches what became of them.

    It needs no lease: whatever it finds running when it starts is its own past, and runs again. A guest
    beside the process that serves takes only what it handed over itself, and may find that taken.
    """

    def __init__(
        self, db: Database, clock: Clock, backoff: Backoff, at_once: int, *, guest: bool = False
    ) -> None:
        self._db = db
        self._clock = clock
        self._backoff = backoff
        self._at_once = at_once
        self._running: set[asyncio.Task[None]] = set()
        self._ended: list[tuple[_Taken, Again | None]] = []
        self._errors: list[Exception] = []
        self._kinds: Collection[str] | None = None
        self._news = asyncio.Event()
        self._turns: asyncio.Task[None] | None = None
        self._draining = False
        self._own: set[str] | None = set() if guest else None

    @property
    def kinds(self) -> Collection[str] | None:
        """Those of the handlers that ``run`` was given."""
        return self._kinds

    async def later(self, tx: AsyncConnection, *wanted: Job) -> None:
        """Write jobs down; the loop wakes when they are committed."""
        refuse_unknown(self._kinds, wanted)
        rows = [_row(job) | {"not_before": self._clock()} for job in wanted]
        if self._own is not None:
            self._own.update(job.key for job in wanted)
        if rows:
            once = self._db.insert(jobs).on_conflict_do_nothing(index_elements=["key"], index_where=_waits)
            await tx.execute(once, rows)
            self._db.after_commit(tx, self._news.set)

    async def forget(self, tx: AsyncConnection, key: str) -> None:
        """Delete the job that waits."""
        await tx.execute(sa.delete(jobs).where(_waiting, jobs.c.key == key))

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Put back what was running when the last process ended, then take turns."""
        async with self._db.write() as tx:
            await _put_back(tx, self._own)
        self._draining, self._kinds = False, handlers.keys()
        self._turns = asyncio.create_task(self._take_turns(handlers), name="work")

    async def drain(self, seconds: float) -> None:
        """Let jobs in flight end, and put back those that do not in time."""
        self._draining = True
        self._news.set()
        if self._turns:
            await self._turns
        await _finish(self._running, seconds)
        async with self._db.write() as tx:
            await self._write_down(tx, self._ended)
            await _put_back(tx, self._own)
        self._ended.clear()

    async def idle(self) -> None:
        """Look until the table is empty."""
        await emptied(self._left, self._errors)

    async def _left(self) -> bool:
        async with self._db.read() as tx:
            return bool(await tx.scalar(sa.select(sa.exists(sa.select(jobs.c.id)))))

    async def _take_turns(self, handlers: Mapping[str, Handler]) -> None:
        while not self._draining:
            self._news.clear()
            try:
                taken = await self._turn()
            except Exception:
                # A full disk or a locked file: the next look tries again, nothing was lost.
                log.exception("no work could be taken")
                taken = []
            for one in taken:
                self._start(one, handlers)
            await self._rest()

    async def _turn(self) -> Sequence[_Taken]:
        """Write down what ended and claim as many as there is room for, in one transaction."""
        ended, room = list(self._ended), self._at_once - len(self._running)
        if not ended and not room:
            return []
        async with self._db.write() as tx:
            await self._write_down(tx, ended)
            taken = await _claim(tx, room, self._clock, self._own) if room else []
        del self._ended[: len(ended)]
        return taken

    async def _rest(self) -> None:
        """Sleep until something was committed or ended, or it is time for a look."""
        try:
            async with asyncio.timeout(_LOOK):
                await self._news.wait()
        except TimeoutError:
            return

    def _start(self, taken: _Taken, handlers: Mapping[str, Handler]) -> None:
        task = asyncio.create_task(self._do(taken, handlers), name=f"job {taken.job.key}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: self._news.set())

    async def _do(self, taken: _Taken, handlers: Mapping[str, Handler]) -> None:
        again = await attempt(handlers, taken.job, taken.failures, self._backoff)
        self._ended.append((taken, again))
        if again and again.error:
            self._errors.append(again.error)

    async def _write_down(self, tx: AsyncConnection, ended: Sequence[tuple[_Taken, Again | None]]) -> None:
        done = [taken.id for taken, again in ended if again is None]
        if done:
            await tx.execute(sa.delete(jobs).where(jobs.c.id.in_(done)))
        for taken, again in ended:
            if again is not None:
                await self._retry(tx, taken, again)

    async def _retry(self, tx: AsyncConnection, taken: _Taken, again: Again) -> None:
        """Let the job wait at its old place; a successor that waits already becomes one with it."""
        successor = sa.delete(jobs).where(_waiting, jobs.c.key == taken.job.key).returning(jobs.c.payload)
        payload = (await tx.execute(successor)).scalar_one_or_none()
        changes = {
            "state": "waiting",
            "payload": taken.job.payload if payload is None else payload,
            "lane": _lane(taken.job) if again.keeps_lane else taken.job.key,
            "failures": again.failures,
            "not_before": self._clock() + timedelta(seconds=again.seconds),
        }
        await tx.execute(sa.update(jobs).where(jobs.c.id == taken.id).values(changes))
        asyncio.get_running_loop().call_later(again.seconds, self._news.set)


def _lane(job: Job) -> str:
    return job.lane or job.key


def _given_lane(row: sa.Row[Any]) -> str:
    return "" if row.lane == row.key else str(row.lane)


def _row(job: Job) -> dict[str, object]:
    return {
        "kind": job.kind,
        "key": job.key,
        "lane": _lane(job),
        "payload": dict(job.payload),
        "state": "waiting",
        "failures": 0,
    }


async def _claim(tx: AsyncConnection, room: int, clock: Clock, own: set[str] | None) -> Sequence[_Taken]:
    """Mark the heads of the lanes as running, the oldest first."""
    before = jobs.alias()
    first = ~sa.exists().where(before.c.lane == jobs.c.lane, before.c.id < jobs.c.id)
    heads = (
        sa.select(jobs.c.id)
        .where(_waiting, jobs.c.not_before <= clock(), first, _of(own))
        .order_by(jobs.c.id)
        .limit(room)
    )
    claim = sa.update(jobs).where(jobs.c.id.in_(heads)).values(state="running").returning(jobs)
    rows = (await tx.execute(claim)).all()
    return [
        _Taken(row.id, Job(row.kind, row.key, row.payload, _given_lane(row)), row.failures)
        for row in sorted(rows, key=lambda row: row.id)
    ]


def _of(own: set[str] | None) -> sa.ColumnElement[bool]:
    """The jobs that are ours to touch: all, or a guest's own."""
    return sa.true() if own is None else jobs.c.key.in_(own)


async def _put_back(tx: AsyncConnection, own: set[str] | None) -> None:
    """What runs by the table but not in fact waits again; with a successor it is that job already."""
    other = jobs.alias()
    has_successor = sa.exists().where(other.c.key == jobs.c.key, other.c.state == "waiting")
    running = (jobs.c.state == "running") & _of(own)
    await tx.execute(sa.delete(jobs).where(running, has_successor))
    await tx.execute(sa.update(jobs).where(running).values(state="waiting"))


async def _finish(tasks: set[asyncio.Task[None]], seconds: float) -> None:
    """Wait for tasks, then cancel what is left."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
