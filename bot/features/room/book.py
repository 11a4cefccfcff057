"""Which channel speaks for which room, and what holds in a room unless somebody says otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import RoomRef, Warnings
from bot.command.book import Book
from bot.command.matching import BREATH, taking_breath
from bot.command.times import length
from bot.store import Text, metadata

ROWS = 100  # are read, or written, of many before others have their turn

bindings = sa.Table(
    "bindings",
    metadata,
    sa.Column("channel", Text, primary_key=True),
    sa.Column("room_id", Text, nullable=False, index=True),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("viewers", sa.Boolean, nullable=False),
)

room_defaults = sa.Table(
    "room_defaults",
    metadata,
    sa.Column("room_id", Text, primary_key=True),
    sa.Column("host_role", Text, nullable=False),
    sa.Column("stage_role", Text, nullable=False),
    sa.Column("muted_role", Text, nullable=False),
    sa.Column("zone", Text, nullable=False),
    sa.Column("warn", Text, nullable=False),
    sa.Column("host_wait", Text, nullable=False),
    sa.Column("meeting", Text, nullable=False),
    sa.Column("template_destination", Text, nullable=False),
)

_BOUND = sa.select(bindings).where(bindings.c.channel == sa.bindparam("of"))
_DEFAULTS = sa.select(room_defaults).where(room_defaults.c.room_id == sa.bindparam("room"))


@dataclass(frozen=True)
class Binding:
    """One channel and the room it speaks for; with ``viewers`` its members may look."""

    channel: str
    room: RoomRef
    viewers: bool


@dataclass(frozen=True)
class Defaults:
    """What holds in a room; an empty field means that nobody has said."""

    host_role: str = ""
    stage_role: str = ""
    muted_role: str = ""
    zone: str = ""
    warn: str = ""
    host_wait: str = ""
    meeting: str = ""
    template_destination: str = ""

    @property
    def warnings(self) -> tuple[int, ...] | None:
        """How many minutes before an end people are warned; None where nobody has said."""
        return Warnings.of(self.warn).minutes if self.warn else None

    @property
    def waits(self) -> timedelta | None:
        """How long guests wait without a host before that is told; None where nobody has said."""
        return length(self.host_wait)

    def given(self) -> Mapping[str, str]:
        """The fields that somebody has said."""
        return {name: value for name, value in asdict(self).items() if value}

    def with_(self, changes: "Defaults") -> "Defaults":
        """These defaults after somebody said more."""
        return Defaults(**{**asdict(self), **changes.given()})


class RoomBook(Book):
    """Bindings and defaults on disk."""

    async def bound(self, channel: str) -> Binding | None:
        """The room a channel speaks for."""
        async with self.db.read() as tx:
            return await self._bound(tx, channel)

    async def bindings(self, *rooms: str, most: int | None = None) -> tuple[Binding, ...]:
        """Every binding, or those of some rooms; in the order of their channels, ``most`` of them at most."""
        chosen = sa.select(bindings).order_by(bindings.c.channel).limit(most)
        if rooms:
            chosen = chosen.where(bindings.c.room_id.in_(rooms))
        async with self.db.read() as tx:
            rows = taking_breath(await tx.execute(chosen), lambda _: BREATH // ROWS)
            return tuple([_binding(row) async for row in rows])

    async def spoken_for(self) -> tuple[RoomRef, ...]:
        """Every room that a channel speaks for."""
        return tuple(bound.room for bound in await self.bindings())

    async def channels(self) -> tuple[tuple[str, str], ...]:
        """Every channel that speaks for a room, with the room's name."""
        return tuple((bound.channel, bound.room.said()) for bound in await self.bindings())

    async def channels_of(self, room: str) -> tuple[str, ...]:
        """The channels that speak for a room."""
        return tuple(binding.channel for binding in await self.bindings(room))

    async def bind(self, tx: AsyncConnection, binding: Binding) -> None:
        """Let a channel speak for a room, instead of any room before."""
        await self.unbind(tx, binding.channel)
        row = {"channel": binding.channel, "viewers": binding.viewers}
        room = {"room_id": binding.room.id, "room_name": binding.room.name}
        await tx.execute(bindings.insert().values(row | room))

    async def rename(self, *rooms: RoomRef) -> None:
        """Call rooms as 100ms calls them now, wherever they were written down with their names."""
        named = [{"room": room.id, "now": room.name} for room in rooms]
        for start in range(0, len(named), ROWS):
            async with self.db.write() as tx:
                for renames in _renames():
                    await tx.execute(renames, named[start : start + ROWS])

    async def unbind(self, tx: AsyncConnection, channel: str) -> None:
        """Let a channel speak for no room."""
        await tx.execute(bindings.delete().where(bindings.c.channel == channel))

    async def renumber(self, tx: AsyncConnection, old: str, new: str) -> None:
        """Let a channel that Slack has given another id speak for what it spoke for.

        What somebody has bound under the new id stays: that was said later.
        """
        if await self._bound(tx, new):
            await self.unbind(tx, old)
        await tx.execute(sa.update(bindings).where(bindings.c.channel == old).values(channel=new))

    async def viewers(self, tx: AsyncConnection, channel: str) -> str | None:
        """The id of the room whose viewers a channel's members are, for ``Access``."""
        binding = await self._bound(tx, channel)
        return binding.room.id if binding and binding.viewers else None

    async def defaults(self, room: str) -> Defaults:
        """What holds in a room."""
        async with self.db.read() as tx:
            row = (await tx.execute(_DEFAULTS, {"room": room})).one_or_none()
        return (
            Defaults(**{one.name: getattr(row, one.name) for one in fields(Defaults)}) if row else Defaults()
        )

    async def keep(self, tx: AsyncConnection, room: str, defaults: Defaults) -> None:
        """Write down what holds in a room from now on."""
        await tx.execute(room_defaults.delete().where(room_defaults.c.room_id == room))
        await tx.execute(room_defaults.insert().values(room_id=room, **asdict(defaults)))

    async def _bound(self, tx: AsyncConnection, channel: str) -> Binding | None:
        row = (await tx.execute(_BOUND, {"of": channel})).one_or_none()
        return _binding(row) if row else None


@cache
def _renames() -> Sequence[sa.Update]:
    """What writes another name wherever a room stands with its name; once all tables are stated."""
    named = [table for table in metadata.sorted_tables if {"room_id", "room_name"} <= set(table.c.keys())]
    return [
        table.update()
        .where(table.c.room_id == sa.bindparam("room"), table.c.room_name != sa.bindparam("now"))
        .values(room_name=sa.bindparam("now"))
        for table in named
    ]


def _binding(row: sa.Row[tuple[object, ...]]) -> Binding:
    return Binding(row.channel, RoomRef(id=row.room_id, name=row.room_name), row.viewers)
