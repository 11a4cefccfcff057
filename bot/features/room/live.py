"""Who and what is live in a room right now."""

from asyncio import gather
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.command import Context, PersonRef, RoomRef
from bot.command.identity import identified, persons
from bot.command.matching import BREATH, taking_breath
from bot.errors import UserError
from bot.features.room.book import RoomBook
from bot.features.room.cache import RoomCache
from bot.features.room.recorders import Jobs, jobs
from bot.hms import ActiveRoom, Hms, NotFound, Peer
from bot.reply import LIVE_STREAM, RECORDING, STREAM, Counted, Stakes, what_runs


@dataclass(frozen=True)
class Live:
    """A running session: ``here`` are the people in it, without 100ms's own recorders.

    ``host_roles`` are never hit in bulk. ``runs`` says by its id of what kind a recording or stream is,
    ``joined`` since when each connection is there.
    """

    session: str
    since: datetime | None = None
    here: tuple[PersonRef, ...] = ()
    host_roles: frozenset[str] = frozenset()
    runs: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def people(self) -> Counted:
        """How many people are there."""
        return counted(self.here)

    @property
    def running(self) -> tuple[Counted, ...]:
        """What ends with the session besides it, such as "1 recording"."""
        return what_runs(self.runs.values())

    def protects(self, someone: PersonRef) -> bool:
        """Whether nothing done in bulk may hit this person."""
        return someone.role in self.host_roles

    def stakes(self, targets: Iterable[PersonRef] = ()) -> Stakes:
        """What a yes is given to when it is asked for now."""
        hit = tuple(targets)
        hosts = [someone for someone in self.here if self.protects(someone)]
        return Stakes(
            session=self.session,
            people=self.people.number,
            targets={someone.key: someone.role for someone in hit},
            hosts=frozenset(someone.key for someone in hosts),
            running=self.runs,
            names={someone.key: someone.shown for someone in (*hosts, *hit)},
            since=self.since,
        )


async def session(ctx: Context, room: RoomRef) -> str:
    """The id of the session that runs in a room, empty where none does: one call."""
    found = await _running(ctx, room)
    return found.session.id if found else ""


async def since(ctx: Context, room: RoomRef) -> datetime | None:
    """Since when a session runs in a room; None where none does, or 100ms does not say: one call."""
    found = await _running(ctx, room)
    return found.session.created_at if found else None


async def connected(hms: Hms, room: str) -> tuple[Peer, ...] | None:
    """Whoever is connected to a room, 100ms's own recorders too; None when no session is live."""
    try:
        return await hms.active_rooms.list_peers(room)
    except NotFound:
        return None


async def people(peers: Iterable[Peer], own: Collection[str]) -> tuple[PersonRef, ...]:
    """The people among those who are connected: all but 100ms's own."""
    apart = taking_breath(peers, lambda _: BREATH // 50)  # fifty at a time
    return identified([someone(peer) async for peer in apart if peer.id not in own])


async def find(ctx: Context, room: RoomRef, *, hosts: bool = True) -> Live | None:
    """Look into a room; None when no session is live. Five calls, and two a minute for who is a host.

    All of them at once, though but for the first they are in vain where nobody is: who looks waits for one
    answer of 100ms instead of two.
    """
    active, peers, found, roles = await gather(
        _running(ctx, room),
        connected(ctx.hms, room.id),
        jobs(ctx.hms, room.id),
        host_roles(ctx, room) if hosts else _nobody(),
    )
    if active is None or peers is None:
        return None
    here = await people(peers, await ctx.names.recorders(room.id, peers, found.all))
    joined = {peer.id: peer.joined_at for peer in peers if peer.joined_at}
    return Live(active.session.id, active.session.created_at, here, roles, running_of(found), joined)


async def look(ctx: Context, room: RoomRef) -> Live:
    """Look into a room where somebody must be; UserError when no session is live."""
    live = await find(ctx, room)
    if live is None:
        raise nobody(room)
    return live


def nobody(room: RoomRef) -> UserError:
    """The sentence for a room in which nothing happens."""
    return UserError(
        "Nobody is in {room}: no session is running there. See the other rooms: `/hms room list`.", room=room
    )


def counted(people: Iterable[PersonRef]) -> Counted:
    """So many people; who is there with several devices is one."""
    return Counted(len(persons(people)), "person", "people")


def someone(peer: Peer) -> PersonRef:
    """A peer as the person they are."""
    return PersonRef(peer_id=peer.id, user_id=peer.user_id, name=peer.name, role=peer.role)


async def host_roles(ctx: Context, room: RoomRef) -> frozenset[str]:
    """The room's host role, and every role whose template lets it end the session."""
    chosen, roles = await gather(ctx[RoomBook].defaults(room.id), ctx.names.roles(room.id))
    may_end = {name for name, role in roles.items() if role.may_end_room}
    return frozenset(may_end | ({chosen.host_role} if chosen.host_role else set()))


async def _running(ctx: Context, room: RoomRef) -> ActiveRoom | None:
    asked_at = ctx.now
    try:
        found = await ctx.hms.active_rooms.retrieve(room.id)
    except NotFound:
        return None
    ctx[RoomCache].runs(room.id, found, asked_at)
    return found


async def _nobody() -> frozenset[str]:
    return frozenset()


def running_of(found: Jobs) -> dict[str, str]:
    """Of what kind each recording or stream is that runs of those that were found, by its id."""
    kinds = ((RECORDING, found.recordings), (LIVE_STREAM, found.live_streams), (STREAM, found.streams))
    return {beam.id: kind for kind, beams in kinds for beam in beams if beam.is_running}
