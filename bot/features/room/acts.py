"""What is done to a room; commands and reactions both call it."""

from asyncio import gather
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import live
from bot.features.room.locks import Lock, Locks
from bot.reply import Counted
from bot.work import Timer, Timers

END = "end room"
UNLOCK = "unlock room"


@dataclass(frozen=True)
class Ending:
    """One session to be ended, by its id: another one in the same room is none of its business."""

    room: RoomRef
    session: str
    reason: str = ""
    lock: bool = False


async def end(ctx: Context, room: RoomRef, *, reason: str = "", lock: bool = False) -> Counted:
    """End the session that the yes was given to; answers for how many people it was.

    UserError when that session is over, also when another has begun since.
    """
    session, people = await _session(ctx, room)
    if not await end_session(ctx, Ending(room, session, reason, lock)):
        raise await _not_that_session(ctx, room)
    return people


async def end_if_running(ctx: Context, ending: Ending) -> Counted | None:
    """End one session; answers for how many people it was, None when it was over already."""
    here = await ctx.first_seen("see planned end", ending.session, lambda: _head_count(ctx, ending.room))
    return Counted(here, "person", "people") if await end_session(ctx, ending) else None


async def end_session(ctx: Context, ending: Ending) -> bool:
    """End one session, once; False when it no longer runs, and nothing was done.

    With ``lock`` 100ms closes the room in the same call, and we remember it.
    """
    room = ending.room

    async def call() -> bool:
        if await live.session(ctx, room) != ending.session:  # 100ms ends whatever runs, whoever it is for
            return False
        await ctx.hms.active_rooms.end_room(room.id, reason=ending.reason or None, lock=ending.lock)
        return True

    if await ctx.once("end room", ending.session, call, read_back=_is_over(ctx, ending)) is False:
        return False
    async with ctx.transaction() as tx:
        await ctx[Timers].cancel(tx, END, room.id)
        if ending.lock:
            await ctx[Locks].put(tx, _lock(ctx, room, why=ending.reason, until=None))
            await ctx[Timers].cancel(tx, UNLOCK, room.id)
    return True


async def end_later(
    ctx: Context, room: RoomRef, after: timedelta, *, reason: str = "", lock: bool = False
) -> datetime:
    """Plan the end of the session that runs now; answers the moment, counted from when it was agreed to."""
    session, _ = await _session(ctx, room)
    at = ctx.cause.since + after
    payload = {
        "request": ctx.cause.request,
        "room": room.model_dump(mode="json"),
        "session": session,
        "reason": reason,
        "lock": lock,
    }
    async with ctx.transaction() as tx:
        await ctx[Timers].set(tx, Timer(END, room.id, at, payload))
    return at


async def call_off(ctx: Context, room: RoomRef) -> None:
    """Take back a planned end; harmless when there is none."""
    async with ctx.transaction() as tx:
        await ctx[Timers].cancel(tx, END, room.id)


async def planned_end(ctx: Context, room: RoomRef) -> datetime | None:
    """When the session in a room will be ended, if that is planned."""
    async with ctx.reading() as tx:
        planned = await ctx[Timers].pending(tx, kind=END, subject_prefix=room.id)
    return planned[0].fire_at if planned else None


async def lock(ctx: Context, room: RoomRef, *, why: str = "", until: datetime | None = None) -> None:
    """Close a room to whoever is not inside; until a moment, or until somebody opens it."""
    await ctx.hms.rooms.set_enabled(room.id, enabled=False)
    async with ctx.transaction() as tx:
        await ctx[Locks].put(tx, _lock(ctx, room, why=why, until=until))
        await ctx[Timers].cancel(tx, UNLOCK, room.id)
        if until:
            payload = {"request": ctx.cause.request, "room": room.model_dump(mode="json")}
            await ctx[Timers].set(tx, Timer(UNLOCK, room.id, until, payload))


async def unlock(ctx: Context, room: RoomRef) -> bool:
    """Open a room, and forget who closed it and until when; False when it was open already."""
    locked = await ctx.first_seen("see lock", room.id, lambda: _is_locked(ctx, room))
    await ctx.hms.rooms.set_enabled(room.id, enabled=True)
    async with ctx.transaction() as tx:
        await forget_lock(ctx, tx, room)
    return bool(locked)


async def forget_lock(ctx: Context, tx: AsyncConnection, room: RoomRef) -> None:
    """Forget who closed a room, and the moment it was to open by itself."""
    await ctx[Locks].lift(tx, room.id)
    await ctx[Timers].cancel(tx, UNLOCK, room.id)


def _lock(ctx: Context, room: RoomRef, *, why: str, until: datetime | None) -> Lock:
    by = ctx.cause.by
    return Lock(room.id, by.user, by.name, why, ctx.now, until, ctx.cause.request)


async def _session(ctx: Context, room: RoomRef) -> tuple[str, Counted]:
    """The session that the yes was given to, else the one that runs now, and how many people are in it."""
    agreed = ctx.request.stakes if ctx.request else None
    if agreed:
        return agreed.session, Counted(agreed.people, "person", "people")
    seen = await ctx.first_seen("see session", room.id, lambda: _seen(ctx, room))
    if seen is None:
        raise live.nobody(room)
    return seen[0], Counted(seen[1], "person", "people")


async def _not_that_session(ctx: Context, room: RoomRef) -> UserError:
    if await live.session(ctx, room):
        return UserError("Another session runs in {room} by now, so nothing was ended. Ask again.", room=room)
    return live.nobody(room)


async def _head_count(ctx: Context, room: RoomRef) -> int:
    return len(await ctx.names.people(room.id))


async def _is_locked(ctx: Context, room: RoomRef) -> bool:
    return not (await ctx.hms.rooms.retrieve(room.id)).enabled


async def _seen(ctx: Context, room: RoomRef) -> tuple[str, int] | None:
    session, people = await gather(live.session(ctx, room), ctx.names.people(room.id))
    return (session, len(people)) if session else None


def _is_over(ctx: Context, ending: Ending) -> Callable[[], Awaitable[bool]]:
    """Looks whether an end that was cut off happened: that session no longer runs."""

    async def look() -> bool:
        return await live.session(ctx, ending.room) != ending.session

    return look
