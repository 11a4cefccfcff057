"""What is done to a room; commands and reactions both call it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.errors import Unclear, UserError
from bot.features.room import cards, live, stopping
from bot.features.room.cache import RoomCache
from bot.features.room.locks import Lock, Locks
from bot.hms import HmsError, NotFound, Unknown
from bot.reply import RECORDING, Counted, Invocation, Reply, Stakes, Term, roughly, what_runs
from bot.work import EffectUnknown, Moment, Timer, Timers

UNLOCK = Moment("unlock room", counted=False)


@dataclass(frozen=True)
class Ending:
    """One session to be ended, by its id: another one in the same room is none of its business."""

    room: RoomRef
    session: str
    reason: str = ""
    lock: bool = False


@dataclass(frozen=True)
class Ended:
    """For how many people a session was ended; None where whoever counted them is gone."""

    people: int | None


async def end(ctx: Context, room: RoomRef, *, reason: str = "", lock: bool = False) -> Stakes:
    """End the session that the yes was given to; answers what it was, for whom and since when.

    UserError when that session is over, also when another has begun since; Unclear where nobody knows.
    """
    agreed = await at_stake(ctx, room)
    ending = Ending(room, agreed.session, reason, lock)
    try:
        ended = await _end(ctx, ending, agreed.people)
    except NotFound:
        if await live.session(ctx, room) == agreed.session:  # 100ms says both
            raise
        ended = None
    except EffectUnknown:
        if lock and await _locked_anyway(ctx, ending):
            raise Unclear(
                "100ms did not say whether it ended {room}. It is locked. Look: `/hms status`.", room=room
            ) from None
        raise
    if not ended:
        raise await _not_that_session(ctx, room)
    async with ctx.transaction() as tx:
        await note_end(ctx, tx, ending, cards.ended_by_hand(ctx.actor.mention, room))
        await ctx.road.done(tx, *_stopped(room, agreed, cards.ended(ctx.actor.mention, room)))
    return agreed


async def is_empty(ctx: Context, room: RoomRef) -> bool:
    """Whether there is nothing to end: as the yes was given to it, else as it was first seen."""
    agreed = ctx.request.stakes if ctx.request else None
    return not agreed.session if agreed else await _first_seen(ctx, room) is None


async def lock_empty(ctx: Context, room: RoomRef, why: str) -> bool:
    """Lock behind an end for which nobody was there; False where it was locked already."""
    if await ctx.first_seen("see lock", room.id, lambda: _is_locked(ctx, room)):
        return False
    await set_enabled(ctx, room, enabled=False)
    async with ctx.transaction() as tx:
        await note_lock(ctx, tx, Ending(room, session="", reason=why, lock=True))
        await ctx.road.done(tx, closed(room, Reply("{by} locked {room}.", by=ctx.cause.by, room=room)))
    return True


def said_of_end(ctx: Context, room: RoomRef, ended: Stakes, *, lock: bool) -> Reply:
    """What everybody reads of an end: who ended what for how many, after how long, what stopped with it."""
    about: dict[str, Any] = {
        "by": ctx.actor.mention,
        "room": room,
        "people": Counted(ended.people, "person", "people"),
        "span": roughly(ctx.now - ended.since) if ended.since else Term("a while"),
    }
    if lock:
        undo = cards.unlocks(room)
        said = Reply("{by} ended {room} for {people}, after {span}, and locked it.", undo=undo, **about)
    else:
        said = Reply("{by} ended {room} for {people}, after {span}.", **about)
    stopped = what_runs(ended.running.values())
    return said + Reply("{running} stopped.", running=stopped) if stopped else said


async def end_session(ctx: Context, ending: Ending) -> Ended | None:
    """End one session, once; None when it no longer runs, and nothing was done.

    With ``lock`` 100ms closes the room in the same call.
    """
    try:
        return await _end(ctx, ending)
    except NotFound:  # somebody was faster
        return None


async def _end(ctx: Context, ending: Ending, people: int | None = None) -> Ended | None:
    """The same; NotFound where 100ms says only when it is asked that nothing runs.

    ``people`` are counted where nobody has.
    """
    room = ending.room

    async def call() -> dict[str, Any]:
        here = live.counted(await ctx.names.people(room.id)).number if people is None else people
        just_now = ctx[RoomCache].ran_just_now(room.id, ending.session)
        if not just_now and await live.session(ctx, room) != ending.session:
            return {"over": True}  # 100ms ends whatever runs, whoever it is for
        with ctx[RoomCache].ends(room.id):
            await ctx.hms.active_rooms.end_room(room.id, reason=ending.reason or None, lock=ending.lock)
        return {"people": here}

    result = await ctx.once("end room", ending.session, call, read_back=_is_over(ctx, ending))
    if result is None:
        await _shut_behind(ctx, ending)
        return Ended(people)
    return None if "over" in result else Ended(result["people"])


async def _shut_behind(ctx: Context, ending: Ending) -> None:
    """Lock where that was to come with an end that was only seen: somebody else may have brought it."""
    try:
        if ending.lock:
            await set_enabled(ctx, ending.room, enabled=False)
    except HmsError as error:
        raise EffectUnknown("lock room") from error


async def _locked_anyway(ctx: Context, ending: Ending) -> bool:
    """Lock behind an end that nobody knows of, which may be repeated; False where 100ms does not say so."""
    try:
        await set_enabled(ctx, ending.room, enabled=False)
    except HmsError:
        return False
    async with ctx.transaction() as tx:
        await note_lock(ctx, tx, ending)
    return True


async def note_end(ctx: Context, tx: AsyncConnection, ending: Ending, said: Reply, stop: str = "") -> None:
    """Write down what an end brings with it: no other end of that session stands, and who locked the room.

    ``said`` stands from then on where that was told; ``stop`` is the one that brought it, if one did.
    """
    await stopping.moot(ctx, tx, ending.room.id, ending.session, said, stop)
    if ending.lock:
        await ctx.road.done(tx, closed(ending.room, cards.ended_and_locked(ctx.cause.by, ending.room)))
        await note_lock(ctx, tx, ending)


async def note_lock(ctx: Context, tx: AsyncConnection, ending: Ending) -> None:
    """Write down who locked a room behind an end; a lock that is to outlast its hours stays whose it is."""
    stands = (await ctx[Locks].held(tx, [ending.room.id])).get(ending.room.id)
    if stands is None or not stands.keep or stands.ends(ctx.now):
        await ctx[Locks].put(tx, _lock(ctx, ending.room, why=ending.reason, until=None))
        await ctx[Timers].cancel(tx, UNLOCK.kind, ending.room.id)
        await stopping.refresh(ctx, tx, ending.room.id)


async def set_enabled(ctx: Context, room: RoomRef, *, enabled: bool) -> None:
    """Open or close the door of a room; where the answer does not say that it is so, it is looked at."""
    try:
        await ctx.hms.rooms.set_enabled(room.id, enabled=enabled)
    except Unknown:
        if (await ctx.hms.rooms.retrieve(room.id)).enabled is not enabled:
            raise


async def lock(
    ctx: Context, room: RoomRef, *, why: str = "", opening: Timer | None = None, keep: bool = False
) -> None:
    """Close a room to whoever is not inside; until its ``opening``, or until somebody opens it.

    Where the room has hours it opens with the next of them, unless it is to ``keep`` closed.
    """
    await set_enabled(ctx, room, enabled=False)
    async with ctx.transaction() as tx:
        until = opening.fire_at if opening else None
        held = replace(_lock(ctx, room, why=why, until=until), keep=keep)
        await ctx[Locks].put(tx, held)
        await ctx[Timers].cancel(tx, UNLOCK.kind, room.id)
        await ctx[Timers].set(tx, *([opening] if opening else []))
        await stopping.refresh(ctx, tx, room.id)


async def unlock(ctx: Context, room: RoomRef) -> bool:
    """Open a room, and forget who closed it and until when; False when it was open already."""
    locked = await ctx.first_seen("see lock", room.id, lambda: _is_locked(ctx, room))
    await set_enabled(ctx, room, enabled=True)
    async with ctx.transaction() as tx:
        await forget_lock(ctx, tx, room)
        await stopping.refresh(ctx, tx, room.id)
    return bool(locked)


async def forget_lock(ctx: Context, tx: AsyncConnection, room: RoomRef) -> None:
    """Forget who closed a room, and the moment it was to open by itself."""
    await ctx[Locks].lift(tx, room.id)
    await ctx[Timers].cancel(tx, UNLOCK.kind, room.id)


def opened(room: RoomRef, said: Reply) -> tuple[Invocation, Reply]:
    """What cards that offer to open a room are told once it is open (``ctx.road.done``)."""
    return Invocation("room unlock", room=room), said


def closed(room: RoomRef, said: Reply) -> tuple[Invocation, Reply]:
    """What cards that offer to lock a room are told once it is locked (``ctx.road.done``)."""
    return Invocation("room lock", room=room), said


def _stopped(room: RoomRef, ended: Stakes, said: Reply) -> list[tuple[Invocation, Reply]]:
    """What cards that offer to stop a recording are told once its session was ended."""
    recordings = [one for one, kind in ended.running.items() if kind == RECORDING]
    return [(Invocation("record stop", room=room, recording=one), said) for one in recordings]


def _lock(ctx: Context, room: RoomRef, *, why: str, until: datetime | None) -> Lock:
    by = ctx.cause.by
    return Lock(room.id, by.user, by.name, why, ctx.now, until, ctx.cause.request)


async def at_stake(ctx: Context, room: RoomRef) -> Stakes:
    """The session that the yes was given to, else the one that runs now, with who and what is in it."""
    agreed = ctx.request.stakes if ctx.request else None
    if agreed:
        return agreed
    seen = await _first_seen(ctx, room)
    if seen is None:
        raise live.nobody(room)
    return Stakes.load(seen)


async def _not_that_session(ctx: Context, room: RoomRef) -> UserError:
    if await live.session(ctx, room):
        return UserError("Another session runs in {room} by now, so nothing was ended. Ask again.", room=room)
    return live.nobody(room)


async def _is_locked(ctx: Context, room: RoomRef) -> bool:
    return not (await ctx.hms.rooms.retrieve(room.id)).enabled


async def _first_seen(ctx: Context, room: RoomRef) -> dict[str, Any] | None:
    seen: dict[str, Any] | None = await ctx.first_seen("see session", room.id, lambda: _seen(ctx, room))
    return seen


async def _seen(ctx: Context, room: RoomRef) -> dict[str, Any] | None:
    now = await live.find(ctx, room, hosts=False)
    return now.stakes().json() if now else None


def _is_over(ctx: Context, ending: Ending) -> Callable[[], Awaitable[bool]]:
    """Looks whether an end that was cut off happened: that session no longer runs."""

    async def look() -> bool:
        return await live.session(ctx, ending.room) != ending.session

    return look
