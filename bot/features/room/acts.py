"""What is done to a room; commands and reactions both call it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import asked, live
from bot.features.room.locks import Lock, Locks
from bot.hms import NotFound
from bot.reply import Counted
from bot.request.request import Request
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
    await end_session(ctx, Ending(room, session, reason, lock))
    return people


async def end_if_running(ctx: Context, ending: Ending) -> Counted | None:
    """End one session; answers for how many people it was, None when it was over already."""
    seen = await asked.first_seen(ctx, "see planned end", ending.session, lambda: _seen(ctx, ending.room))
    if seen is None or seen[0] != ending.session:
        return None
    await end_session(ctx, ending)
    return Counted(seen[1], "person", "people")


async def end_session(ctx: Context, ending: Ending) -> None:
    """End one session, once; with ``lock`` 100ms closes the room in the same call, and we remember it."""
    room = ending.room

    async def call() -> None:
        await ctx.hms.active_rooms.end_room(room.id, reason=ending.reason or None, lock=ending.lock)

    await ctx.once("end room", ending.session, call, read_back=_is_over(ctx, ending))
    request = await asked.request(ctx)
    async with ctx.transaction() as tx:
        await ctx[Timers].cancel(tx, END, room.id)
        if ending.lock:
            await ctx[Locks].put(tx, _lock(ctx, room, request, why=ending.reason, until=None))
            await ctx[Timers].cancel(tx, UNLOCK, room.id)


async def end_later(
    ctx: Context, room: RoomRef, after: timedelta, *, reason: str = "", lock: bool = False
) -> datetime:
    """Plan the end of the session that runs now; answers the moment, counted from when it was agreed to."""
    session, _ = await _session(ctx, room)
    request = await asked.request(ctx)
    at = (request.decided_at or request.asked_at) + after
    payload = {
        "request": ctx.request,
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
    async with ctx.transaction() as tx:
        planned = await ctx[Timers].pending(tx, kind=END, subject_prefix=room.id)
    return planned[0].fire_at if planned else None


async def lock(ctx: Context, room: RoomRef, *, why: str = "", until: datetime | None = None) -> None:
    """Close a room to whoever is not inside; until a moment, or until somebody opens it."""
    request = await asked.request(ctx)
    await ctx.hms.rooms.set_enabled(room.id, enabled=False)
    async with ctx.transaction() as tx:
        await ctx[Locks].put(tx, _lock(ctx, room, request, why=why, until=until))
        await ctx[Timers].cancel(tx, UNLOCK, room.id)
        if until:
            payload = {"request": ctx.request, "room": room.model_dump(mode="json")}
            await ctx[Timers].set(tx, Timer(UNLOCK, room.id, until, payload))


async def unlock(ctx: Context, room: RoomRef) -> bool:
    """Open a room, and forget who closed it and until when; False when it was open already."""
    locked = await asked.first_seen(ctx, "see lock", room.id, lambda: _is_locked(ctx, room))
    await ctx.hms.rooms.set_enabled(room.id, enabled=True)
    async with ctx.transaction() as tx:
        await forget_lock(ctx, tx, room)
    return bool(locked)


async def forget_lock(ctx: Context, tx: AsyncConnection, room: RoomRef) -> None:
    """Forget who closed a room, and the moment it was to open by itself."""
    await ctx[Locks].lift(tx, room.id)
    await ctx[Timers].cancel(tx, UNLOCK, room.id)


def _lock(ctx: Context, room: RoomRef, request: Request, *, why: str, until: datetime | None) -> Lock:
    by = request.actor
    return Lock(room.id, by.id, by.name, why, ctx.now, until, request.id)


async def _session(ctx: Context, room: RoomRef) -> tuple[str, Counted]:
    """The session that the yes was given to, and how many people are in it."""
    agreed = await asked.stakes(ctx)
    seen = await asked.first_seen(ctx, "see session", room.id, lambda: _seen(ctx, room))
    if seen is None:
        raise live.nobody(room)
    session, people = seen
    if agreed and agreed.session != session:
        raise UserError("Another session runs in {room} by now, so nothing was ended. Ask again.", room=room)
    return session, Counted(people, "person", "people")


async def _is_locked(ctx: Context, room: RoomRef) -> bool:
    return not (await ctx.hms.rooms.retrieve(room.id)).enabled


async def _seen(ctx: Context, room: RoomRef) -> tuple[str, int] | None:
    now = await live.find(ctx, room)
    return (now.session, len(now.here)) if now else None


def _is_over(ctx: Context, ending: Ending) -> Callable[[], Awaitable[bool]]:
    """Looks whether an end that was cut off happened: that session no longer runs."""

    async def look() -> bool:
        try:
            return (await ctx.hms.active_rooms.retrieve(ending.room.id)).session.id != ending.session
        except NotFound:
            return True

    return look
