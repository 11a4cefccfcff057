"""Every room at a glance, from what 100ms lists: so many calls however many rooms there are."""

from asyncio import gather
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.command import Context, RoomRef
from bot.features.room import finding, live
from bot.features.room.book import Binding, RoomBook
from bot.features.room.cache import RoomCache, named
from bot.features.room.cockpit import NOTHING_COMES, Coming, Sight
from bot.features.room.locks import Lock, Locks
from bot.features.room.recorders import Jobs, recorders
from bot.hms import Beam, Hms, Room, Session

RUNNING = "running"
NEWEST = 100  # rooms of each kind, open and locked: what 100ms gives in one page

Listed = TypeVar("Listed")


@dataclass(frozen=True)
class Overview:
    """What there is: rooms that are ``live``, the fullest first, and others, those of channels first.

    ``more`` says that 100ms has rooms besides. ``nameless`` are live rooms whose name no list has said yet.
    """

    live: Sequence[Sight]
    quiet: Sequence[Sight]
    more: bool = False
    nameless: frozenset[str] = frozenset()

    def called(self, known: RoomCache) -> "Overview":
        """The same with the names that are known by now."""
        return replace(self, live=[replace(one, room=known.now_called(one.room)) for one in self.live])

    def expecting(self, coming: Mapping[str, Coming]) -> "Overview":
        """The same with what comes next by the clock in each room."""

        def each(sights: Sequence[Sight]) -> list[Sight]:
            return [replace(one, coming=coming.get(one.room.id, NOTHING_COMES)) for one in sights]

        return replace(self, live=each(self.live), quiet=each(self.quiet))


@dataclass(frozen=True)
class _Listed:
    """What 100ms lists of all rooms together."""

    sessions: Mapping[str, Session]
    jobs: Mapping[str, Jobs]
    rooms: Mapping[str, Room]
    more: bool


@dataclass(frozen=True)
class _Known:
    """What we know ourselves, by the id of the room."""

    bound: Mapping[str, Binding]
    locks: Mapping[str, Lock]
    names: RoomCache


async def overview(ctx: Context) -> Overview:
    """Look at every room: six calls, and four for each further hundred that is live."""
    listed = await _listed(ctx.hms)
    await ctx[RoomCache].saw(listed.rooms.values())
    bound = {one.room.id: one for one in reversed(await ctx[RoomBook].bindings())}
    rooms = {**bound, **listed.rooms, **listed.sessions}
    known = _Known(bound, await ctx[Locks].of_all(rooms), ctx[RoomCache])
    inside = [await _live(known, listed, session) for session in listed.sessions.values()]
    quiet = [room for room in rooms if room not in listed.sessions]
    return Overview(
        sorted(inside, key=_fullest),
        [_sight(known, listed, room) for room in quiet],
        listed.more,
        frozenset(one.room.id for one in inside if not one.room.name),
    )


def _fullest(sight: Sight) -> tuple[int, str]:
    return (-sight.people.number if sight.people else 0, sight.room.shown)


async def _listed(hms: Hms) -> _Listed:
    sessions, recordings, live_streams, streams, rooms = await gather(
        _all(hms.sessions.each(active=True)),
        _all(hms.recordings.each(status=RUNNING)),
        _all(hms.live_streams.each(status=RUNNING)),
        _all(hms.external_streams.each(status=RUNNING)),
        finding.newest(hms, NEWEST),
    )
    kinds = [_by_room(beams) for beams in (recordings, live_streams, streams)]
    return _Listed(
        {one.room_id: one for one in reversed(sessions) if one.active},
        {room: Jobs(*(kind.get(room, ()) for kind in kinds)) for kind in kinds for room in kind},
        {room.id: room for room in rooms},
        more=len(rooms) >= NEWEST,
    )


def _by_room(beams: Iterable[Beam]) -> Mapping[str, Sequence[Beam]]:
    found: dict[str, list[Beam]] = {}
    for beam in beams:
        found.setdefault(beam.room_id, []).append(beam)
    return found


async def _all(listed: AsyncIterator[Listed]) -> list[Listed]:
    return [one async for one in listed]


async def _live(known: _Known, listed: _Listed, session: Session) -> Sight:
    jobs = listed.jobs.get(session.room_id, Jobs())
    own = recorders(session.connected, jobs.all)
    here = await live.people(session.connected, own)
    now = live.Live(session.id, session.created_at, here, frozenset(), live.running_of(jobs))
    return _sight(known, listed, session.room_id, now)


def _sight(known: _Known, listed: _Listed, room: str, now: live.Live | None = None) -> Sight:
    bound, found, lock = known.bound.get(room), listed.rooms.get(room), known.locks.get(room)
    if found:
        called, is_open = named(found), found.enabled
    else:
        called, is_open = known.names.now_called(bound.room if bound else RoomRef(id=room)), lock is None
    return Sight(
        called,
        now.people if now else None,
        now.since if now else None,
        now.running if now else (),
        is_open,
        None if is_open else lock,
        bound.channel if bound else "",
    )
