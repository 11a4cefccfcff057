"""Who was kept quiet while somebody decides about them, and the role they go back to."""

from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.book import Book
from bot.store import Text, metadata

quieted = sa.Table(
    "quieted",
    metadata,
    sa.Column("request", sa.Integer, primary_key=True),
    sa.Column("peer_id", Text, primary_key=True),
    sa.Column("room_id", Text, nullable=False),
    sa.Column("role", Text, nullable=False),
    sa.Column("muted_role", Text, nullable=False),
)


@dataclass(frozen=True)
class Quiet:
    """One connection that sits in the room's muted role; ``role`` is the one it had."""

    request: int
    peer_id: str
    room_id: str
    role: str
    muted_role: str


class Quieted(Book):
    """Those who are kept quiet, on disk."""

    async def of(self, request: int) -> tuple[Quiet, ...]:
        """Who is kept quiet for a request."""
        async with self.db.read() as tx:
            rows = await tx.execute(sa.select(quieted).where(quieted.c.request == request))
            return tuple(Quiet(*row) for row in rows)

    async def keep(self, tx: AsyncConnection, quiet: Quiet) -> None:
        """Remember somebody before they are moved; a second time changes nothing."""
        mine = (quieted.c.request == quiet.request) & (quieted.c.peer_id == quiet.peer_id)
        known = (await tx.execute(sa.select(quieted.c.role).where(mine))).one_or_none()
        if known is None:
            await tx.execute(quieted.insert().values(asdict(quiet)))

    async def forget(self, tx: AsyncConnection, request: int) -> None:
        """Forget everybody of a request."""
        await tx.execute(quieted.delete().where(quieted.c.request == request))
