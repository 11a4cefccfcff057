"""What is due at a moment: a row for each, and one scheduler that wakes us for all of them."""

import time
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, system
from bot.store import JSON, Database, Instant, Json, metadata
from bot.work.jobs import Job, Work

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("fire_at", Instant, nullable=False, index=True),
    sa.Column("catch_up", sa.Text, nullable=False),
    sa.Column("payload", Json, nullable=False),
    sa.UniqueConstraint("kind", "subject"),
)

SUBJECTS = 20  # in one job: on PostgreSQL a job each costs ten times as much
_TAKE = 200  # at once, so that a storm does not hold the event loop
_LOOK = timedelta(seconds=5)
_RECONCILE = timedelta(minutes=5)
_GRACE = timedelta(minutes=1)

Reconcile = Callable[[], Awaitable[None]]


class CatchUp(StrEnum):
    """What to do about a moment that passed while nobody was awake."""

    ALWAYS = "always"  # a lock late is right
    SKIP = "skip"  # an announcement late is wrong


@dataclass(frozen=True)
class Timer:
    """One moment of one subject; a kind has at most one timer for a subject."""

    kind: str
    subject: str
    fire_at: datetime
    payload: Mapping[str, JSON] = field(default_factory=dict)
    catch_up: CatchUp = CatchUp.ALWAYS


@dataclass(frozen=True)
class Due:
    """One subject of a job that a timer made; ``skipped`` when it came too late to be acted on."""

    subject: str
    fire_at: datetime
    payload: Mapping[str, JSON]
    skipped: bool


def due(job: Job) -> tuple[Due, ...]:
    """Read what a job of a timer's kind is about."""
    return tuple(
        Due(
            one["subject"],
            datetime.fromisoformat(one["fire_at"]),
            one["payload"],
            skipped=one.get("skipped", False),
        )
        for one in job.payload["due"]
    )


class Timers:
    """Keeps moments, and turns those that have come into jobs of their kind, twenty subjects a job.

    ``grace`` says for a kind how late a timer with ``CatchUp.SKIP`` may be; a minute where it says nothing.
    """

    def __init__(
        self, db: Database, work: Work, clock: Clock, *, grace: Mapping[str, timedelta] | None = None
    ) -> None:
        self._db = db
        self._work = work
        self._clock = clock
        self._grace = grace or {}
        self._alarm: _Alarm | None = None

    async def set(self, tx: AsyncConnection, *wanted: Timer) -> None:
        """Write timers down; one of the same kind and subject is replaced."""
        if not wanted:
            return
        insert = self._db.insert(timers)
        new = insert.excluded
        changes = {"fire_at": new.fire_at, "catch_up": new.catch_up, "payload": new.payload}
        upsert = insert.on_conflict_do_update(index_elements=["kind", "subject"], set_=changes)
        await tx.execute(upsert, [_row(timer) for timer in wanted])
        self._db.after_commit(tx, partial(self._expect, min(timer.fire_at for timer in wanted)))

    async def cancel(self, tx: AsyncConnection, kind: str, subject: str) -> None:
        """Take a timer back."""
        await tx.execute(sa.delete(timers).where(timers.c.kind == kind, timers.c.subject == subject))

    async def pending(
        self, tx: AsyncConnection, *, kind: str | None = None, subject_prefix: str = ""
    ) -> list[Timer]:
        """List what is to come, the next first."""
        query = sa.select(timers).order_by(timers.c.fire_at, timers.c.id)
        if kind is not None:
            query = query.where(timers.c.kind == kind)
        if subject_prefix:
            query = query.where(timers.c.subject.startswith(subject_prefix, autoescape=True))
        return [_timer(row) for row in await tx.execute(query)]

    async def wake(self) -> None:
        """Hand over what is due by the clock; harmless when nothing is, or when two do it at once."""
        if self._alarm:
            self._alarm.forget()
        while await self._take() == _TAKE:
            pass
        await self._expect_next()

    def start(self, reconcile: Reconcile) -> None:
        """Wake by ourselves; ``reconcile`` is called now, after a clock jump and every five minutes."""
        self._alarm = _Alarm(self._clock, self.wake, reconcile)

    async def running(self) -> bool:
        """Whether we wake by ourselves."""
        return self._alarm is not None

    def stop(self) -> None:
        """Wake no more."""
        if self._alarm:
            self._alarm.stop()
        self._alarm = None

    async def _take(self) -> int:
        """Turn rows that are due into jobs, in one transaction; what another process takes is not ours."""
        async with self._db.write() as tx:
            now = self._clock()
            query = sa.select(timers).where(timers.c.fire_at <= now).order_by(timers.c.fire_at).limit(_TAKE)
            rows = (await tx.execute(query.with_for_update(skip_locked=True))).all()
            if rows:
                await tx.execute(sa.delete(timers).where(timers.c.id.in_([row.id for row in rows])))
                await self._work.later(tx, *self._jobs([_timer(row) for row in rows], now))
        return len(rows)

    def _jobs(self, taken: Sequence[Timer], now: datetime) -> list[Job]:
        by_kind = groupby(sorted(taken, key=attrgetter("kind")), key=attrgetter("kind"))
        return [
            Job(kind, f"timer:{uuid.uuid4()}", {"due": [self._due(timer, now) for timer in pack]})
            for kind, of_kind in by_kind
            for pack in _packs(list(of_kind))
        ]

    def _due(self, timer: Timer, now: datetime) -> dict[str, JSON]:
        late = now - timer.fire_at > self._grace.get(timer.kind, _GRACE)
        skipped = {"skipped": True} if late and timer.catch_up is CatchUp.SKIP else {}
        moment = timer.fire_at.isoformat()
        return {"subject": timer.subject, "fire_at": moment, "payload": timer.payload, **skipped}

    async def _expect_next(self) -> None:
        if self._alarm:
            async with self._db.read() as tx:
                first = await tx.scalar(sa.select(sa.func.min(timers.c.fire_at)))
            if first:
                self._expect(first)

    def _expect(self, moment: datetime) -> None:
        if self._alarm:
            self._alarm.expect(moment)


