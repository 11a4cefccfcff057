"""Which channel follows which room, in what, and who asked for it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import EVERY, RoomRef
from bot.command.book import Book
from bot.reply import Mention
from bot.store import Instant, Json, Text, metadata

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("channel", Text, primary_key=True),
    sa.Column("room_id", Text, primary_key=True),  # empty for every room
    sa.Column("room_name", Text, nullable=False),
    sa.Column("features", Json, nullable=False),
    sa.Column("style", Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("by_user", Text, nullable=False),
    sa.Column("by_name", Text, nullable=False),
    sa.Index(None, "room_id"),
)


class Feature(StrEnum):
    """What of a room can be followed."""

    SESSIONS = "sessions"
    PEERS = "peers"
    ROLES = "roles"
    RECORDINGS = "recordings"
    STREAMS = "streams"
    POLLS = "polls"
    APPROVALS = "approvals"
    SCHEDULE = "schedule"
    HEALTH = "health"


class Style(StrEnum):
    """How much is said: the card alone, its thread too, or each who comes and goes besides."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


USUAL = (Feature.SESSIONS, Feature.RECORDINGS, Feature.STREAMS, Feature.SCHEDULE)
SPOKEN = (Feature.RECORDINGS, Feature.HEALTH)  # what a channel hears of a room for which it only speaks
# A card alone says neither where the files are nor that something broke, and nobody would ask.
ALSO_QUIET = frozenset({Feature.RECORDINGS, Feature.HEALTH})
OF_VERBOSE = frozenset({Feature.PEERS, Feature.ROLES})


@dataclass(frozen=True)
class Subscription:
    """One channel that follows a room, or every room; without ``features`` it wants to hear nothing of it.

    ``number`` is that of the request that asked for it, ``since`` when.
    """

    channel: str
    room: RoomRef
    features: tuple[Feature, ...]
    style: Style
    by: Mention
    number: int
    since: datetime

    @property
    def has_card(self) -> bool:
        """Whether each session has a card there."""
        return Feature.SESSIONS in self.features

    def hears(self, feature: Feature) -> bool:
        """Whether something is told there beside the card."""
        if self.style is Style.QUIET:
            return feature in self.features and feature in ALSO_QUIET
        verbose = self.style is Style.VERBOSE and feature in OF_VERBOSE
        return feature in self.features or verbose


def particular(found: Iterable[Subscription]) -> Mapping[str, Subscription]:
    """By channel what counts there: what was said of the one room, else what was said of every room."""
    ordered = sorted(found, key=lambda one: bool(one.room.id))
    return {one.channel: one for one in ordered}


class Subscriptions(Book):
    """The subscriptions on disk."""

    async def of_room(self, tx: AsyncConnection, room: str) -> Mapping[str, Subscription]:
        """What each channel that said so follows of a room."""
        rows = await tx.execute(_all().where(subscriptions.c.room_id.in_(["", room])))
        return particular(map(_subscription, rows))

    async def with_card(self, tx: AsyncConnection, rooms: Collection[str]) -> set[str]:
        """Those of these rooms whose sessions have a card in some channel."""
        rows = await tx.execute(_all().where(subscriptions.c.room_id.in_(["", *rooms])))
        said = [*map(_subscription, rows)]
        return {room for room in rooms if any(one.has_card for one in particular(_of(room, said)).values())}

    async def of_channel(self, tx: AsyncConnection, channel: str) -> tuple[Subscription, ...]:
        """What a channel follows."""
        rows = await tx.execute(_all().where(subscriptions.c.channel == channel))
        return tuple(map(_subscription, rows))

    async def asked_in(self, tx: AsyncConnection, channel: str) -> tuple[str, ...]:
        """Who lets a channel follow something: one person, the last who asked for it there."""
        newest = subscriptions.c.number.desc()
        asked = sa.select(subscriptions.c.by_user).where(subscriptions.c.channel == channel)
        return tuple(await tx.scalars(asked.order_by(newest).limit(1)))

    async def all(self, tx: AsyncConnection) -> tuple[Subscription, ...]:
        """Every subscription."""
        return tuple(map(_subscription, await tx.execute(_all())))

    async def find(self, tx: AsyncConnection, channel: str, room: RoomRef) -> Subscription | None:
        """What a channel said of a room, or of every room."""
        row = (await tx.execute(_all().where(*_same(channel, room)))).one_or_none()
        return _subscription(row) if row else None

    async def put(self, tx: AsyncConnection, one: Subscription) -> None:
        """Write one down, in the place of what the channel said of that room before."""
        await self.remove(tx, one.channel, one.room)
        await tx.execute(subscriptions.insert().values(_row(one)))

    async def remove(self, tx: AsyncConnection, channel: str, room: RoomRef) -> None:
        """Forget what a channel said of a room."""
        await tx.execute(subscriptions.delete().where(*_same(channel, room)))

    async def drop(self, tx: AsyncConnection, channel: str) -> tuple[Subscription, ...]:
        """Forget all that a channel follows, since it is gone; answers what that was."""
        there = await self.of_channel(tx, channel)
        await tx.execute(subscriptions.delete().where(subscriptions.c.channel == channel))
        return there

    async def renumber(self, tx: AsyncConnection, old: str, new: str) -> None:
        """Let a channel that Slack has given another id follow what it followed.

        What somebody has said of a room under the new id stays: that was said later.
        """
        for said in await self.of_channel(tx, new):
            await self.remove(tx, old, said.room)
        await tx.execute(sa.update(subscriptions).where(subscriptions.c.channel == old).values(channel=new))


def _of(room: str, said: Iterable[Subscription]) -> Iterable[Subscription]:
    return (one for one in said if one.room.id in {"", room})


def ordered(features: Collection[Feature]) -> tuple[Feature, ...]:
    """Features once each, as they are always listed."""
    return tuple(feature for feature in Feature if feature in features)


def _all() -> sa.Select[tuple[object, ...]]:
    return sa.select(subscriptions).order_by(subscriptions.c.channel, subscriptions.c.room_name)


def _same(channel: str, room: RoomRef) -> tuple[sa.ColumnElement[bool], ...]:
    return subscriptions.c.channel == channel, subscriptions.c.room_id == room.id


def _row(one: Subscription) -> dict[str, object]:
    return {
        "channel": one.channel,
        "room_id": one.room.id,
        "room_name": one.room.name,
        "features": list(one.features),
        "style": one.style,
        "number": one.number,
        "since": one.since,
        "by_user": one.by.user,
        "by_name": one.by.name,
    }


def _subscription(row: sa.Row[tuple[object, ...]]) -> Subscription:
    # What a later release lets people follow is nothing that this one tells of.
    known = tuple(feature for feature in Feature if feature in row.features)
    room = RoomRef(id=row.room_id, name=row.room_name) if row.room_id else EVERY
    by = Mention(row.by_user, row.by_name)
    return Subscription(row.channel, room, known, Style(row.style), by, row.number, row.since)
