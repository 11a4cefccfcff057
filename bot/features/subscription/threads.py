"""Which session has its card where: in its thread stands whatever else is told of it."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.reply import Place
from bot.store import Instant, Text, metadata

session_cards = sa.Table(
    "session_cards",
    metadata,
    sa.Column("session", Text, primary_key=True),
    sa.Column("channel", Text, primary_key=True),
    sa.Column("room", Text, nullable=False, index=True),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("shown", Text, nullable=False),
    sa.Column("told", Instant, nullable=False),
    sa.Column("over", sa.Boolean, nullable=False),
    sa.Column("looked_at", Instant, nullable=False, index=True),
)


@dataclass(frozen=True)
class SessionCard:
    """The card of a session in a channel, under the ``key`` by which it is edited.

    ``shown`` stands for what it says, ``told`` is up to when its thread has told of who came and went.
    """

    session: str
    channel: str
    room: str
    room_name: str
    key: str
    shown: str
    told: datetime
    over: bool
    looked_at: datetime

    @property
    def thread(self) -> Place:
        """Where whatever else is told of the session stands."""
        return Place(self.channel, under=f"{self.key}:{self.channel}")


class SessionCards(Book):
    """The cards of sessions, of those that are over too: their files come later."""

    async def of(self, tx: AsyncConnection, session: str) -> Mapping[str, SessionCard]:
        """The cards of a session, by channel."""
        rows = await tx.execute(sa.select(session_cards).where(session_cards.c.session == session))
        return {row.channel: _card(row) for row in rows}

    async def running(self, tx: AsyncConnection, room: str) -> Mapping[str, SessionCard]:
        """The cards of the session that goes on in a room, as far as we know, by channel."""
        mine = session_cards.c.room == room, ~session_cards.c.over
        newest_last = sa.select(session_cards).where(*mine).order_by(session_cards.c.session)
        return {row.channel: _card(row) for row in await tx.execute(newest_last)}

    async def going_on(self, tx: AsyncConnection, rooms: Collection[str]) -> Mapping[str, str]:
        """The sessions that go on in some rooms and have a card, as far as we know, with their room."""
        mine = session_cards.c.room.in_(rooms), ~session_cards.c.over
        chosen = sa.select(session_cards.c.session, session_cards.c.room).where(*mine).distinct()
        return {row.session: row.room for row in await tx.execute(chosen)}

    async def in_channel(self, tx: AsyncConnection, channel: str) -> list[SessionCard]:
        """The cards of sessions that go on, as far as we know, in a channel."""
        mine = session_cards.c.channel == channel, ~session_cards.c.over
        rows = await tx.execute(sa.select(session_cards).where(*mine))
        return [_card(row) for row in rows]

    async def busiest(self, tx: AsyncConnection, session: str) -> int:
        """How many sessions go on in the channel that has most of them of those where this one has a card."""
        mine = sa.select(session_cards.c.channel).where(session_cards.c.session == session)
        counted = (
            sa.select(sa.func.count())
            .where(session_cards.c.channel.in_(mine), ~session_cards.c.over)
            .group_by(session_cards.c.channel)
        )
        return max([*await tx.scalars(counted)], default=1)

    async def put(self, tx: AsyncConnection, card: SessionCard) -> None:
        """Write down what stands on a card now."""
        row = asdict(card)
        new = self.db.insert(session_cards).values(row)
        await tx.execute(new.on_conflict_do_update(index_elements=["session", "channel"], set_=row))

    async def forget(self, tx: AsyncConnection, card: SessionCard) -> None:
        """Forget a card: nothing more is told below it."""
        same = session_cards.c.session == card.session, session_cards.c.channel == card.channel
        await tx.execute(session_cards.delete().where(*same))

    async def drop(self, tx: AsyncConnection, channel: str) -> None:
        """Forget the cards of a channel that is gone."""
        await tx.execute(session_cards.delete().where(session_cards.c.channel == channel))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget cards that were last looked at before a moment."""
        await tx.execute(session_cards.delete().where(session_cards.c.looked_at < before))


def _card(row: sa.Row[tuple[object, ...]]) -> SessionCard:
    return SessionCard(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name
