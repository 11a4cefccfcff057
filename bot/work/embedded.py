"""Carries jobs inside the one process that serves a SQLite file.

Long because who may take a row, and when what became of it is written down, is one story: read it whole.
"""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import Database, Instant, Json, Text, metadata
from bot.work.jobs import PUT_OFF, Again, Backoff, Handler, Job, attempt, refuse_unknown, storable_jobs

log = structlog.get_logger(__name__)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("lane", Text, nullable=False),
    sa.Column("payload", Json, nullable=False),
    sa.Column("state", Text, nullable=False),  # waiting or running
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
)
_waits = sa.text("state = 'waiting'")
sa.Index("ix_jobs_key", jobs.c.key, unique=True, sqlite_where=_waits)  # the carrier of SQLite alone
sa.Index("ix_jobs_lane_id", jobs.c.lane, jobs.c.id)

_waiting = jobs.c.state == "waiting"
_is_left = sa.select(sa.exists(sa.select(jobs.c.id)))
_LOOK = 1.0  # seconds between looks for what another process wrote into the file
_SOON = 0.1  # seconds after which what ended is written down, whatever else is under way
_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # whatever becomes of the clock
_ENOUGH = 20  # jobs that have ended, and are written down at once


@dataclass(frozen=True)
class _Taken:
    """A job that runs here, with its row."""

    id: int
    job: Job
    failures: int


