"""What opens a room before its hours do, and what stands in the way of it."""

from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.command.local_time import day_of
from bot.errors import UserError
from bot.features.room.locks import Locks
from bot.features.room.stops import Stops
from bot.features.schedule import door
from bot.features.schedule.book import Window, Windows, running
from bot.features.schedule.rule import Span

NIGHT = timedelta(hours=4)  # behind midnight: what opens in them belongs to the evening before as well


async def comes(ctx: Context, window: Window, now: datetime) -> Span:
    """The span that opens next, today or in the night that follows.

    UserError where it is open already, none comes until then, or others are first.
    """
    span, kept = window.next(now), await ctx[Windows].of(window.room.id)
    several = [window if each.id == window.id else each for each in kept]
    runs = running(several, now)
    if runs and runs[0].id == window.id:
        raise UserError("{room} is open already, until {ends}.", room=window.room, ends=runs[1].ends)
    if span is None:
        raise UserError("{room} does not open again by itself. Resume its hours first.", room=window.room)
    first, opens = min(((each, each.opens(now) or span.opens) for each in several), key=lambda one: one[1])
    if opens < span.opens:
        raise UserError(
            "{room} opens for other hours first, {opens} (#{number}). Open it early for those.",
            room=window.room,
            opens=opens,
            number=first.id,
        ).at("number")
    if day_of(span.opens - NIGHT, window.rule.zone) > day_of(now, window.rule.zone):
        raise UserError(
            "{room} opens next {opens}, which is not today. Open it by hand, `/hms room unlock`, or for as "
            "long as its hours last: `/hms schedule run-now`.",
            room=window.room,
            opens=span.opens,
        )
    await _refuse_locked(ctx, window.room, now)
    return span


async def _refuse_locked(ctx: Context, room: RoomRef, at: datetime) -> None:
    """Raise UserError where a lock by hand is stronger than hours that would open a room."""
    lock = door.outlasting(await ctx[Locks].of(room.id), at)
    if lock:
        raise UserError(
            "{room} would stay locked: {by} locked it to stay so (#{number}). Open it: `/hms room unlock`.",
            room=room,
            by=lock.by,
            number=lock.request,
        )


async def lasts_now(ctx: Context, window: Window, since: datetime) -> datetime:
    """Until when a room would be open that opens at once for as long as its hours last.

    With its next opening at the latest. UserError where it is open by its hours, or would stay locked.
    """
    room = window.room
    await _refuse_locked(ctx, room, since)
    several = [stop for stop in await ctx[Stops].of(room.id) if stop.id != door.besides(ctx, window)]
    runs = running(await ctx[Windows].of(room.id), since)
    ends = [*(stop.ends_at for stop in several if stop.window), *([runs[1].ends] if runs else [])]
    if ends:
        raise UserError("{room} is open already, until {ends}.", room=room, ends=ends[0])
    opens = await door.next_opening_of(ctx, room)
    return min(filter(None, (since + window.rule.hours.lasts, opens)))
