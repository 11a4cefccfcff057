"""Posts with a button that goes once what it offers was done, by whomever and however."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.reply import Reply
from bot.store import Instant, Json, String, Text, batch, metadata

standing = sa.Table(
    "standing",
    metadata,
    sa.Column("key", Text, nullable=False, primary_key=True),
    sa.Column("channel", String, nullable=False, primary_key=True),
    sa.Column("room", String, nullable=False, index=True),
    sa.Column("said", Json, nullable=False),
    sa.Column("request", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


@dataclass(frozen=True)
class Standing:
    """One such post: its key and place, the room it offers something for, and what stands on it."""

    key: str
    channel: str
    room: str
    said: Reply
    request: int


class StandingBook(Book):
    """What stands so in Slack, as long as it offers something: it is the last that is said by its key."""

    async def put(self, tx: AsyncConnection, post: Standing) -> None:
        """Remember one, as it is now."""
        row = asdict(replace(post, said=Reply(""))) | {"said": post.said.json(), "at": self.clock()}
        batch(tx, self._write).append(row)

    async def _write(self, tx: AsyncConnection, rows: list[dict[str, Any]]) -> None:
        insert = self.db.insert(standing)
        changes = {name: insert.excluded[name] for name in ("room", "said", "request", "at")}
        upsert = insert.on_conflict_do_update(index_elements=["key", "channel"], set_=changes)
        newest = {(row["key"], row["channel"]): row for row in rows}
        # With RETURNING they are one statement on PostgreSQL too, where else each row is one.
        await tx.execute(upsert.returning(standing.c.key), list(newest.values()))

    async def in_rooms(self, tx: AsyncConnection, rooms: Collection[str]) -> list[Standing]:
        """What offers something for these rooms."""
        there = sa.select(standing).where(standing.c.room.in_(rooms)).order_by(standing.c.at)
        return [
            Standing(row.key, row.channel, row.room, Reply.load(row.said), row.request)
            for row in await tx.execute(there)
        ]

    async def remove(self, tx: AsyncConnection, post: Standing) -> None:
        """Forget one, which offers nothing any more."""
        same = (standing.c.key == post.key) & (standing.c.channel == post.channel)
        await tx.execute(standing.delete().where(same))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what has stood for so long that nobody presses it."""
        await tx.execute(standing.delete().where(standing.c.at < before))
