"""The numbers that the last ``who`` of somebody gave to people, so that ``#3`` means one of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.store import Instant, Json, Text, metadata

GOOD_FOR = timedelta(minutes=10)

rows = sa.Table(
    "who_rows",
    metadata,
    sa.Column("actor", Text, primary_key=True),
    sa.Column("people", Json, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


def row(keys: Sequence[str], at: datetime, number: int, now: datetime) -> str | None:
    """Whom a row means, as long as the list is fresh; rows count from 1."""
    return keys[number - 1] if timedelta() <= now - at <= GOOD_FOR and 0 < number <= len(keys) else None


class Rows(Book):
    """The last list of everybody who asked, on disk."""

    async def keep(self, actor: str, keys: Sequence[str], now: datetime) -> None:
        """Remember the list somebody was shown, and forget the ones that are too old to count."""
        async with self.db.write() as tx:
            stale = (rows.c.actor == actor) | (rows.c.at < now - GOOD_FOR)
            await tx.execute(rows.delete().where(stale))
            await tx.execute(rows.insert().values(actor=actor, people=list(keys), at=now))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget the lists that no longer count."""
        await tx.execute(rows.delete().where(rows.c.at < before))

    async def row(self, actor: str, number: int, now: datetime) -> str | None:
        """Whom a row of somebody's last list means: a user id, else a peer id."""
        async with self.db.read() as tx:
            kept = (await tx.execute(sa.select(rows).where(rows.c.actor == actor))).one_or_none()
        return row(kept.people, kept.at, number, now) if kept else None
