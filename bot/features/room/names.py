"""What words mean for one person at one place: rooms, people in them, rows of a list."""

from collections.abc import Awaitable, Callable, Collection, Container, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import SecretStr

from bot.access import Access
from bot.clock import Clock, is_fresh
from bot.command import PersonRef, PollRef, RoomRef
from bot.command.times import Zone
from bot.features.room import finding, live, took_part
from bot.features.room.book import RoomBook
from bot.features.room.recorders import Recorders
from bot.features.room.rows import Rows
from bot.hms import Beam, Forbidden, Hms, NotFound, Peer, Role, Room
from bot.people import Actor, Level
from bot.request.request import Origin

FRESH = timedelta(seconds=30)
STEADY = timedelta(minutes=1)  # what roles may do changes once a term, and each card asks
REMEMBERED = 1000  # rooms looked up; then all are forgotten, which costs a call each
NAMES = 10_000  # of rooms; then all are forgotten, and fewer are near to what is mistyped
OFFERED = 100  # rooms in a picker
LOOKED_UP = 20  # rooms of one's own, each with a call
ID_DIGITS = frozenset("0123456789abcdef")
ID_LENGTH = 24


class RoomCache:
    """Rooms as 100ms named them half a minute ago at most, and their roles of a minute ago: few calls.

    A room that was not found is looked for again: somebody may be making it right now. ``renamed`` is told of
    one that was written down under another name.
    """

    def __init__(self, hms: Hms, clock: Clock, renamed: Callable[[RoomRef], object] = lambda _: None) -> None:
        self._hms = hms
        self._clock = clock
        self._called: dict[str, tuple[datetime, RoomRef]] = {}
        self._newest: tuple[datetime, tuple[RoomRef, ...]] | None = None
        self._names: dict[str, str] = {}  # as 100ms said last, by id
        self._written: dict[str, str] = {}  # as they stand on disk, by id
        self._renamed = renamed
        self._roles: dict[str, tuple[datetime, Mapping[str, Role]]] = {}
        self._templates: tuple[datetime, Mapping[str, str]] | None = None
        self.recorders = Recorders(hms)

    async def called(self, words: str) -> RoomRef | None:
        """The room with this name, whatever its case, or this id."""
        key = words.casefold()
        seen = self._called.get(key)
        if seen and is_fresh(seen[0], self._clock(), FRESH):
            return seen[1]
        found = await self._find(words)
        if found:
            self._remember(key, found)
        return found

    def now_called(self, room: RoomRef) -> RoomRef:
        """A room under the name that 100ms said last: it may have been renamed since it was written down."""
        self._written[room.id] = room.name
        name = self._names.get(room.id, room.name)
        current = room if name == room.name else room.model_copy(update={"name": name})
        self._compare(current)
        return current

    def known(self) -> list[RoomRef]:
        """Every room whose name 100ms has said."""
        return [RoomRef(id=room, name=name) for room, name in self._names.items()]

    async def learn(self, rooms: Collection[str]) -> None:
        """Find out what rooms are called that no short list names: page by page, until all were seen."""
        unknown = set(rooms) - self._names.keys()
        for enabled in (True, False):
            if unknown:
                unknown -= await self._learned(unknown, enabled=enabled)

    async def _learned(self, unknown: Collection[str], *, enabled: bool) -> set[str]:
        found: set[str] = set()
        async for room in self._hms.rooms.each(enabled=enabled):
            if room.id in unknown:
                self._learn(named(room))
                found.add(room.id)
            if len(found) == len(unknown):
                break
        return found

    async def newest(self) -> tuple[RoomRef, ...]:
        """The rooms that were made last, the newest first."""
        if self._newest is None or not is_fresh(self._newest[0], self._clock(), FRESH):
            rooms = await finding.newest(self._hms, OFFERED)
            self._newest = (self._clock(), tuple(named(room) for room in rooms))
            for room in self._newest[1]:
                self._learn(room)
        return self._newest[1]

    async def roles(self, room: str) -> Mapping[str, Role]:
        """The roles of the room's template by name; none when 100ms does not have the template any more."""
        seen = self._roles.get(room)
        if seen and is_fresh(seen[0], self._clock(), STEADY):
            return seen[1]
        if len(self._roles) >= REMEMBERED:
            self._roles.clear()
        found = await self._template_roles(room)
        self._roles[room] = (self._clock(), found)
        return found

    async def templates(self) -> Mapping[str, str]:
        """What every template is called, by id, as it was half a minute ago at most."""
        seen = self._templates
        if seen is None or not is_fresh(seen[0], self._clock(), FRESH):
            found = {one.id: one.name async for one in self._hms.templates.each()}
            seen = self._templates = (self._clock(), found)
        return seen[1]

    def forget_templates(self) -> None:
        """A template was changed: what it is called, and its roles, are asked for anew."""
        self._templates = None
        self._roles.clear()

    async def _template_roles(self, room: str) -> Mapping[str, Role]:
        try:
            found = await self._hms.rooms.retrieve(room)
            self._learn(named(found))
            return (await self._hms.templates.retrieve(found.template_id)).roles if found.template_id else {}
        except NotFound:
            return {}

    async def _find(self, words: str) -> RoomRef | None:
        room = await finding.called(self._hms, words)
        if room:
            return named(room)
        return await self._by_id(words) if is_id(words) else None

    async def _by_id(self, words: str) -> RoomRef | None:
        try:
            return named(await self._hms.rooms.retrieve(words))
        except NotFound:
            return None

    def _remember(self, key: str, room: RoomRef) -> None:
        if len(self._called) >= REMEMBERED:
            self._called.clear()
        self._called[key] = (self._clock(), room)
        self._learn(room)

    def _learn(self, room: RoomRef) -> None:
        if len(self._names) >= NAMES:
            self._names.clear()
        self._names[room.id] = room.name
        self._compare(room)

    def _compare(self, current: RoomRef) -> None:
        """Have the new name written down, so that the next process knows it from its first card on."""
        if self._written.get(current.id, current.name) != current.name:
            self._written[current.id] = current.name
            self._renamed(current)


