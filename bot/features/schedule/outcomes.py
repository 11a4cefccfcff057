"""What came of the moments of a schedule: the newest of each kind, so that anybody can see what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.store import Instant, Text, metadata

outcomes = sa.Table(
    "schedule_outcomes",
    metadata,
    sa.Column("schedule", Text, primary_key=True),
    sa.Column("came", Text, primary_key=True),
    sa.Column("moment", Instant, nullable=False),
    sa.Column("done_at", Instant, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)


class Came(StrEnum):
    """What may come of a moment, of a room's hours and of a scheduled line."""

    OPENED = "opened"
    STAYED_LOCKED = "stayed locked"  # by hand, for longer than until its hours began
    NOT_OPENED = "not opened"  # nobody was there to do it, or 100ms did not
    CLOSED = "closed"
    STAYED_OPEN = "stayed open"  # its next hours had begun before it was closed
    UNCLEAR = "unclear"  # locked, but 100ms did not say whether its session was ended
    RAN = "ran"
    LEFT_OUT = "left out"  # it could not be done in time


@dataclass(frozen=True)
class MomentOutcome:
    """What came of a ``moment``, and when: of the last of several, where that was so ``times`` in a row."""

    came: Came
    moment: datetime
    done_at: datetime
    times: int = 1

    @property
    def lateness(self) -> timedelta:
        """How long after its moment it was done."""
        return self.done_at - self.moment


class Outcomes(Book):
    """The outcomes on disk, by the number of their schedule: one row of each kind, so that none add up."""

    async def note(self, tx: AsyncConnection, *several: tuple[str, MomentOutcome]) -> None:
        """Write down what came of moments of schedules, each in the place of the one before."""
        insert = self.db.insert(outcomes)
        changes = {name: insert.excluded[name] for name in ("moment", "done_at", "times")}
        upsert = insert.on_conflict_do_update(index_elements=["schedule", "came"], set_=changes)
        rows = {(schedule, one.came): {"schedule": schedule, **vars(one)} for schedule, one in several}
        if rows:  # with RETURNING they are one statement on PostgreSQL too
            await tx.execute(upsert.returning(outcomes.c.schedule), list(rows.values()))

    async def of(self, *schedules: str) -> Mapping[str, tuple[MomentOutcome, ...]]:
        """What came of these schedules, the newest first."""
        chosen = sa.select(outcomes).where(outcomes.c.schedule.in_(schedules))
        found: dict[str, tuple[MomentOutcome, ...]] = dict.fromkeys(schedules, ())
        async with self.db.read() as tx:
            for row in await tx.execute(chosen.order_by(outcomes.c.moment.desc(), outcomes.c.came)):
                found[row.schedule] += (MomentOutcome(Came(row.came), row.moment, row.done_at, row.times),)
        return found

    async def forget(self, tx: AsyncConnection, schedule: str) -> None:
        """Forget what came of a schedule that is gone."""
        await tx.execute(outcomes.delete().where(outcomes.c.schedule == schedule))
