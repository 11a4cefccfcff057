"""Who closed a room, why, and until when: what 100ms itself does not remember."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.reply import Mention
from bot.store import Instant, Text, metadata

locks = sa.Table(
    "locks",
    metadata,
    sa.Column("room_id", Text, primary_key=True),
    sa.Column("by_id", Text, nullable=False),
    sa.Column("by_name", Text, nullable=False),
    sa.Column("why", Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant),
    sa.Column("request", sa.Integer, nullable=False),
    sa.Column("keep", sa.Boolean, nullable=False),
    sa.Column("hours", sa.Boolean, nullable=False),
)


@dataclass(frozen=True)
class Lock:
    """One closed room. Whether it still is closed only 100ms knows.

    With ``keep`` it stays closed whatever the hours of the room say, until its time is up or somebody opens
    it; ``hours`` says that these closed it, and nobody by hand.
    """

    room_id: str
    by_id: str
    by_name: str
    why: str
    since: datetime
    until: datetime | None
    request: int
    keep: bool = False
    hours: bool = False

    @property
    def by(self) -> Mention:
        """Who closed it."""
        return Mention(self.by_id, self.by_name)

    @property
    def for_good(self) -> bool:
        """Whether it stays until somebody opens the room: no hours do, and no moment."""
        return self.keep and self.until is None

    def ends(self, now: datetime) -> bool:
        """Whether its time is up."""
        return self.until is not None and self.until <= now

    def outlasts(self, at: datetime) -> bool:
        """Whether it is stronger than hours that begin then: somebody locked it by hand, and for longer."""
        return not self.hours and (self.until > at if self.until else self.keep)


class Locks(Book):
    """The locks on disk, at most one a room."""

    async def of(self, room: str) -> Lock | None:
        """The lock of a room, if somebody here closed it."""
        return (await self.of_all([room])).get(room)

    async def of_all(self, rooms: Collection[str]) -> dict[str, Lock]:
        """The locks of several rooms, by their ids."""
        async with self.db.read() as tx:
            return await self.held(tx, rooms)

    async def held(self, tx: AsyncConnection, rooms: Collection[str]) -> dict[str, Lock]:
        """The same, as it stands in a transaction."""
        rows = await tx.execute(sa.select(locks).where(locks.c.room_id.in_(rooms)))
        return {row.room_id: Lock(*row) for row in rows}

    async def put(self, tx: AsyncConnection, *several: Lock) -> None:
        """Remember that somebody closed rooms; the newest lock of each is the one that counts."""
        if several:
            await self.lift(tx, *(lock.room_id for lock in several))
            rows = [asdict(lock) for lock in several]
            # With RETURNING they are one statement on PostgreSQL too.
            await tx.execute(locks.insert().returning(locks.c.room_id), rows)

    async def end(self, tx: AsyncConnection, rooms: Collection[str], now: datetime) -> set[str]:
        """Forget those locks by hand whose time is up by now, and answer of which of these rooms."""
        over = locks.delete().where(locks.c.room_id.in_(rooms), locks.c.until <= now, ~locks.c.hours)
        return set(await tx.scalars(over.returning(locks.c.room_id)))

    async def lift(self, tx: AsyncConnection, *rooms: str) -> None:
        """Forget the locks of rooms."""
        if rooms:
            await tx.execute(locks.delete().where(locks.c.room_id.in_(rooms)))
