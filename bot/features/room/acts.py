"""What is done to a room; commands and reactions both call it."""

from asyncio import gather
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import live
from bot.features.room.locks import Lock, Locks
from bot.reply import Counted
from bot.work import Moment, Timer, Timers

END = Moment("end room")
UNLOCK = Moment("unlock room")


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


async def end(ctx: Context, room: RoomRef, *, reason: str = "", lock: bool = False) -> Counted:
    """End the session that the yes was given to; answers for how many people it was.

    UserError when that session is over, also when another has begun since.
    """
    session, people = await session_of(ctx, room)
    ending = Ending(room, session, reason, lock)
    if not await end_session(ctx, ending, people=people.number):
        raise await _not_that_session(ctx, room)
    async with ctx.transaction() as tx:
        await note_end(ctx, tx, ending)
    return people


async def end_session(ctx: Context, ending: Ending, *, people: int | None = None) -> Ended | None:
    """End one session, once; None when it no longer runs, and nothing was done.

    With ``lock`` 100ms closes the room in the same call. ``people`` are counted where nobody has.
    """
    room = ending.room

    async def call() -> dict[str, Any]:
        here = live.counted(await ctx.names.people(room.id)).number if people is None else people
        if await live.session(ctx, room) != ending.session:  # 100ms ends whatever runs, whoever it is for
            return {"over": True}
        await ctx.hms.active_rooms.end_room(room.id, reason=ending.reason or None, lock=ending.lock)
        return {"people": here}

    result = await ctx.once("end room", ending.session, call, read_back=_is_over(ctx, ending))
    if result is None:
        return Ended(people)
    return None if "over" in result else Ended(result["people"])


async def note_end(ctx: Context, tx: AsyncConnection, ending: Ending) -> None:
    """Write down what an end brings with it: nothing is planned any more, and who locked the room."""
    await ctx[Timers].cancel(tx, END.kind, ending.room.id)
    if ending.lock:
        await ctx[Locks].put(tx, _lock(ctx, ending.room, why=ending.reason, until=None))
        await ctx[Timers].cancel(tx, UNLOCK.kind, ending.room.id)


async def lock(ctx: Context, room: RoomRef, *, why: str = "", opening: Timer | None = None) -> None:
    """Close a room to whoever is not inside; until its ``opening``, or until somebody opens it."""
    await ctx.hms.rooms.set_enabled(room.id, enabled=False)
    async with ctx.transaction() as tx:
        until = opening.fire_at if opening else None
        await ctx[Locks].put(tx, _lock(ctx, room, why=why, until=until))
        await ctx[Timers].cancel(tx, UNLOCK.kind, room.id)
        await ctx[Timers].set(tx, *([opening] if opening else []))


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
    await ctx[Timers].cancel(tx, UNLOCK.kind, room.id)


def _lock(ctx: Context, room: RoomRef, *, why: str, until: datetime | None) -> Lock:
    by = ctx.cause.by
    return Lock(room.id, by.user, by.name, why, ctx.now, until, ctx.cause.request)


async def session_of(ctx: Context, room: RoomRef) -> tuple[str, Counted]:
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


async def _is_locked(ctx: Context, room: RoomRef) -> bool:
    return not (await ctx.hms.rooms.retrieve(room.id)).enabled


async def _seen(ctx: Context, room: RoomRef) -> tuple[str, int] | None:
    session, people = await gather(live.session(ctx, room), ctx.names.people(room.id))
    return (session, live.counted(people).number) if session else None


def _is_over(ctx: Context, ending: Ending) -> Callable[[], Awaitable[bool]]:
    """Looks whether an end that was cut off happened: that session no longer runs."""

    async def look() -> bool:
        return await live.session(ctx, ending.room) != ending.session

    return look
