"""Who and what is live in a room right now."""

from asyncio import gather
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.command import Context, PersonRef, RoomRef
from bot.command.identity import identified, persons
from bot.command.matching import BREATH, taking_breath
from bot.errors import UserError
from bot.features.room.book import RoomBook
from bot.features.room.recorders import Jobs, jobs
from bot.hms import Beam, Hms, NotFound, Peer
from bot.reply import Counted, Stakes


@dataclass(frozen=True)
class Live:
    """A running session: ``here`` are the people in it, without 100ms's own recorders.

    ``host_roles`` are never hit in bulk. ``recordings``, ``live_streams``, ``streams``: ids of what runs.
    """

    session: str
    since: datetime | None = None
    here: tuple[PersonRef, ...] = ()
    host_roles: frozenset[str] = frozenset()
    recordings: frozenset[str] = frozenset()
    live_streams: frozenset[str] = frozenset()
    streams: frozenset[str] = frozenset()

    @property
    def people(self) -> Counted:
        """How many people are there."""
        return counted(self.here)

    @property
    def running(self) -> tuple[Counted, ...]:
        """What ends with the session besides it, such as "1 recording"."""
        counts = (
            Counted(len(self.recordings), "recording", "recordings"),
            Counted(len(self.live_streams), "live stream", "live streams"),
            Counted(len(self.streams), "stream to elsewhere", "streams to elsewhere"),
        )
        return tuple(count for count in counts if count.number)

    def protects(self, someone: PersonRef) -> bool:
        """Whether nothing done in bulk may hit this person."""
        return someone.role in self.host_roles

    def stakes(self, targets: Iterable[PersonRef] = ()) -> Stakes:
        """What a yes is given to when it is asked for now."""
        hosts = frozenset(someone.key for someone in self.here if self.protects(someone))
        return Stakes(
            session=self.session,
            people=self.people.number,
            targets={someone.key: someone.role for someone in targets},
            hosts=hosts,
            running=self.recordings | self.live_streams | self.streams,
        )


async def session(ctx: Context, room: RoomRef) -> str:
    """The id of the session that runs in a room, empty where none does: one call."""
    try:
        return (await ctx.hms.active_rooms.retrieve(room.id)).session.id
    except NotFound:
        return ""


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
    """Look into a room; None when no session is live. Five calls, and two a minute for who is a host."""
    try:
        active = await ctx.hms.active_rooms.retrieve(room.id)
    except NotFound:
        return None
    peers, found, roles = await gather(
        connected(ctx.hms, room.id), jobs(ctx.hms, room.id), host_roles(ctx, room) if hosts else _nobody()
    )
    if peers is None:
        return None
    here = await people(peers, await ctx.names.recorders(room.id, peers, found.all))
    return Live(active.session.id, active.session.created_at, here, roles, *running_of(found))


async def look(ctx: Context, room: RoomRef) -> Live:
    """Look into a room where somebody must be; UserError when no session is live."""
    live = await find(ctx, room)
    if live is None:
        raise nobody(room)
    return live


def nobody(room: RoomRef) -> UserError:
    """The sentence for a room in which nothing happens."""
    return UserError(
        "Nobody is in {room}: no session is running there. See the other rooms: /hms room list.", room=room
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


async def _nobody() -> frozenset[str]:
    return frozenset()


def running_of(found: Jobs) -> tuple[frozenset[str], ...]:
    """Which recordings, live streams and other streams run of those that were found."""
    return tuple(_ids(beams) for beams in (found.recordings, found.live_streams, found.streams))


def _ids(beams: Sequence[Beam]) -> frozenset[str]:
    return frozenset(beam.id for beam in beams if beam.is_running)
