"""What is due at a moment: a row for each, and one scheduler that wakes us for all of them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import JSON, Database, Instant, Json, metadata
from bot.work.jobs import Job, Work, refuse_unknown

if TYPE_CHECKING:
    from bot.work.alarm import Alarm, Reconcile

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
_GRACE = timedelta(minutes=1)


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
        self._alarm: Alarm | None = None

    async def set(self, tx: AsyncConnection, *wanted: Timer) -> None:
        """Write timers down; one of the same kind and subject is replaced."""
        if not wanted:
            return
        refuse_unknown(self._work.kinds, [Job(timer.kind, timer.subject) for timer in wanted])
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

    def start(self, reconcile: "Reconcile") -> None:
        """Wake by ourselves; ``reconcile`` is called now, after a clock jump and every five minutes."""
        from bot.work.alarm import Alarm  # noqa: PLC0415 -- the scheduler is for those who stay

        self._alarm = Alarm(self._clock, self.wake, reconcile)

    async def running(self) -> bool:
        """Whether we wake by ourselves."""
        return self._alarm is not None

    async def stop(self) -> None:
        """Wake no more, and let a look that is under way end."""
        alarm, self._alarm = self._alarm, None
        if alarm:
            await alarm.stop()

    async def _take(self) -> int:
        """Turn rows that are due into jobs, in one transaction; what another process takes is not ours."""
        async with self._db.write() as tx:
            now = self._clock()
            query = (
                sa.select(timers)
                .where(timers.c.fire_at <= now, self._ours())
                .order_by(timers.c.fire_at)
                .limit(_TAKE)
            )
            rows = (await tx.execute(query.with_for_update(skip_locked=True))).all()
            if rows:
                await tx.execute(sa.delete(timers).where(timers.c.id.in_([row.id for row in rows])))
                await self._work.later(tx, *self._jobs([_timer(row) for row in rows], now))
        return len(rows)

    def _ours(self) -> sa.ColumnElement[bool]:
        """Those of the kinds that are handled here; the others are another release's, which takes them."""
        kinds = self._work.kinds
        return sa.true() if kinds is None else timers.c.kind.in_(kinds)

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
                first = await tx.scalar(sa.select(sa.func.min(timers.c.fire_at)).where(self._ours()))
            if first:
                self._expect(first)

    def _expect(self, moment: datetime) -> None:
        if self._alarm:
            self._alarm.expect(moment)


def _packs(taken: Sequence[Timer]) -> list[Sequence[Timer]]:
    return [taken[start : start + SUBJECTS] for start in range(0, len(taken), SUBJECTS)]


def _row(timer: Timer) -> dict[str, object]:
    return {**vars(timer), "payload": dict(timer.payload)}


def _timer(row: sa.Row[Any]) -> Timer:
    return Timer(row.kind, row.subject, row.fire_at, row.payload, CatchUp(row.catch_up))
