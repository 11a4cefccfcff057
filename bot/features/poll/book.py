"""Which polls were made or shown in which room: 100ms lists none, so whoever wants them again has to know.

Of a poll its title is kept, to find it by; what was asked and what was answered stays with 100ms.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import PollRef, RoomRef
from bot.command.book import Book
from bot.store import Instant, Text, metadata

polls = sa.Table(
    "polls",
    metadata,
    sa.Column("room_id", Text, primary_key=True),
    sa.Column("poll_id", Text, primary_key=True),
    sa.Column("title", Text, nullable=False),
    sa.Column("seen_at", Instant, nullable=False, index=True),
)


class PollBook(Book):
    """The polls of each room on disk."""

    async def of(self, room: str) -> tuple[PollRef, ...]:
        """Those of a room, the newest first: ids rise with the time of making."""
        chosen = sa.select(polls).where(polls.c.room_id == room).order_by(polls.c.poll_id.desc())
        async with self.db.read() as tx:
            return tuple(PollRef(id=row.poll_id, title=row.title) for row in await tx.execute(chosen))

    async def rooms(self, poll: str) -> Sequence[str]:
        """The ids of the rooms in which a poll was made or shown."""
        chosen = sa.select(polls.c.room_id).where(polls.c.poll_id == poll)
        async with self.db.read() as tx:
            return (await tx.execute(chosen)).scalars().all()

    async def put(self, tx: AsyncConnection, room: RoomRef, *several: PollRef) -> None:
        """Note that these polls were made or shown in a room, under the titles that they have now."""
        for poll in several:
            row = {"room_id": room.id, "poll_id": poll.id, "title": poll.title, "seen_at": self.clock()}
            new = self.db.insert(polls).values(row)
            changed = {"title": new.excluded.title, "seen_at": new.excluded.seen_at}
            key = ["room_id", "poll_id"]
            await tx.execute(new.on_conflict_do_update(index_elements=key, set_=changed))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what nobody has looked at since; what is linked to a room is found there."""
        await tx.execute(polls.delete().where(polls.c.seen_at < before))
