"""What is announced in which session, how often, and who asked for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Cadence, RoomRef
from bot.command.book import Book
from bot.request.request import Cause
from bot.store import Instant, Json, Text, metadata

announcements = sa.Table(
    "announcements",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("room_id", Text, nullable=False, index=True),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("session", Text, nullable=False),
    sa.Column("text", Text, nullable=False),
    sa.Column("cadence", Text, nullable=False),
    sa.Column("zone", Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("cause", Json, nullable=False),
)


@dataclass(frozen=True)
class Announcement:
    """One text for one session; its ``number`` is that of the request that asked for it."""

    number: int
    room: RoomRef
    session: str
    text: str
    cadence: Cadence
    since: datetime
    cause: Cause

    def next_after(self, after: datetime) -> datetime:
        """When it is said next; a length is counted from when it was agreed to."""
        return self.cadence.next_after(after, self.since)


class Announcements(Book):
    """The announcements on disk."""

    async def of(self, tx: AsyncConnection, room: str, session: str) -> tuple[Announcement, ...]:
        """What is announced in a session, in the order in which it was asked for."""
        chosen = sa.select(announcements).order_by(announcements.c.number)
        mine = (announcements.c.room_id == room) & (announcements.c.session == session)
        return tuple(_announcement(row) for row in await tx.execute(chosen.where(mine)))

    async def find(self, tx: AsyncConnection, number: int) -> Announcement | None:
        """One announcement, whatever became of its session; None once it is over."""
        chosen = sa.select(announcements).where(announcements.c.number == number)
        row = (await tx.execute(chosen)).one_or_none()
        return _announcement(row) if row else None

    async def put(self, tx: AsyncConnection, announcement: Announcement) -> None:
        """Write one down; a second time changes nothing."""
        new = self.db.insert(announcements).values(_row(announcement))
        await tx.execute(new.on_conflict_do_nothing(index_elements=["number"]))

    async def forget(self, tx: AsyncConnection, number: int) -> None:
        """Announce it no more."""
        await tx.execute(announcements.delete().where(announcements.c.number == number))

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Count what comes every so long from so much earlier, after a clock was set back."""
        for one in map(_announcement, await tx.execute(sa.select(announcements))):
            if one.cadence.every:
                mine = announcements.update().where(announcements.c.number == one.number)
                await tx.execute(mine.values(since=one.since - by))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what is so old that no session lasts as long."""
        await tx.execute(announcements.delete().where(announcements.c.since < before))


def _row(one: Announcement) -> dict[str, object]:
    return {
        "number": one.number,
        "room_id": one.room.id,
        "room_name": one.room.name,
        "session": one.session,
        "text": one.text,
        "cadence": one.cadence.written,
        "zone": one.cadence.zone,
        "since": one.since,
        "cause": one.cause.json(),
    }


def _announcement(row: sa.Row[tuple[object, ...]]) -> Announcement:
    return Announcement(
        row.number,
        RoomRef(id=row.room_id, name=row.room_name),
        row.session,
        row.text,
        Cadence.parse(row.cadence, row.zone),
        row.since,
        Cause.load(row.cause),
    )
