"""What is done to people in a room; commands call it."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.command import Context, PersonRef, RoomRef
from bot.command.identity import connections
from bot.errors import UserError
from bot.features.person.book import Quiet, Quieted
from bot.features.room import live
from bot.features.room.book import RoomBook
from bot.features.room.live import counted
from bot.hms import HmsError, NotFound, Track
from bot.reply import Counted, Place, Reply, roughly

DEVICES = 3  # of one person, of which a card says whether a camera is on: a call each

Find = Callable[[Sequence[PersonRef]], Iterable[PersonRef]]


@dataclass(frozen=True)
class Bulk:
    """Those with a role: the ones a bulk act hits, and the protected ones it leaves alone."""

    hit: tuple[PersonRef, ...]
    spared: tuple[PersonRef, ...]

    @property
    def people(self) -> Counted:
        """How many it hits."""
        return counted(self.hit)


def with_role(now: live.Live, role: str) -> Bulk:
    """Everybody with a role, told apart by whether they are protected."""
    all_of_them = [someone for someone in now.here if someone.role == role]
    spared = tuple(someone for someone in all_of_them if now.protects(someone))
    return Bulk(tuple(someone for someone in all_of_them if not now.protects(someone)), spared)


async def remove(ctx: Context, room: RoomRef, person: PersonRef, reason: str) -> bool:
    """Take somebody out of a room, by whatever connection they have now; False when they were gone."""
    return await _remove_key(ctx, room, person.key, reason, partial(connections, person))


async def _remove_key(ctx: Context, room: RoomRef, key: str, reason: str, find: Find) -> bool:
    peers = await ctx.first_seen("find", key, lambda: _peer_ids(ctx, room, find))
    removed = [await _remove_peer(ctx, room, peer, reason) for peer in peers]
    async with ctx.transaction() as tx:
        await ctx[Quieted].forget(tx, ctx.cause.request)
    return any(removed)


async def remove_role(ctx: Context, room: RoomRef, role: str, reason: str) -> tuple[Counted, Counted]:
    """Take out exactly those people with a role that the yes was given to, one by one.

    Answers how many were taken out, and how many had left before. Where nobody was asked, those who have
    the role now.
    """
    keys = await ctx.first_seen("see role", role, lambda: _keys(ctx, room, role))
    removed = [await _remove_key(ctx, room, key, reason, partial(_with_key, key, role)) for key in keys]
    out = sum(removed)
    return Counted(out, "person", "people"), Counted(len(removed) - out, "person", "people")


def gone(room: RoomRef, person: PersonRef) -> UserError:
    """The sentence for somebody who has left."""
    return UserError("{person} is no longer in {room}.", person=person, room=room).at("person")


def nobody_with(room: RoomRef, role: str) -> UserError:
    """The sentence for a role that nobody has."""
    return UserError(
        "Nobody in {room} has the role {role}. See who is there: `/hms who`.", room=room, role=role
    ).at("role")


def nobody_to_remove(room: RoomRef, role: str, bulk: Bulk) -> UserError:
    """The sentence for a role whose people cannot be hit in bulk, or whom nobody has."""
    if not bulk.spared:
        return nobody_with(room, role)
    return UserError(
        "Everybody in {room} with the role {role} is a host, and hosts are protected. Remove them by name.",
        room=room,
        role=role,
    ).at("role")


async def quieten(ctx: Context, room: RoomRef, person: PersonRef) -> None:
    """Move somebody to the room's muted role while others decide, if it has one; hosts stay.

    Where that fails it is said, and nobody waits: they can be heard until somebody decides.
    """
    muted = (await ctx[RoomBook].defaults(room.id)).muted_role
    if not muted:
        return
    hosts = await live.host_roles(ctx, room)
    if muted in hosts:  # their template may have made it a host's since it was chosen
        return
    there = connections(person, await ctx.names.people(room.id))
    loud = there if not any(one.role in hosts for one in there) else ()
    asked = [
        Quiet(ctx.cause.request, someone.peer_id, room.id, someone.role, muted)
        for someone in loud
        if someone.role != muted
    ]
    if not all([await _quieten(ctx, quiet) for quiet in asked]):
        await _say_loud(ctx, person)


async def described(ctx: Context, room: RoomRef, now: live.Live, there: Sequence[PersonRef]) -> list[Reply]:
    """Somebody as a card shows them: role, since when, what is on, and whether they are muted meanwhile."""
    devices = Counted(len(there), "device", "devices")
    name = now.stakes(there).called(there[0].key)  # no sentence: the row sets it off as well as quotes do
    facts = [Reply("{name} · {role}", name=name, role=there[0].role)]
    facts += [Reply("{devices}", devices=devices)] if len(there) > 1 else []
    since = min((now.joined[one.peer_id] for one in there if one.peer_id in now.joined), default=None)
    facts += [Reply("in for {span}", span=roughly(ctx.now - since))] if since else []
    facts += await _on(ctx, room, there)
    quiet = await quiet_role(ctx, room, now, there)
    return [*facts, *([Reply("muted meanwhile, in the role {role}", role=quiet)] if quiet else [])]


async def glance(ctx: Context, room: RoomRef, person: PersonRef) -> None:
    """Ask what somebody shows of themselves beside a look into the room: ``described`` has it then.

    Within one look (``bot.hms.one_look``) the same is asked of 100ms once.
    """
    await _tracks(ctx, room, person.peer_id)


async def _on(ctx: Context, room: RoomRef, there: Sequence[PersonRef]) -> list[Reply]:
    """What somebody shows of themselves now."""
    tracks = await gather(*(_tracks(ctx, room, one.peer_id) for one in there[:DEVICES]))
    on = {track.source for each in tracks for track in each if track.type == "video" and not track.mute}
    said = (("regular", Reply("camera on")), ("screen", Reply("shares the screen")))
    return [reply for source, reply in said if source in on]


async def _tracks(ctx: Context, room: RoomRef, peer: str) -> Iterable[Track]:
    try:
        return (await ctx.hms.active_rooms.retrieve_peer(room.id, peer)).tracks.values()
    except HmsError:
        return ()  # they left a moment ago, or 100ms cannot say: no reason to keep a removal waiting


async def quiet_role(ctx: Context, room: RoomRef, now: live.Live, people: Sequence[PersonRef]) -> str:
    """The role in which these people sit while others decide about them; none for hosts."""
    if any(now.protects(someone) for someone in people):
        return ""
    muted = (await ctx[RoomBook].defaults(room.id)).muted_role
    return "" if muted in now.host_roles else muted


async def restore(ctx: Context) -> None:
    """Give those who were kept quiet for this request their role back, unless it was changed meanwhile."""
    for quiet in await ctx[Quieted].of(ctx.cause.request):
        await _restore(ctx, quiet)
    async with ctx.transaction() as tx:
        await ctx[Quieted].forget(tx, ctx.cause.request)


async def as_they_were(ctx: Context, people: Iterable[PersonRef]) -> tuple[PersonRef, ...]:
    """The same people with the roles they had before they were kept quiet for this request."""
    before = {quiet.peer_id: quiet for quiet in await ctx[Quieted].of(ctx.cause.request)}
    return tuple(_as_it_was(someone, before.get(someone.peer_id)) for someone in people)


def _as_it_was(someone: PersonRef, quiet: Quiet | None) -> PersonRef:
    if quiet is None or someone.role != quiet.muted_role:
        return someone
    return someone.model_copy(update={"role": quiet.role})


async def _quieten(ctx: Context, quiet: Quiet) -> bool:
    """Mute one connection; False where 100ms does not say that it is so."""
    async with ctx.transaction() as tx:
        await ctx[Quieted].keep(tx, quiet)
    try:
        await ctx.hms.active_rooms.update_peer(quiet.room_id, quiet.peer_id, role=quiet.muted_role)
    except NotFound:
        return True  # they left
    except HmsError:
        return False
    return True


async def _say_loud(ctx: Context, person: PersonRef) -> None:
    said = Reply(
        "100ms did not confirm that {person} is muted meanwhile: they may be heard until somebody decides "
        "(#{number}).",
        person=person,
        number=ctx.cause.request,
    )
    async with ctx.transaction() as tx:
        for place in ctx.cause.places:
            await ctx.show(tx, f"loud:{ctx.cause.request}", Place(place), said)


async def _restore(ctx: Context, quiet: Quiet) -> None:
    try:
        peer = await ctx.hms.active_rooms.retrieve_peer(quiet.room_id, quiet.peer_id)
        if peer.role == quiet.muted_role:
            await ctx.hms.active_rooms.update_peer(quiet.room_id, quiet.peer_id, role=quiet.role)
    except NotFound:
        return  # they left, and come back with the role they join with


async def _keys(ctx: Context, room: RoomRef, role: str) -> Sequence[str]:
    agreed = ctx.request.stakes if ctx.request else None
    if agreed:
        return list(agreed.targets)
    now = await live.find(ctx, room)
    return [someone.key for someone in with_role(now, role).hit] if now else []


def _with_key(key: str, role: str, here: Iterable[PersonRef]) -> list[PersonRef]:
    """Who had this key when the yes was given; also where others claim the same user id since."""
    mine = (someone for someone in here if someone.role == role or someone.key == key)
    return [someone for someone in mine if key in {someone.key, someone.user_id}]


async def _peer_ids(ctx: Context, room: RoomRef, find: Find) -> Sequence[str]:
    return [someone.peer_id for someone in find(await ctx.names.people(room.id))]


async def _remove_peer(ctx: Context, room: RoomRef, peer_id: str, reason: str) -> bool:
    """Whether it was we who took them out: they may leave by themselves in this very moment."""
    is_out = _is_out(ctx, room, peer_id)

    async def call() -> bool:
        try:
            await ctx.hms.active_rooms.remove_peers(room.id, peer_id=peer_id, reason=reason or None)
        except NotFound:
            if await is_out():
                return False
            raise
        return True

    return await ctx.once("remove", peer_id, call, read_back=is_out) is not False


def _is_out(ctx: Context, room: RoomRef, peer_id: str) -> Callable[[], Awaitable[bool]]:
    """Looks whether a removal that was cut off happened."""

    async def look() -> bool:
        try:
            await ctx.hms.active_rooms.retrieve_peer(room.id, peer_id)
        except NotFound:
            return True
        return False

    return look