class Embedded:
    """The carrier for one process: it takes jobs in batches, and writes down in batches what became of them.

    It needs no lease. A job that it handed over itself is taken by looking, and costs no transaction: its row
    waits on disk until it is done, and after a kill it simply waits still. A row of somebody else's (another
    process on the file, or our own past) is marked before it is run. A guest beside the process that serves
    takes only what it handed over itself, marks it too, and may find that taken.
    """

    def __init__(
        self, db: Database, clock: Clock, backoff: Backoff, at_once: int, *, guest: bool = False
    ) -> None:
        self._db = db
        self._clock = clock
        self._backoff = backoff
        self._at_once = at_once
        self._guest = guest
        self._keys: set[str] = set()  # a guest's own
        self._handed: set[int] = set()  # rows that nobody else touches
        self._taken: dict[int, _Taken] = {}
        self._joined: Counter[str] = Counter()  # keys that an open transaction counts on still waiting
        self._running: set[asyncio.Task[None]] = set()
        self._ended: dict[int, Again | None] = {}
        self._errors: list[Exception] = []
        self._kinds: Collection[str] | None = None
        self._news, self._turned = asyncio.Event(), asyncio.Event()
        self._turns: asyncio.Task[None] | None = None
        self._draining = False
        self._since = 0.0  # when the first of those that ended did

    @property
    def kinds(self) -> Collection[str] | None:
        """Those of the handlers that ``run`` was given."""
        return self._kinds

    async def later(self, tx: AsyncConnection, *wanted: Job) -> None:
        """Write jobs down; the loop wakes when they are committed."""
        refuse_unknown(self._kinds, wanted)
        if not wanted:
            return
        kept = storable_jobs(wanted)
        keys = {job.key for job in kept}
        self._joined.update(keys)  # whoever waits under such a key must not start before this is committed
        self._db.after(tx, partial(self._let_go, keys))
        await self._mark_successors(tx, keys)
        written = await self._insert(tx, kept)
        if self._guest:
            self._keys |= keys
        else:
            self._db.after_commit(tx, partial(self._handed.update, written))

    def _let_go(self, keys: Collection[str]) -> None:
        self._joined -= Counter(keys)
        self._news.set()

    async def _mark_successors(self, tx: AsyncConnection, keys: Collection[str]) -> None:
        """A job that runs may have one successor, once its own row no longer says that it waits."""
        running = [taken.id for taken in self._taken.values() if taken.job.key in keys]
        if running:
            await tx.execute(sa.update(jobs).where(jobs.c.id.in_(running)).values(state="running"))

    async def _insert(self, tx: AsyncConnection, wanted: Sequence[Job]) -> Sequence[int]:
        rows = [_row(job) for job in wanted]
        once = self._db.insert(jobs).on_conflict_do_nothing(index_elements=["key"], index_where=_waits)
        written = (await tx.execute(once.returning(jobs.c.id, jobs.c.key), rows)).all()
        missing = {job.key for job in wanted} - {row.key for row in written}
        if self._guest and missing:
            # What waits under this key may be running in the process that serves, which only knows itself.
            own = [row | {"key": f"{row['key']} {uuid.uuid4()}"} for row in rows if row["key"] in missing]
            self._keys |= {str(row["key"]) for row in own}
            await tx.execute(sa.insert(jobs), own)
        return [row.id for row in written]

    async def forget(self, tx: AsyncConnection, key: str) -> None:
        """Delete the job that waits."""
        idle = _waiting, jobs.c.key == key, jobs.c.id.not_in(list(self._taken))
        gone = (await tx.execute(sa.delete(jobs).where(*idle).returning(jobs.c.id))).scalars().all()
        self._db.after_commit(tx, partial(self._handed.difference_update, gone))

    async def is_open(self, tx: AsyncConnection, key: str) -> bool:
        """Look for its row, leaving aside what ended and is not written down yet."""
        over = [number for number, again in self._ended.items() if again is None]
        there = sa.exists(sa.select(jobs.c.id).where(jobs.c.key == key, jobs.c.id.not_in(over)))
        return bool(await tx.scalar(sa.select(there)))

    async def is_alone(self, tx: AsyncConnection) -> bool:  # noqa: ARG002 -- the port's shape
        """One process serves a file."""
        return True

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Put back what was running when the last process ended, then take turns."""
        async with self._db.write() as tx:
            await self._put_back(tx)
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
            await self._write_down(tx, dict(self._ended))
            await self._put_back(tx)
        self._taken.clear()
        self._handed.clear()  # what waits on is taken like anybody's
        self._ended.clear()

    async def idle(self) -> None:
        """Look after every turn whether the table is empty."""
        while self._taken or self._handed or await self._left():
            if self._errors:
                raise self._errors[0]
            self._turned.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._turned.wait()

    async def _left(self) -> bool:
        async with self._db.read() as tx:
            return bool(await tx.scalar(_is_left))

    async def _take_turns(self, handlers: Mapping[str, Handler]) -> None:
        while not self._draining:
            self._news.clear()
            rest = _LOOK
            try:
                await self._turn(handlers)
                rest = _SOON if self._ended else _LOOK
            except Exception:
                # A full disk or a locked file: the next look tries again, nothing was lost.
                log.exception("no work could be taken")
            self._turned.set()
            await self._rest(rest)

    async def _turn(self, handlers: Mapping[str, Handler]) -> None:
        """Take as many as there is room for; when nothing runs, or enough has ended, write down what did."""
        room = self._at_once - len(self._running)
        async with self._db.read() as tx:
            found = await self._heads(tx, room) if room else []
        # Looked at again after the wait: a transaction that began meanwhile may count on one of them waiting.
        heads = [one for one in found if one.job.key not in self._joined]
        ours = [one for one in heads if one.id in self._handed]
        others = [one.id for one in heads if one.id not in self._handed]
        # They start before anything is written: a disk that is full keeps nobody waiting who needs none.
        self._start(ours, handlers)
        ended = dict(self._ended) if self._is_time() or others else {}
        if not ended and not others:
            return
        async with self._db.write() as tx:
            await self._write_down(tx, ended)
            marked = await _claim(tx, others) if others else []
        for number, again in ended.items():
            del self._ended[number], self._taken[number]
            if again is None:
                self._handed.discard(number)
        self._start(marked, handlers)
        if any(again is not None for again in ended.values()):
            self._news.set()  # a lane may be free; those of what is over were looked at as such

    def _is_time(self) -> bool:
        """Whether to write down what ended: each such transaction is a wait for the disk."""
        again = any(again is not None for again in self._ended.values())
        return bool(self._ended) and (
            again or len(self._ended) >= _ENOUGH or not self._running or self._oldest_is_old()
        )

    def _oldest_is_old(self) -> bool:
        return time.monotonic() - self._since > _SOON

    async def _heads(self, tx: AsyncConnection, room: int) -> Sequence[_Taken]:
        """The heads of the lanes that may run now, the oldest first; what ended here stands in no way."""
        now = self._clock()
        values = {
            "now": now,
            "beyond": now + timedelta(seconds=PUT_OFF),
            "over": [number for number, again in self._ended.items() if again is None],
            "taken": list(self._taken),
            "joined": list(self._joined),
            "room": room,
        }
        own = {"own": list(self._keys)} if self._guest else {}
        return [_as_taken(row) for row in await tx.execute(_heads_of(guest=self._guest), values | own)]

    async def _rest(self, seconds: float) -> None:
        """Sleep until something was committed or ended, or it is time for a look."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _start(self, taken: Sequence[_Taken], handlers: Mapping[str, Handler]) -> None:
        for one in () if self._draining else taken:  # then they wait on, on disk
            self._taken[one.id] = one
            task = asyncio.create_task(self._do(one, handlers), name=f"job {one.job.key}")
            self._running.add(task)
            task.add_done_callback(self._running.discard)
            task.add_done_callback(lambda _: self._news.set())

    async def _do(self, taken: _Taken, handlers: Mapping[str, Handler]) -> None:
        again = await attempt(handlers, taken.job, taken.failures, self._backoff)
        self._since = self._since if self._ended else time.monotonic()
        self._ended[taken.id] = again
        if again and again.error:
            self._errors.append(again.error)

    async def _write_down(self, tx: AsyncConnection, ended: Mapping[int, Again | None]) -> None:
        done = [number for number, again in ended.items() if again is None]
        if done:
            await tx.execute(sa.delete(jobs).where(jobs.c.id.in_(done)))
        for number, again in ended.items():
            if again is not None:
                await self._retry(tx, self._taken[number], again)

    async def _retry(self, tx: AsyncConnection, taken: _Taken, again: Again) -> None:
        """Let the job wait at its old place; a successor that waits already becomes one with it."""
        same = jobs.c.key == taken.job.key, jobs.c.id != taken.id
        successor = sa.delete(jobs).where(_waiting, *same).returning(jobs.c.id, jobs.c.payload)
        waits = (await tx.execute(successor)).one_or_none()
        self._handed -= {waits.id} if waits else set()
        changes = {
            "state": "waiting",
            "payload": waits.payload if waits else taken.job.payload,
            "lane": _lane(taken.job) if again.keeps_lane else taken.job.key,
            "failures": again.failures,
            "not_before": self._clock() + timedelta(seconds=again.seconds),
        }
        await tx.execute(sa.update(jobs).where(jobs.c.id == taken.id).values(changes))
        asyncio.get_running_loop().call_later(again.seconds, self._news.set)

    async def _put_back(self, tx: AsyncConnection) -> None:
        """What runs by the table but not in fact waits again; with a successor it is that job already."""
        other = jobs.alias()
        mine = jobs.c.key.in_(self._keys) if self._guest else sa.true()
        has_successor = sa.exists().where(other.c.key == jobs.c.key, other.c.state == "waiting")
        running = (jobs.c.state == "running") & mine
        await tx.execute(sa.delete(jobs).where(running, has_successor))
        await tx.execute(sa.update(jobs).where(running).values(state="waiting"))


