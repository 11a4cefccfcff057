"""Where a room may be streamed to: names for an address and a key of which only the ciphertext is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Sealed, Vault
from bot.command.book import Book
from bot.store import Instant, Text, metadata

stream_targets = sa.Table(
    "stream_targets",
    metadata,
    sa.Column("room_id", Text, primary_key=True),
    sa.Column("name", Text, primary_key=True),
    sa.Column("host", Text, nullable=False),
    sa.Column("address", Text, nullable=False),
    sa.Column("key", Text, nullable=False),
    sa.Column("added_by", Text, nullable=False),
    sa.Column("added_at", Instant, nullable=False),
)


@dataclass(frozen=True)
class StreamTarget:
    """A platform by the name it has in a room; of its address all may read the ``host``."""

    room: str
    name: str
    host: str
    address: Sealed
    key: Sealed
    added_by: str
    added_at: datetime


class StreamTargets(Book):
    """The targets of rooms on disk."""

    async def of(self, tx: AsyncConnection, room: str) -> tuple[StreamTarget, ...]:
        """Those of a room, by name."""
        mine = sa.select(stream_targets).where(stream_targets.c.room_id == room)
        return tuple(_target(row) for row in await tx.execute(mine.order_by(stream_targets.c.name)))

    async def names(self, room: str) -> Sequence[str]:
        """What those of a room are called."""
        async with self.db.read() as tx:
            return [one.name for one in await self.of(tx, room)]

    async def all(self, tx: AsyncConnection) -> tuple[StreamTarget, ...]:
        """Those of every room."""
        return tuple(_target(row) for row in await tx.execute(sa.select(stream_targets)))

    async def put(self, tx: AsyncConnection, targets: Iterable[StreamTarget]) -> None:
        """Write some down, in place of what had their names."""
        for one in targets:
            values = _row(one)
            new = self.db.insert(stream_targets).values(values)
            await tx.execute(new.on_conflict_do_update(index_elements=["room_id", "name"], set_=values))

    async def seal_anew(self, tx: AsyncConnection, vault: Vault) -> None:
        """Seal every address and key with the newest secret; what cannot be opened stays as it is."""
        kept = await self.all(tx)
        await self.put(
            tx,
            [replace(one, address=vault.renewed(one.address), key=vault.renewed(one.key)) for one in kept],
        )

    async def forget(self, tx: AsyncConnection, room: str, name: str) -> None:
        """Forget one, with its key."""
        mine = (stream_targets.c.room_id == room) & (stream_targets.c.name == name)
        await tx.execute(stream_targets.delete().where(mine))


def _row(one: StreamTarget) -> dict[str, object]:
    return {
        "room_id": one.room,
        "name": one.name,
        "host": one.host,
        "address": one.address.token,
        "key": one.key.token,
        "added_by": one.added_by,
        "added_at": one.added_at,
    }


def _target(row: sa.Row[tuple[object, ...]]) -> StreamTarget:
    return StreamTarget(
        row.room_id,
        row.name,
        row.host,
        Sealed(token=row.address),
        Sealed(token=row.key),
        row.added_by,
        row.added_at,
    )