def is_id(words: str) -> bool:
    """Whether words look like the id of something at 100ms."""
    return len(words) == ID_LENGTH and set(words) <= ID_DIGITS


def named(room: Room) -> RoomRef:
    """A room of 100ms as people speak of it."""
    return RoomRef(id=room.id, name=room.name)


@dataclass(frozen=True)
class Directory:
    """Knows what words mean, for whoever asks; ``zone`` counts where neither room nor person has one."""

    hms: Hms
    access: Access
    known: RoomCache
    rooms: RoomBook
    rows: Rows
    clock: Clock
    zone: str
    polls: Callable[[str], Awaitable[Sequence[PollRef]]]


class HereNames:
    """``Names`` for one actor at one place; nothing is looked up before it is asked for.

    A room that the actor may not look into is not there: neither its name nor who is in it is told.
    """

    def __init__(self, directory: Directory, actor: Actor, origin: Origin) -> None:
        self._directory = directory
        self._actor = actor
        self._channel = origin.channel
        self._level = Level.VIEWER
        self._bound: list[RoomRef | None] = []  # a room, or none, once that was looked up
        self.now = directory.clock()

    def needing(self, level: Level) -> "HereNames":
        """The same for a command that needs this level."""
        stricter = copy(self)
        stricter._level = max(level, Level.VIEWER)  # noqa: SLF001 -- our own
        return stricter

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
        return (await self._among(self._level, await self._likely(OFFERED)))[:OFFERED]

    async def known_rooms(self) -> Sequence[RoomRef]:
        """Every room of which the actor may know and a name was ever said here, the likeliest first."""
        likely = {room.id: room for room in await self._likely(NAMES)}
        seen = [room for room in self._directory.known.known() if room.id not in likely]
        return await self._among(self._level, [*likely.values(), *seen])

    async def _likely(self, bound: int) -> list[RoomRef]:
        """Rooms that a channel speaks for, so many of them, the newest, and the actor's own."""
        bindings = await self._directory.rooms.bindings(most=bound)
        known = {binding.room.id: binding.room for binding in bindings}
        known |= {room.id: room for room in await self._directory.known.newest()}
        known |= {room.id: room for room in await self._own(known)}
        return list(known.values())

    async def _own(self, known: Container[str]) -> list[RoomRef]:
        """The rooms that are the actor's own by a grant, where they are too old to be among the newest."""
        granted = await self._directory.access.granted(self._actor)
        older = [room for room in granted if room not in known][:LOOKED_UP]
        found = [await self._directory.known.called(room) for room in older]
        return [room for room in found if room]

    async def _among(self, level: Level, rooms: Sequence[RoomRef]) -> list[RoomRef]:
        """Those of these rooms in which the actor has this level."""
        ids = [room.id for room in rooms]
        mine = await self._directory.access.among(self._actor, level, ids, channel=self._channel)
        return [room for room in rooms if room.id in mine]

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
        may = await self._directory.access.may(self._actor, self._level, channel=self._channel)
        return await self._directory.known.templates() if may.allowed else {}

    async def polls(self, room: str) -> Sequence[PollRef]:
        """The polls that are known of the room, the newest first."""
        return await self._directory.polls(room)

    async def row(self, number: int) -> str | None:
        """The ``PersonRef.key`` in this row of the actor's last ``who``, for ten minutes."""
        return await self._directory.rows.row(self._actor.id, number, self.now)

    async def linked(self, slack_user: str) -> str | None:  # noqa: ARG002 -- no command links people so far
        """Nobody of the workspace is linked to a user id of 100ms."""
        return None
