"""What words mean for one person at one place: rooms, people in them, rows of a list."""

from collections.abc import Awaitable, Callable, Container, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr

from bot.access import EVERYWHERE, Rights
from bot.clock import Clock
from bot.command import PersonRef, PollRef, RoomRef
from bot.command.times import Zone
from bot.features.room import live, took_part
from bot.features.room.book import RoomBook
from bot.features.room.cache import OFFERED, RoomCache, is_id
from bot.features.room.rows import Rows
from bot.hms import Beam, Forbidden, Hms, NotFound, Peer, Role
from bot.people import Actor, Level
from bot.request.request import Origin

LOOKED_UP = 20  # rooms of one's own, each with a call


@dataclass(frozen=True)
class Directory:
    """Knows what words mean, for whoever asks; ``zone`` counts where neither room nor person has one."""

    hms: Hms
    known: RoomCache
    rooms: RoomBook
    rows: Rows
    clock: Clock
    zone: str
    openings: Callable[[str], Awaitable[Sequence[datetime]]]
    polls: Callable[[str], Awaitable[Sequence[PollRef]]]
    targets: Callable[[str], Awaitable[Sequence[str]]]
    trunks: Callable[[], Awaitable[Sequence[str]]]


class HereNames:
    """``Names`` for one actor at one place; nothing is looked up before it is asked for.

    A room that the actor may not look into is not there: neither its name nor who is in it is told.
    """

    def __init__(
        self, directory: Directory, actor: Actor, origin: Origin, rights: Callable[[], Awaitable[Rights]]
    ) -> None:
        self._directory = directory
        self._actor = actor
        self._rights = rights
        self._channel = origin.channel
        self._level = Level.VIEWER
        self._template = ""
        self._bound: list[RoomRef | None] = []  # a room, or none, once that was looked up
        self.now = directory.clock()

    def needing(self, level: Level) -> "HereNames":
        """The same for a command that needs this level."""
        stricter = copy(self)
        stricter._level = max(level, Level.VIEWER)  # noqa: SLF001 -- our own
        return stricter

    def within(self, template: str) -> "HereNames":
        """The same for a command about this template."""
        inside = copy(self)
        inside._template = template  # noqa: SLF001 -- our own
        return inside

    async def zone(self) -> Zone:
        """The zone of the room of this place, else the person's, else the bot's."""
        here = await self.room_here()
        said = (await self._directory.rooms.defaults(here.id)).zone if here else ""
        return Zone.of(said, self._actor.zone, self._directory.zone)

    async def room_called(self, words: str) -> RoomRef | None:
        """The room with this name (any case) or id, if the actor may look into it."""
        found = await self._directory.known.called(words)
        return found if found and await self._among(Level.VIEWER, [found]) else None

    async def room_linked(self, code: str) -> RoomRef | None:
        """The room into which a meeting link lets people: by the code in it, or by the room's id."""
        if is_id(code):
            return await self.room_called(code)
        try:
            let_in = await self._directory.hms.room_codes.auth_token(SecretStr(code))
        except (NotFound, Forbidden):
            return None
        return await self.room_called(let_in.room_id)

    async def room_here(self) -> RoomRef | None:
        """The room bound to the channel where it was asked."""
        if not self._bound:
            self._bound.append(await self.room_of(self._channel) if self._channel else None)
        return self._bound[0]

    async def room_of(self, channel: str) -> RoomRef | None:
        """The room that a channel speaks for."""
        binding = await self._directory.rooms.bound(channel)
        return self._directory.known.now_called(binding.room) if binding else None

    async def rooms(self) -> Sequence[RoomRef]:
        """Rooms to choose from, where the actor may: those that a channel speaks for, then the newest."""
        return (await self._among(self._level, await self._likely()))[:OFFERED]

    async def rooms_near(self, words: str) -> Sequence[RoomRef]:
        """Those called nearly so, of all of which the actor may know and a name was ever said here."""
        await self._likely()
        spelt = await self._directory.known.spelt()
        return spelt.near(words, await self._mine(self._level, spelt.ids))

    async def _likely(self) -> list[RoomRef]:
        """Rooms that a channel speaks for, the newest, and the actor's own."""
        bindings = await self._directory.rooms.bindings(most=OFFERED)
        known = {binding.room.id: binding.room for binding in bindings}
        known |= {room.id: room for room in await self._directory.known.newest()}
        known |= {room.id: room for room in await self._own(known)}
        return list(known.values())

    async def _own(self, known: Container[str]) -> list[RoomRef]:
        """The rooms that are the actor's own by a grant, where they are too old to be among the newest."""
        own = (await self._rights()).own
        older = [room for room in own if room not in known][:LOOKED_UP]
        found = [await self._directory.known.called(room) for room in older]
        return [room for room in found if room]

    async def _among(self, level: Level, rooms: Sequence[RoomRef]) -> list[RoomRef]:
        """Those of these rooms in which the actor has this level."""
        mine = await self._mine(level, [room.id for room in rooms])
        return [room for room in rooms if room.id in mine]

    async def _mine(self, level: Level, rooms: Iterable[str]) -> frozenset[str]:
        return (await self._rights()).among(level, rooms)

    async def people(self, room: str) -> Sequence[PersonRef]:
        """Who is connected to the room now, without 100ms's own recorders."""
        peers = await live.connected(self._directory.hms, room) or ()
        return await live.people(peers, await self.recorders(room, peers))

    async def took_part(self, room: str, session: str = "") -> Sequence[PersonRef]:
        """Who took part in a session, without 100ms's own recorders."""
        return await took_part.people(self._directory.hms, room, session)

    async def recorders(
        self, room: str, peers: Sequence[Peer], known: Sequence[Beam] | None = None
    ) -> frozenset[str]:
        """Which of those who are connected are 100ms's own, by their ids."""
        return await self._directory.known.recorders.among(room, peers, known)

    async def roles(self, room: str) -> Mapping[str, Role]:
        """The roles of the room's template by name, as they were a minute ago at most."""
        return await self._directory.known.roles(room)

    async def templates(self) -> Mapping[str, str]:
        """What every template is called, by id, for who has the command's level everywhere."""
        may = (await self._rights())(self._level, EVERYWHERE)
        known = await self._directory.known.templates() if may.allowed else {}
        return {template: one.name for template, one in known.items()}

    async def template_roles(self) -> Sequence[str]:
        """The roles of the command's template, for who has the command's level everywhere."""
        may = (await self._rights())(self._level, EVERYWHERE)
        found = (await self._directory.known.templates()).get(self._template) if may.allowed else None
        return found.roles if found else ()

    async def openings(self, room: str) -> Sequence[datetime]:
        """When the hours of the room open it within the week to come, the soonest first."""
        return await self._directory.openings(room)

    async def polls(self, room: str) -> Sequence[PollRef]:
        """The polls that are known of the room, the newest first."""
        return await self._directory.polls(room)

    async def targets(self, room: str) -> Sequence[str]:
        """What the platforms are called that the room may be streamed to."""
        return await self._directory.targets(room)

    async def trunks(self) -> Sequence[str]:
        """What the trunks are called, which are no room's."""
        return await self._directory.trunks()

    async def row(self, number: int) -> str | None:
        """The ``PersonRef.key`` in this row of the actor's last ``who``, for ten minutes."""
        return await self._directory.rows.row(self._actor.id, number, self.now)

    async def linked(self, slack_user: str) -> str | None:  # noqa: ARG002 -- no command links people so far
        """Nobody of the workspace is linked to a user id of 100ms."""
        return None
