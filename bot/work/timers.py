"""What is due at a moment: a row for each, and one scheduler that wakes us for all of them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import JSON, Database, Instant, Json, Text, metadata
from bot.work.jobs import Job, Work, refuse_unknown
from bot.work.moments import Due, Moment, Timer, packs

if TYPE_CHECKING:
    from bot.work.alarm import Alarm, Jumped, Reconcile

log = structlog.get_logger(__name__)

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", Text, nullable=False),
    sa.Column("subject", Text, nullable=False),
    sa.Column("fire_at", Instant, nullable=False, index=True),
    sa.Column("payload", Json, nullable=False),
    sa.Column("cause", Json),
    sa.UniqueConstraint("kind", "subject"),
)

_EXPECTED = sa.select(timers.c.kind, timers.c.subject, timers.c.fire_at).where(
    timers.c.kind.in_(sa.bindparam("kinds", expanding=True))
)
_EXPECTED_OF = _EXPECTED.where(timers.c.subject.in_(sa.bindparam("subjects", expanding=True)))

_MOVE = sa.update(timers).where(timers.c.id == sa.bindparam("row")).values(fire_at=sa.bindparam("at"))
_COUNT_ANEW = _MOVE.values(payload=sa.bindparam("says"))

_TAKE = 200  # at once, so that a storm does not hold the event loop


class Timers:
    """Keeps moments, and turns those that have come into jobs of their kind, twenty subjects a job.

    ``moments`` says by kind what is special about one.
    """

    def __init__(
        self, db: Database, work: Work, clock: Clock, moments: Mapping[str, Moment] | None = None
    ) -> None:
        self._db = db
        self._work = work
        self._clock = clock
        self._moments = moments or {}
        self._alarm: Alarm | None = None

    async def set(self, tx: AsyncConnection, *wanted: Timer) -> None:
        """Write timers down; one of the same kind and subject is replaced."""
        if not wanted:
            return
        refuse_unknown(self._work.kinds, [Job(timer.kind, timer.subject) for timer in wanted])
        insert = self._db.insert(timers)
        new = insert.excluded
        changes = {"fire_at": new.fire_at, "payload": new.payload, "cause": new.cause}
        upsert = insert.on_conflict_do_update(index_elements=["kind", "subject"], set_=changes)
        await tx.execute(upsert, [_row(timer) for timer in wanted])
        self._db.after_commit(tx, partial(self._expect, min(timer.fire_at for timer in wanted)))

    async def cancel(self, tx: AsyncConnection, kind: str, *subjects: str) -> None:
        """Take timers of one kind back."""
        if subjects:
            await tx.execute(sa.delete(timers).where(timers.c.kind == kind, timers.c.subject.in_(subjects)))

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

    async def expected(
        self, tx: AsyncConnection, *kinds: str, of: Collection[str] | None = None
    ) -> Mapping[tuple[str, str], datetime]:
        """When each moment of these kinds comes, by its kind and subject, without what it carries.

        Of all subjects, or ``of`` some.
        """
        if of is None:
            found = await tx.execute(_EXPECTED, {"kinds": kinds})
        else:
            found = await tx.execute(_EXPECTED_OF, {"kinds": kinds, "subjects": list(of)})
        return {(row.kind, row.subject): row.fire_at for row in found}

    async def due(self) -> int:
        """How many moments have come that nobody has taken yet."""
        come = sa.select(sa.func.count()).select_from(timers).where(timers.c.fire_at <= self._clock())
        async with self._db.read() as tx:
            return await tx.scalar(come) or 0

    async def settle(self) -> int:
        """Set the moments that always have to be there and are not; answers how many were missing."""
        standing = [(moment, subject) for moment in self._moments.values() for subject in moment.standing]
        kinds = {moment.kind for moment, _ in standing}  # of the others there may be a hundred thousand
        async with self._db.read() as tx:
            there = await self.expected(tx, *kinds)
        missing = [
            Timer(moment.kind, subject, at)
            for moment, subject in standing
            if (moment.kind, subject) not in there and (at := self._settled(moment))
        ]
        if missing:
            async with self._db.write() as tx:
                await self.set(tx, *missing)
        return sum(not self._moments[timer.kind].reconciles for timer in missing)

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Let what is counted in minutes come no later, after a clock was set back."""
        counted = [kind for kind, moment in self._moments.items() if moment.counted]
        rows = [
            {"row": row.id, "at": row.fire_at - by, "says": says}
            for row in await tx.execute(sa.select(timers).where(timers.c.kind.in_(counted)))
            if (says := self._moments[row.kind].set_back(row.payload, by)) is not None
        ]
        if rows:
            await tx.execute(_COUNT_ANEW, rows)

    async def wake(self) -> None:
        """Hand over what is due by the clock; harmless when nothing is, or when two do it at once."""
        if self._alarm:
            self._alarm.forget()
        while await self._take() == _TAKE:
            pass
        await self._expect_next()

    def start(self, reconcile: "Reconcile", jumped: "Jumped | None" = None) -> None:
        """Wake by ourselves; ``reconcile`` is called now, after a clock jump and every five minutes.

        ``jumped`` is told first by how much a clock jumped.
        """
        from bot.work.alarm import Alarm  # noqa: PLC0415 -- the scheduler is for those who stay

        self._alarm = Alarm(self._clock, self.wake, reconcile, jumped)

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
                await self._move_on(tx, rows, now)
                await self._work.later(tx, *self._jobs([_timer(row) for row in rows]))
        return len(rows)

    async def _move_on(self, tx: AsyncConnection, rows: Sequence[sa.Row[Any]], now: datetime) -> None:
        """Write each subject's next moment: the series goes on whatever becomes of the moment that is taken.

        It is the first one that is still to come, so that after a week off none of it is replayed.
        """
        later = {row.id: moment for row in rows if (moment := self._following(row, now))}
        over = [row.id for row in rows if row.id not in later]
        if over:
            await tx.execute(sa.delete(timers).where(timers.c.id.in_(over)))
        if later:
            await tx.execute(_MOVE, [{"row": row, "at": moment} for row, moment in later.items()])

    def _jobs(self, taken: Sequence[Timer]) -> list[Job]:
        by_kind = groupby(sorted(taken, key=attrgetter("kind")), key=attrgetter("kind"))
        return [
            Job(kind, f"timer:{uuid.uuid4()}", {"due": [_due(timer) for timer in pack]}, self._lane(kind))
            for kind, of_kind in by_kind
            for pack in packs(list(of_kind))
        ]

    def _lane(self, kind: str) -> str:
        moment = self._moments.get(kind)
        return f"timers:{kind}" if moment and moment.in_order else ""

    def _next(self, kind: str, payload: Mapping[str, JSON], after: datetime) -> datetime | None:
        following = self._moments[kind].next if kind in self._moments else None
        return following(payload, after) if following else None

    def _settled(self, moment: Moment) -> datetime | None:
        """When a standing moment comes that nothing has set."""
        return self._clock() if moment.reconciles else self._next(moment.kind, {}, self._clock())

    def _following(self, row: sa.Row[Any], now: datetime) -> datetime | None:
        """The next moment of a row; a series whose payload cannot be read ends, and holds up no other."""
        try:
            return self._next(row.kind, row.payload, now)
        except Exception:
            log.exception("a series cannot be read and ends", kind=row.kind, subject=row.subject)
            return None

    def _ours(self) -> sa.ColumnElement[bool]:
        """Those of the kinds that are handled here; the others are another release's, which takes them."""
        kinds = self._work.kinds
        return sa.true() if kinds is None else timers.c.kind.in_(kinds)

    async def _expect_next(self) -> None:
        if self._alarm:
            async with self._db.read() as tx:
                first = await tx.scalar(sa.select(sa.func.min(timers.c.fire_at)).where(self._ours()))
            if first:
                self._expect(first)

    def _expect(self, moment: datetime) -> None:
        if self._alarm:
            self._alarm.expect(moment)


def _due(timer: Timer) -> dict[str, JSON]:
    return Due(timer.subject, timer.fire_at, timer.payload, timer.cause).json()


def _row(timer: Timer) -> dict[str, object]:
    cause = dict(timer.cause) if timer.cause else None
    return {**vars(timer), "payload": dict(timer.payload), "cause": cause}


def _timer(row: sa.Row[Any]) -> Timer:
    return Timer(row.kind, row.subject, row.fire_at, row.payload, row.cause)
