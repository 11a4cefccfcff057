"""Rooms as 100ms named them last, kept for a while: most lines name one that was just named."""

from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock, is_fresh
from bot.command import RoomRef
from bot.command.matching import BREATH, taking_breath
from bot.features.room import finding
from bot.features.room.book import RoomBook
from bot.features.room.recorders import Recorders
from bot.features.room.spelt import NAMES, ROWS, SpeltRooms
from bot.hms import ActiveRoom, Hms, NotFound, Role, Room

FRESH = timedelta(seconds=30)
JUST_NOW = timedelta(seconds=1)  # since it was seen what runs: nobody waits for another look
STEADY = timedelta(minutes=1)  # what roles may do changes once a term, and each card asks
REMEMBERED = 1000  # rooms looked up; then all are forgotten, which costs a call each
OFFERED = 100  # rooms in a picker
ID_DIGITS = frozenset("0123456789abcdef")
ID_LENGTH = 24


@dataclass(frozen=True)
class KnownTemplate:
    """What a template is called, and its roles."""

    name: str
    roles: tuple[str, ...]


class RoomCache:
    """Rooms as 100ms named them half a minute ago at most, and their roles of a minute ago: few calls.

    A room that was not found is looked for again: somebody may be making it right now. ``rooms`` says
    for which ones channels speak, and ``spawn`` has one written down there that is called otherwise by now.
    """

    def __init__(
        self,
        hms: Hms,
        clock: Clock,
        rooms: RoomBook,
        spawn: Callable[[Coroutine[None, None, None]], object],
    ) -> None:
        self._hms = hms
        self._clock = clock
        self._called: dict[str, tuple[datetime, RoomRef]] = {}
        self._newest: tuple[datetime, tuple[RoomRef, ...]] | None = None
        self._names: dict[str, RoomRef] = {}  # as 100ms said last, by id
        self._written: dict[str, str] = {}  # as they stand on disk, by id
        self._renamed: dict[str, RoomRef] = {}  # what is still to be written there, by id
        self._spelt = SpeltRooms()
        self._bound_seen: datetime | None = None
        self._rooms = rooms
        self._spawn = spawn
        self._running: dict[str, tuple[datetime, ActiveRoom]] = {}
        self._ended: dict[str, datetime] = {}
        self._roles: dict[str, tuple[datetime, Mapping[str, Role]]] = {}
        self._templates: tuple[datetime, Mapping[str, KnownTemplate]] | None = None
        self.recorders = Recorders(hms)

    async def called(self, words: str) -> RoomRef | None:
        """The room with this name, whatever its case, or this id."""
        key = words.casefold()
        seen = self._called.get(key)
        if seen and is_fresh(seen[0], self._clock(), FRESH) and self._is_called_so(seen[1]):
            return seen[1]
        found = await self._find(words)
        if found:
            self._remember(key, found)
        return found

    def now_called(self, room: RoomRef) -> RoomRef:
        """A room under the name that 100ms said last: it may have been renamed since it was written down."""
        self._written[room.id] = room.name
        current = self._names.get(room.id, room)
        self._compare(current)
        return current

    async def spelt(self) -> SpeltRooms:
        """Every room whose name is known, from 100ms or from the channel that speaks for it."""
        if self._bound_seen is None or not is_fresh(self._bound_seen, self._clock(), FRESH):
            bound = await self._rooms.spoken_for()
            await self._spelt.put_all(self._names.get(room.id, room) for room in bound)
            self._bound_seen = self._clock()
        return self._spelt

    def runs(self, room: str, active: ActiveRoom, asked_at: datetime) -> None:
        """100ms answered what runs in a room; what is read again within one look is as old as it was."""
        seen = self._running.get(room)
        if seen is None or seen[1] is not active:
            if len(self._running) >= REMEMBERED:
                self._running.clear()
            self._running[room] = (asked_at, active)

    def ran_just_now(self, room: str, session: str) -> bool:
        """Whether 100ms was asked a second ago at most, and it was this session; since then we ended none."""
        asked_at, active = self._running.get(room, (None, None))
        if asked_at is None or active is None or active.session.id != session:
            return False
        ended_at = self._ended.get(room)
        return is_fresh(asked_at, self._clock(), JUST_NOW) and (ended_at is None or asked_at > ended_at)

    @contextmanager
    def ends(self, room: str) -> Iterator[None]:
        """Within it we end what runs there: what was asked before it is over tells nothing of later."""
        if len(self._ended) >= REMEMBERED:
            self._ended.clear()
            self._running.clear()
        self._ended[room] = self._clock()
        try:
            yield
        finally:
            self._ended[room] = self._clock()

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
            await self.saw(rooms)
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

    async def templates(self) -> Mapping[str, KnownTemplate]:
        """Every template by its id, as it was half a minute ago at most."""
        seen = self._templates
        if seen is None or not is_fresh(seen[0], self._clock(), FRESH):
            found = {
                one.id: KnownTemplate(one.name, tuple(one.roles)) async for one in self._hms.templates.each()
            }
            seen = self._templates = (self._clock(), found)
        return seen[1]

    def forget_templates(self) -> None:
        """A template was changed: what it is called, and its roles, are asked for anew."""
        self._templates = None
        self._roles.clear()

    async def _template_roles(self, room: str) -> Mapping[str, Role]:
        try:
            found = await self._hms.rooms.retrieve(room)
            await self.saw([found])
            return (await self._hms.templates.retrieve(found.template_id)).roles if found.template_id else {}
        except NotFound:
            return {}

    async def _find(self, words: str) -> RoomRef | None:
        room = await finding.called(self._hms, words)
        if room:
            return named(room)
        return await self.with_id(words) if is_id(words) else None

    async def with_name(self, room: RoomRef) -> RoomRef:
        """A room as it is called, which not everything that brings us here has said; one call at most."""
        known = self.now_called(room)
        return known if known.name else await self.with_id(room.id) or room

    async def with_id(self, room: str) -> RoomRef | None:
        """A room as 100ms names it now; None where it is gone."""
        try:
            found = await self._hms.rooms.retrieve(room)
        except NotFound:
            return None
        await self.saw([found])
        return named(found)

    async def saw(self, rooms: Iterable[Room]) -> None:
        """Call rooms as 100ms has just said; of many, let others have their turn meanwhile."""
        async for room in taking_breath(rooms, lambda _: BREATH // ROWS):
            self._learn(named(room))

    def _remember(self, key: str, room: RoomRef) -> None:
        if len(self._called) >= REMEMBERED:
            self._called.clear()
        self._called[key] = (self._clock(), room)
        self._learn(room)

    def _learn(self, room: RoomRef) -> None:
        if len(self._names) >= NAMES:
            self._names.clear()
            self._written.clear()
        if known := self._names.get(room.id):
            self._written.setdefault(room.id, known.name)
        self._names[room.id] = room
        self._spelt.put(room)
        self._compare(room)

    def _is_called_so(self, room: RoomRef) -> bool:
        """Whether nothing was heard of another name: another room may have this one by now."""
        return self._names.get(room.id, room).name == room.name

    def _compare(self, current: RoomRef) -> None:
        """Have the new name written down, so that the next process knows it from its first card on."""
        if self._written.get(current.id, current.name) != current.name:
            self._written[current.id] = current.name
            if not self._renamed:
                self._spawn(self._write_down())
            self._renamed[current.id] = current

    async def _write_down(self) -> None:
        """Write all that was heard by now: a thousand rooms may have other names at once."""
        renamed, self._renamed = self._renamed, {}
        await self._rooms.rename(*renamed.values())


def is_id(words: str) -> bool:
    """Whether words look like the id of something at 100ms."""
    return len(words) == ID_LENGTH and set(words) <= ID_DIGITS


def named(room: Room) -> RoomRef:
    """A room of 100ms as people speak of it."""
    return RoomRef(id=room.id, name=room.name)
