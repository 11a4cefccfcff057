"""What ends a session later: a row for each stop, and what follows from several of them in one room."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import RoomRef
from bot.command.book import Book
from bot.reply import Reply
from bot.request.request import Cause
from bot.store import Instant, Json, Text, metadata
from bot.work import Moment

stops = sa.Table(
    "stops",
    metadata,
    sa.Column("id", Text, primary_key=True),
    sa.Column("room_id", Text, nullable=False, index=True),
    sa.Column("room_name", Text, nullable=False),
    sa.Column("session", Text, nullable=False),  # empty: whichever runs then
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("counted", sa.Boolean, nullable=False),
    sa.Column("warn", Json, nullable=False),
    sa.Column("lock", sa.Boolean, nullable=False),
    sa.Column("reason", Text, nullable=False),
    sa.Column("window", Text),
    sa.Column("cause", Json, nullable=False),
    sa.Column("people", sa.Integer),
    sa.Column("card", Text, nullable=False),
    sa.Column("notes", Json, nullable=False),
)

_NEAREST = (
    sa.select(
        stops.c.room_id,
        sa.func.min(stops.c.ends_at).filter(stops.c.window.is_(None)).label("session"),
        sa.func.min(stops.c.ends_at).filter(stops.c.window.is_not(None)).label("hours"),
    )
    .where(stops.c.ends_at > sa.bindparam("now"))
    .where(stops.c.room_id.in_(sa.bindparam("rooms", expanding=True)))
    .group_by(stops.c.room_id)
)

# Two kinds of each, since a clock that is set back moves what is counted and leaves a time of day alone.
END = Moment("end room", counted=True)
END_AT = Moment("end room at", counted=False)
WARN = Moment("warn room", counted=True)
WARN_AT = Moment("warn room at", counted=False)
END_WINDOW = Moment("end window", counted=False)  # what it means for the door only its window knows
END_BESIDES = Moment("end besides hours", counted=True)
WARN_WINDOW = Moment("warn window", counted=False)  # whether it comes at all, too
WARN_BESIDES = Moment("warn besides hours", counted=True)

GIVEN_UP = timedelta(minutes=10)  # behind its moment an end is tried no more by itself
USUAL = (5, 1)  # minutes, where neither the line nor the room says otherwise


@dataclass(frozen=True)
class NextEnds:
    """When a session ends that somebody planned an end of, and when the hours of its room are over."""

    session: datetime | None
    hours: datetime | None

    def before(self, opens: datetime | None) -> datetime | None:
        """The nearer of them: an end of hours is none where others of the room ``open`` it by then."""
        over = None if self.hours and opens and opens <= self.hours else self.hours
        return min(filter(None, (self.session, over)), default=None)


@dataclass(frozen=True)
class Note:
    """What became of a stop since it was made, and the request that brought it: it counts once."""

    request: int
    said: Reply

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Note.load`` reads it."""
        return {"request": self.request, "said": self.said.json()}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> Self:
        """Read what ``json`` wrote."""
        return cls(stored["request"], Reply.load(stored["said"]))


@dataclass(frozen=True)
class Stop:
    """One end to come, of one ``session``, or where that is empty of whichever runs then.

    ``id`` is chosen by who makes it: the same id again is the same stop. ``counted`` says that it comes after
    a length of time and not at a time of day. ``warn`` are minutes before the end, the most first.
    ``window`` is the schedule that made it. ``people`` is how many were there when somebody last looked.
    ``card`` names the card in Slack that tells of it.
    """

    id: str
    room: RoomRef
    ends_at: datetime
    cause: Cause
    session: str = ""
    counted: bool = False
    warn: tuple[int, ...] = ()
    lock: bool = False
    reason: str = ""
    window: str | None = None
    people: int | None = None
    card: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def kinds(self) -> tuple[Moment, Moment]:
        """Of which kind its end is, and its warnings."""
        if self.window:
            return (END_BESIDES, WARN_BESIDES) if self.counted else (END_WINDOW, WARN_WINDOW)
        return (END, WARN) if self.counted else (END_AT, WARN_AT)

    def warnings(self, now: datetime) -> tuple[tuple[int, datetime], ...]:
        """The warnings still to come, each with its moment; one that would lie in the past is left out."""
        moments = ((minutes, self.ends_at - timedelta(minutes=minutes)) for minutes in self.warn)
        return tuple((minutes, at) for minutes, at in moments if at > now)

    def warns_now(self, minutes: int, now: datetime) -> bool:
        """Whether this warning is the one to be given now: it came, a nearer one did not, nor the end."""
        return now < self.ends_at and self._reached(now)[-1:] == [minutes]

    def has_warned(self, now: datetime) -> bool:
        """Whether people have been warned of it, or are at this moment."""
        return bool(self._reached(now))

    def _reached(self, now: datetime) -> list[int]:
        return [each for each in self.warn if self.ends_at - timedelta(minutes=each) <= now]

    def is_coming(self, now: datetime) -> bool:
        """Whether its moment has come, and it is being done."""
        return self.ends_at <= now < self.ends_at + GIVEN_UP

    def moved(self, by: timedelta) -> "Stop":
        """The same stop so much later."""
        return replace(self, ends_at=self.ends_at + by)

    def noted(self, note: Note) -> "Stop":
        """The same stop after something more became of it."""
        return replace(self, notes=(*self.notes, note))

    def read_in(self, places: Iterable[str]) -> "Stop":
        """The same stop, read of in these places too: somebody has asked about it there."""
        every = tuple(dict.fromkeys([*self.cause.places, *places]))
        return replace(self, cause=replace(self.cause, places=every))

    def note_of(self, request: int) -> Note | None:
        """What a request has brought already: one that was cut off is run again."""
        return next((note for note in self.notes if note.request == request), None)


