"""What is planned for a room: ends that come by themselves, locks that open by themselves."""

from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.features.room import acts
from bot.features.room.reactions import PlannedEnd, TimedUnlock
from bot.work import Timers


async def end_later(
    ctx: Context, room: RoomRef, after: timedelta, *, reason: str = "", lock: bool = False
) -> datetime:
    """Plan the end of the session that runs now; answers the moment, counted from when it was agreed to."""
    session = (await acts.at_stake(ctx, room)).session
    at = ctx.cause.since + after
    planned = PlannedEnd(room=room, session=session, reason=reason, lock=lock)
    async with ctx.transaction() as tx:
        await ctx[Timers].set(tx, planned.timer(room.id, at, ctx.cause))
    return at


async def call_off(ctx: Context, room: RoomRef) -> None:
    """Take back a planned end; harmless when there is none."""
    async with ctx.transaction() as tx:
        await ctx[Timers].cancel(tx, PlannedEnd.kind(), room.id)


async def planned_end(ctx: Context, room: RoomRef) -> datetime | None:
    """When the session in a room will be ended, if that is planned."""
    async with ctx.reading() as tx:
        planned = await ctx[Timers].pending(tx, kind=PlannedEnd.kind(), subject_prefix=room.id)
    return planned[0].fire_at if planned else None


async def planned_ends(ctx: Context) -> dict[str, datetime]:
    """When sessions will be ended, by their rooms."""
    async with ctx.reading() as tx:
        planned = await ctx[Timers].pending(tx, kind=PlannedEnd.kind())
    return {timer.subject: timer.fire_at for timer in planned}


async def lock_until(ctx: Context, room: RoomRef, until: datetime, *, why: str = "") -> None:
    """Close a room until a moment, at which it opens by itself."""
    opening = TimedUnlock(room=room).timer(room.id, until, ctx.cause)
    await acts.lock(ctx, room, why=why, opening=opening)
