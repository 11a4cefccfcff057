"""Jobs that were given up: kept as they were, so that somebody can have them tried again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import Instant, Json, Text, metadata
from bot.work.effects import Effects
from bot.work.jobs import Job, Work

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("job", Json, nullable=False),
    sa.Column("occurrence", Text, nullable=False),  # what it was about: its effects begin so
    sa.Column("at", Instant, nullable=False, index=True),
    sqlite_autoincrement=True,  # a number that was tried again is not given to another
)

set_aside = sa.Table(
    "set_aside",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", Text, nullable=False, index=True),
    sa.Column("job", Json, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


class Failures:
    """Jobs that were given up, by the number that people read."""

    def __init__(self, work: Work, effects: Effects, clock: Clock) -> None:
        self._work = work
        self._effects = effects
        self._clock = clock

    async def keep(self, tx: AsyncConnection, job: Job, occurrence: str) -> int:
        """Keep the job of one occurrence, by the key that its effects begin with; answers its number."""
        row = {"job": _json(job), "occurrence": occurrence, "at": self._clock()}
        return int((await tx.execute(sa.insert(failures).values(row).returning(failures.c.id))).scalar_one())

    async def find(self, tx: AsyncConnection, number: int) -> Job | None:
        """The job that can be handed over again under a number; None when it was, or is forgotten.

        One of a kind that only another release knows would be refused: it waits for that one.
        """
        job = await tx.scalar(sa.select(failures.c.job).where(failures.c.id == number))
        known = self._work.kinds
        return Job(**job) if job and (known is None or job["kind"] in known) else None

    async def again(self, tx: AsyncConnection, number: int) -> bool:
        """Hand a job over once more; False when that was done already, or it is forgotten.

        Whoever asks for it was told what is unknown or was rejected, and wants it done all the same.
        """
        gone = sa.delete(failures).where(failures.c.id == number)
        row = (await tx.execute(gone.returning(failures.c.job, failures.c.occurrence))).one_or_none()
        if row is None:
            return False
        await self._effects.allow(tx, row.occurrence)
        await self._work.later(tx, Job(**row.job))
        return True

    async def of(self, tx: AsyncConnection, series: str) -> Sequence[str]:
        """The occurrences of one series that were given up and never tried again, by how their keys begin."""
        of_it = failures.c.occurrence.startswith(series, autoescape=True)
        return list(await tx.scalars(sa.select(failures.c.occurrence).where(of_it)))

    async def over(self, tx: AsyncConnection, occurrence: str) -> datetime | None:
        """Forget one that needs no other try; answers since when it was given up, None where it was not."""
        gone = sa.delete(failures).where(failures.c.occurrence == occurrence)
        at: datetime | None = (await tx.execute(gone.returning(failures.c.at))).scalar()
        return at

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what was given up before a moment."""
        await tx.execute(sa.delete(failures).where(failures.c.at < before))


class SetAside:
    """Jobs of a kind that another release knows: they wait here, and hold no lane."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def put(self, tx: AsyncConnection, job: Job) -> bool:
        """Put a job aside; answers whether it is the first of its kind."""
        there = sa.select(sa.exists(sa.select(set_aside.c.id).where(set_aside.c.kind == job.kind)))
        first = not await tx.scalar(there)
        row = {"kind": job.kind, "job": _json(job), "at": self._clock()}
        await tx.execute(sa.insert(set_aside).values(row))
        return first

    async def take(self, tx: AsyncConnection, kinds: list[str]) -> list[Job]:
        """Take back the jobs of these kinds, in their order; what another process takes is not ours."""
        gone = sa.delete(set_aside).where(set_aside.c.kind.in_(kinds))
        rows = (await tx.execute(gone.returning(set_aside.c.id, set_aside.c.job))).all()
        return [Job(**row.job) for row in sorted(rows, key=lambda row: row.id)]


def _json(job: Job) -> Mapping[str, Any]:
    return {**vars(job), "payload": dict(job.payload)}
