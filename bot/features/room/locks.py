"""Who closed a room, why, and until when: what 100ms itself does not remember."""

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reply import Mention
from bot.store import Database, Instant, metadata

locks = sa.Table(
    "locks",
    metadata,
    sa.Column("room_id", sa.Text, primary_key=True),
    sa.Column("by_id", sa.Text, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("until", Instant),
    sa.Column("request", sa.Integer, nullable=False),
)


@dataclass(frozen=True)
class Lock:
    """One closed room. Whether it still is closed only 100ms knows."""

    room_id: str
    by_id: str
    by_name: str
    why: str
    since: datetime
    until: datetime | None
    request: int

    @property
    def by(self) -> Mention:
        """Who closed it."""
        return Mention(self.by_id, self.by_name)

    def ends(self, now: datetime) -> bool:
        """Whether its time is up."""
        return self.until is not None and self.until <= now


class Locks:
    """The locks on disk, at most one a room."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, room: str) -> Lock | None:
        """The lock of a room, if somebody here closed it."""
        async with self._db.read() as tx:
            row = (await tx.execute(sa.select(locks).where(locks.c.room_id == room))).one_or_none()
        return Lock(*row) if row else None

    async def put(self, tx: AsyncConnection, lock: Lock) -> None:
        """Remember that somebody closed a room; the newest lock is the one that counts."""
        await self.lift(tx, lock.room_id)
        await tx.execute(locks.insert().values(asdict(lock)))

    async def lift(self, tx: AsyncConnection, room: str) -> None:
        """Forget the lock of a room."""
        await tx.execute(locks.delete().where(locks.c.room_id == room))
