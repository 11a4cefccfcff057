"""Up to when 100ms has been looked at, so that a gap is as long as it was and no longer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.store import Instant, Text, metadata

DELIVERIES = "deliveries"  # the look whether all came that 100ms delivers

looks = sa.Table(
    "looks",
    metadata,
    sa.Column("name", Text, primary_key=True),
    sa.Column("first", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),  # to get beyond that
)


@dataclass(frozen=True)
class Looked:
    """When somebody began to look, before which nothing is told, and up to when all is known."""

    first: datetime
    until: datetime
    tries: int = 0


class Looks(Book):
    """Remembers for each kind of look when it was last taken whole."""

    async def last(self, name: str) -> Looked:
        """Up to when a kind of look was taken; now, where this is the first."""
        async with self.db.read() as tx:
            row = (await tx.execute(sa.select(looks).where(looks.c.name == name))).one_or_none()
        now = self.clock()
        return Looked(row.first, min(row.until, now), row.tries) if row else Looked(now, now)

    async def looked(self, tx: AsyncConnection, name: str, until: datetime, tries: int = 0) -> None:
        """Write down up to when it was taken, and how often it was tried to get beyond."""
        once = self.db.insert(looks).values(name=name, first=until, until=until, tries=tries)
        changes = {"until": until, "tries": tries}
        await tx.execute(once.on_conflict_do_update(index_elements=["name"], set_=changes))
