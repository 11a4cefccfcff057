"""To whom a code was sent: who presses *Show my code* is told it only if it was sent to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import RoomRef
from bot.command.book import Book
from bot.store import Instant, Text, metadata

GOOD_FOR = timedelta(days=7)  # so long may somebody ask to see what was sent to them

sent_codes = sa.Table(
    "sent_codes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user", Text, nullable=False, index=True),
    sa.Column("room_id", Text, nullable=False),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("role", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)


@dataclass(frozen=True)
class SentCode:
    """That somebody may see a code of a role; its ``number`` is that of the request that sent it."""

    number: int
    user: str
    room: RoomRef
    role: str
    at: datetime


class SentCodes(Book):
    """What was sent to whom, on disk."""

    async def put(self, tx: AsyncConnection, sent: SentCode) -> None:
        """Write one down; a second time changes nothing."""
        new = self.db.insert(sent_codes).values(
            number=sent.number,
            user=sent.user,
            room_id=sent.room.id,
            room_name=sent.room.name,
            role=sent.role,
            at=sent.at,
        )
        await tx.execute(new.on_conflict_do_nothing(index_elements=["number"]))

    async def of(self, tx: AsyncConnection, user: str, since: datetime) -> tuple[SentCode, ...]:
        """What was sent to somebody since a moment, the newest first."""
        mine = (sent_codes.c.user == user) & (sent_codes.c.at >= since)
        chosen = sa.select(sent_codes).where(mine).order_by(sent_codes.c.number.desc())
        return tuple(_sent(row) for row in await tx.execute(chosen))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what nobody may ask for any more."""
        over = max(before, self.clock() - GOOD_FOR)
        await tx.execute(sent_codes.delete().where(sent_codes.c.at < over))


def _sent(row: sa.Row[tuple[object, ...]]) -> SentCode:
    return SentCode(row.number, row.user, RoomRef(id=row.room_id, name=row.room_name), row.role, row.at)
