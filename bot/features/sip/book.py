"""Names for the trunks of 100ms; of their passwords only the ciphertext is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Sealed, Vault
from bot.command.book import Book
from bot.store import Instant, Text, metadata

sip_trunks = sa.Table(
    "sip_trunks",
    metadata,
    sa.Column("name", Text, primary_key=True),
    sa.Column("trunk_id", Text, nullable=False),
    sa.Column("username", Text, nullable=False),
    sa.Column("password", Text, nullable=False),
    sa.Column("address", Text, nullable=False),
    sa.Column("caller", Text, nullable=False),
    sa.Column("added_by", Text, nullable=False),
    sa.Column("added_at", Instant, nullable=False),
)


@dataclass(frozen=True)
class NamedTrunk:
    """A trunk by the name it has here; ``caller`` is the number that is seen to call.

    100ms lists no trunks and wants all of one to change a part, so all of it is kept.
    """

    name: str
    id: str
    username: str
    password: Sealed
    address: str
    caller: str
    added_by: str
    added_at: datetime


class Trunks(Book):
    """The trunks on disk."""

    async def all(self, tx: AsyncConnection) -> tuple[NamedTrunk, ...]:
        """Every one, by name."""
        return tuple(_trunk(row) for row in await tx.execute(sa.select(sip_trunks).order_by("name")))

    async def names(self) -> Sequence[str]:
        """What they are called."""
        async with self.db.read() as tx:
            return [one.name for one in await self.all(tx)]

    async def put(self, tx: AsyncConnection, trunk: NamedTrunk) -> None:
        """Write one down, in place of what had its name."""
        values = _row(trunk)
        new = self.db.insert(sip_trunks).values(values)
        await tx.execute(new.on_conflict_do_update(index_elements=["name"], set_=values))

    async def forget(self, tx: AsyncConnection, name: str) -> None:
        """Forget one, with its password."""
        await tx.execute(sip_trunks.delete().where(sip_trunks.c.name == name))

    async def seal_anew(self, tx: AsyncConnection, vault: Vault) -> None:
        """Seal every password with the newest secret; what cannot be opened stays as it is."""
        for one in await self.all(tx):
            await self.put(tx, replace(one, password=vault.renewed(one.password)))


def _row(one: NamedTrunk) -> dict[str, object]:
    return {
        "name": one.name,
        "trunk_id": one.id,
        "username": one.username,
        "password": one.password.token,
        "address": one.address,
        "caller": one.caller,
        "added_by": one.added_by,
        "added_at": one.added_at,
    }


def _trunk(row: sa.Row[tuple[object, ...]]) -> NamedTrunk:
    return NamedTrunk(
        row.name,
        row.trunk_id,
        row.username,
        Sealed(token=row.password),
        row.address,
        row.caller,
        row.added_by,
        row.added_at,
    )