def in_order(several: Iterable[Stop]) -> tuple[Stop, ...]:
    """Stops as they come, the nearest first."""
    return tuple(sorted(several, key=lambda stop: (stop.ends_at, stop.id)))


def bound(stop: Stop, several: Iterable[Stop]) -> Stop | None:
    """The stop that ends the session before this one would, or with it; None where it is the nearest."""
    others = in_order(each for each in several if each.id != stop.id)
    return others[0] if others and others[0].ends_at <= stop.ends_at else None


class Stops(Book):
    """The stops on disk. What was done, called off or moot is no row any more."""

    async def add(self, tx: AsyncConnection, stop: Stop) -> None:
        """Write one down, unless it is there."""
        once = self.db.insert(stops).values(_row(stop)).on_conflict_do_nothing(index_elements=["id"])
        await tx.execute(once)

    async def save(self, tx: AsyncConnection, *changed: Stop) -> None:
        """Write down how these are now."""
        for stop in changed:
            await tx.execute(sa.update(stops).where(stops.c.id == stop.id).values(_row(stop)))

    async def remove(self, tx: AsyncConnection, *gone: Stop) -> None:
        """Forget these."""
        if gone:
            await tx.execute(stops.delete().where(stops.c.id.in_([stop.id for stop in gone])))

    async def find(self, stop: str) -> Stop | None:
        """One stop as it is now; None where it is over."""
        return (await self.found([stop])).get(stop)

    async def found(self, several: Collection[str]) -> Mapping[str, Stop]:
        """Those of these stops that are not over, as they are now, by their ids."""
        async with self.db.read() as tx:
            rows = await tx.execute(sa.select(stops).where(stops.c.id.in_(several)))
            return {row.id: _stop(row) for row in rows}

    async def held(self, tx: AsyncConnection, *rooms: str) -> tuple[Stop, ...]:
        """The stops of some rooms, the nearest first, held until the transaction is over.

        Whoever draws their card has to hold them: of two who change one at once each says both.
        """
        chosen = sa.select(stops).where(stops.c.room_id.in_(rooms)).order_by(stops.c.id)
        return in_order(map(_stop, await tx.execute(chosen.with_for_update())))

    async def of(self, room: str) -> tuple[Stop, ...]:
        """The stops of a room, the nearest first."""
        async with self.db.read() as tx:
            return in_order(map(_stop, await tx.execute(sa.select(stops).where(stops.c.room_id == room))))

    async def of_hours(self, rooms: Collection[str]) -> tuple[Stop, ...]:
        """The ends that the hours of these rooms have planned."""
        planned = sa.select(stops).where(stops.c.room_id.in_(rooms), stops.c.window.is_not(None))
        async with self.db.read() as tx:
            return tuple(map(_stop, await tx.execute(planned)))

    async def nearest(self, tx: AsyncConnection, rooms: Collection[str]) -> Mapping[str, NextEnds]:
        """When the next ends to come of each of these rooms are."""
        found = await tx.execute(_NEAREST, {"now": self.clock(), "rooms": list(rooms)})
        return {row.room_id: NextEnds(row.session, row.hours) for row in found}

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget ends that were given up and never asked for again."""
        await tx.execute(stops.delete().where(stops.c.ends_at < before))

    async def set_back(self, tx: AsyncConnection, by: timedelta) -> None:
        """Let what is counted in minutes come no later, after a clock was set back; as its timers do."""
        counted = map(_stop, await tx.execute(sa.select(stops).where(stops.c.counted)))
        await self.save(tx, *[stop.moved(-by) for stop in counted])


def in_session(several: Collection[Stop], session: str) -> tuple[Stop, ...]:
    """Of a room's stops those that are about one session and no other."""
    return tuple(stop for stop in several if session and stop.session == session)


def _row(stop: Stop) -> dict[str, Any]:
    row = {name: value for name, value in vars(stop).items() if name != "room"}
    return row | {
        "room_id": stop.room.id,
        "room_name": stop.room.name,
        "warn": list(stop.warn),
        "cause": stop.cause.json(),
        "notes": [note.json() for note in stop.notes],
    }


def _stop(row: sa.Row[Any]) -> Stop:
    held = {name: value for name, value in row._mapping.items() if not name.startswith("room_")}  # noqa: SLF001 -- SQLAlchemy's way
    held |= {
        "warn": tuple(row.warn),
        "cause": Cause.load(row.cause),
        "notes": tuple(map(Note.load, row.notes)),
    }
    return Stop(room=RoomRef(id=row.room_id, name=row.room_name), **held)
