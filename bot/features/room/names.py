"""What words mean for one person at one place: rooms, people in them, rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.command import PersonRef, RoomRef
from bot.features.room.book import Rooms
from bot.features.room.live import someone
from bot.features.room.rows import Rows
from bot.hms import Hms, NotFound, Room
from bot.people import Actor
from bot.request.request import Origin

FRESH = timedelta(seconds=30)
REMEMBERED = 1000  # names; then all are forgotten, which costs a call each
OFFERED = 100  # rooms in a picker
ID_DIGITS = frozenset("0123456789abcdef")
ID_LENGTH = 24


class KnownRooms:
    """Rooms as 100ms named them half a minute ago at most, so that a busy channel costs few calls.

    A room that was not found is looked for again: somebody may be making it right now.
    """

    def __init__(self, hms: Hms, clock: Clock) -> None:
        self._hms = hms
        self._clock = clock
        self._called: dict[str, tuple[datetime, RoomRef]] = {}
        self._newest: tuple[datetime, tuple[RoomRef, ...]] | None = None

    async def called(self, words: str) -> RoomRef | None:
        """The room with this name, whatever its case, or this id."""
        key = words.casefold()
        seen = self._called.get(key)
        if seen and self._clock() - seen[0] < FRESH:
            return seen[1]
        found = await self._find(words)
        if found:
            self._remember(key, found)
        return found

    async def newest(self) -> tuple[RoomRef, ...]:
        """The rooms that were made last, the newest first."""
        if self._newest is None or self._clock() - self._newest[0] >= FRESH:
            page = await self._hms.rooms.list(limit=OFFERED)
            self._newest = (self._clock(), tuple(named(room) for room in page.data))
        return self._newest[1]

    async def _find(self, words: str) -> RoomRef | None:
        page = await self._hms.rooms.list(name=words)
        for room in page.data:
            if room.name.casefold() == words.casefold():
                return named(room)
        return await self._by_id(words) if len(words) == ID_LENGTH and set(words) <= ID_DIGITS else None

    async def _by_id(self, words: str) -> RoomRef | None:
        try:
            return named(await self._hms.rooms.retrieve(words))
        except NotFound:
            return None

    def _remember(self, key: str, room: RoomRef) -> None:
        if len(self._called) >= REMEMBERED:
            self._called.clear()
        self._called[key] = (self._clock(), room)


def named(room: Room) -> RoomRef:
    """A room of 100ms as people speak of it."""
    return RoomRef(id=room.id, name=room.name)


@dataclass(frozen=True)
class Directory:
    """Knows what words mean, for whoever asks; ``zone`` counts where neither room nor person has one."""

    hms: Hms
    known: KnownRooms
    rooms: Rooms
    rows: Rows
    clock: Clock
    zone: str

    async def names(self, actor: Actor, origin: Origin) -> "HereNames":
        """What words mean to this person at this place, now."""
        binding = await self.rooms.bound(origin.channel) if origin.channel else None
        here = binding.room if binding else None
        said = (await self.rooms.defaults(here.id)).zone if here else ""
        return HereNames(self, actor, here, self.clock(), said or actor.zone or self.zone)


@dataclass(frozen=True)
class HereNames:
    """``Names`` for one actor at one place."""

    directory: Directory
    actor: Actor
    here: RoomRef | None
    now: datetime
    zone: str

    async def room_called(self, words: str) -> RoomRef | None:
        """The room with this name (any case) or id."""
        return await self.directory.known.called(words)

    async def room_here(self) -> RoomRef | None:
        """The room bound to the channel where it was asked."""
        return self.here

    async def rooms(self) -> Sequence[RoomRef]:
        """Rooms to choose from: those that a channel speaks for, then the newest."""
        bound = [binding.room for binding in await self.directory.rooms.bindings()]
        known = {room.id: room for room in bound}
        known |= {room.id: room for room in await self.directory.known.newest()}
        return list(known.values())[:OFFERED]

    async def people(self, room: str) -> Sequence[PersonRef]:
        """Who is connected to the room now, without 100ms's own recorders."""
        try:
            peers = await self.directory.hms.active_rooms.list_peers(room)
        except NotFound:
            return []
        return [someone(peer) for peer in peers if not peer.is_recorder]

    async def row(self, number: int) -> str | None:
        """The ``PersonRef.key`` in this row of the actor's last ``who``, for ten minutes."""
        return await self.directory.rows.row(self.actor.id, number, self.now)

    async def linked(self, slack_user: str) -> str | None:  # noqa: ARG002 -- no command links people so far
        """Nobody of the workspace is linked to a user id of 100ms."""
        return None