class _Alarm:
    """The scheduler's three jobs: wake at the next moment, look every five seconds, and reconcile."""

    def __init__(self, clock: Clock, wake: Callable[[], Awaitable[None]], reconcile: Reconcile) -> None:
        self._clock = clock
        self._wake = wake
        self._set_for: datetime | None = None
        self._offset = self._seconds_ahead()
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        self._every(_LOOK, self._look, "look")
        self._every(_RECONCILE, reconcile, "reconcile")
        self._scheduler.start()

    def expect(self, moment: datetime) -> None:
        """Wake at a moment, unless an earlier one is expected."""
        if self._set_for and self._set_for <= moment:
            return
        self._set_for = moment
        at = system() + (moment - self._clock())
        self._scheduler.add_job(self._wake, "date", run_date=at, id="wake", replace_existing=True)

    def forget(self) -> None:
        """The moment expected has come: the next one may be any."""
        self._set_for = None

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    def _every(self, period: timedelta, call: Callable[[], Awaitable[None]], name: str) -> None:
        seconds = period.total_seconds()
        self._scheduler.add_job(call, "interval", seconds=seconds, id=name, next_run_time=system())

    async def _look(self) -> None:
        ahead = self._seconds_ahead()
        if abs(ahead - self._offset) > _LOOK.total_seconds():
            self._offset = ahead
            self._scheduler.modify_job("reconcile", next_run_time=system())
        await self._wake()

    def _seconds_ahead(self) -> float:
        """How far the clock is ahead of one that nobody can set."""
        return self._clock().timestamp() - time.monotonic()


def _packs(taken: Sequence[Timer]) -> list[Sequence[Timer]]:
    return [taken[start : start + SUBJECTS] for start in range(0, len(taken), SUBJECTS)]


def _row(timer: Timer) -> dict[str, object]:
    return {**vars(timer), "payload": dict(timer.payload)}


def _timer(row: sa.Row[Any]) -> Timer:
    return Timer(row.kind, row.subject, row.fire_at, row.payload, CatchUp(row.catch_up))