@cache  # it is asked at every turn, and to build it costs more than to run it
def _heads_of(*, guest: bool) -> sa.Select[Any]:
    """The heads of the lanes; of a guest's, only what it handed over itself."""
    before = jobs.alias()
    over = before.c.id.in_(sa.bindparam("over", expanding=True))
    first = ~sa.exists().where(before.c.lane == jobs.c.lane, before.c.id < jobs.c.id, ~over)
    idle = jobs.c.id.not_in(sa.bindparam("taken", expanding=True))
    settled = jobs.c.key.not_in(sa.bindparam("joined", expanding=True))
    due = (jobs.c.not_before <= sa.bindparam("now")) | (jobs.c.not_before > sa.bindparam("beyond"))
    heads = sa.select(jobs).where(_waiting, due, first, idle, settled)
    mine = heads.where(jobs.c.key.in_(sa.bindparam("own", expanding=True))) if guest else heads
    return mine.order_by(jobs.c.id).limit(sa.bindparam("room"))


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
        "not_before": _AT_ONCE,
        "failures": 0,
    }


async def _claim(tx: AsyncConnection, rows: Sequence[int]) -> Sequence[_Taken]:
    """Mark rows of somebody else's as running, those that nobody took since."""
    claim = sa.update(jobs).where(jobs.c.id.in_(rows), _waiting).values(state="running").returning(jobs)
    return sorted((_as_taken(row) for row in await tx.execute(claim)), key=lambda taken: taken.id)


def _as_taken(row: sa.Row[Any]) -> _Taken:
    return _Taken(row.id, Job(row.kind, row.key, row.payload, _given_lane(row)), row.failures)


async def _finish(tasks: set[asyncio.Task[None]], seconds: float) -> None:
    """Wait for tasks, then cancel what is left."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
