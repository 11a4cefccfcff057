"""What is planned for a room: ends that come by themselves, locks that open by themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef, Warnings
from bot.errors import UserError
from bot.features.room import acts, cards, stopping
from bot.features.room.book import RoomBook
from bot.features.room.reactions import EndWarning, PlannedEnd
from bot.features.room.stops import USUAL, Note, Stop, Stops, in_order
from bot.reply import Reply
from bot.work import Timer, Timers


async def warnings(ctx: Context, room: RoomRef, said: Warnings | None) -> tuple[int, ...]:
    """How many minutes before an end people are warned: as was said, else as the room's default is."""
    if said:
        return said.minutes
    default = (await ctx[RoomBook].defaults(room.id)).warnings
    return USUAL if default is None else default


async def end_later(
    ctx: Context,
    room: RoomRef,
    at: datetime,
    *,
    counted: bool = False,
    warn: Warnings | None = None,
    reason: str = "",
    lock: bool = False,
) -> Stop:
    """Plan the end of the session that runs now: ``counted`` in minutes, else at a time of day."""
    stakes = await acts.at_stake(ctx, room)
    stop = Stop(
        id=str(ctx.cause.request),
        room=room,
        ends_at=at,
        cause=ctx.cause,
        session=stakes.session,
        counted=counted,
        warn=await warnings(ctx, room, warn),
        lock=lock,
        reason=reason,
        people=stakes.people,
    )
    async with ctx.transaction() as tx:
        await plan(ctx, tx, stop)
    return stop


async def plan(ctx: Context, tx: AsyncConnection, stop: Stop) -> None:
    """Let a stop be there, with its moments and on the card of its room; planned twice it is one."""
    held = await ctx[Stops].held(tx, stop.room.id)
    if any(each.id == stop.id for each in held):
        return
    new = replace(stop, card=stop.id)
    await ctx[Stops].add(tx, new)
    await arm(ctx, tx, new)
    await stopping.lower(ctx, tx, held, new)
    await stopping.show(ctx, tx, in_order([*(replace(each, card=new.id) for each in held), new]))


async def arm(ctx: Context, tx: AsyncConnection, stop: Stop) -> None:
    """Set the end of a stop and every warning that is still to come; what was set before is replaced."""
    end, warning = stop.kinds
    about: dict[str, Any] = {"stop": stop.id, "room": stop.room}
    payload = PlannedEnd(**about).model_dump(mode="json")
    wanted = [Timer(end.kind, stop.id, stop.ends_at, payload, stop.cause.json())]
    for minutes, at in stop.warnings(ctx.now):
        payload = EndWarning(minutes=minutes, **about).model_dump(mode="json")
        subject = stopping.moment_of(stop, minutes)
        wanted.append(Timer(warning.kind, subject, at, payload, stop.cause.json()))
    await ctx[Timers].set(tx, *wanted)


async def extend(
    ctx: Context,
    room: RoomRef,
    by: timedelta,
    stop: str = "",
    *,
    opens: datetime | None,
    own: datetime | None = None,
) -> Reply:
    """Move the nearest end of a room, or one ``stop``, and no other, by exactly so much.

    ``opens`` is when its hours open it next: behind that their end is none any more; at ``own`` 100ms ends
    the session by itself. Answers what is said of it. UserError when no end is planned, or that one is over
    by now.
    """
    async with ctx.transaction() as tx:
        held = await ctx[Stops].held(tx, room.id)
        done = next((note for each in held if (note := each.note_of(ctx.cause.request))), None)
        if done:  # by this request, before it was cut off
            return done.said
        moved = chosen(room, held, stop).moved(by)
        if moved.ends_at <= ctx.now:
            raise UserError("{at} has passed too, so the end of {room} stays.", at=moved.ends_at, room=room)
        said = cards.gave(ctx.actor.mention, by, moved, held, opens)
        said += cards.cut(own, moved.ends_at)
        moved = moved.read_in(ctx.cause.places).noted(Note(ctx.cause.request, said))
        await ctx[Stops].save(tx, moved)
        await arm(ctx, tx, moved)
        await stopping.show(ctx, tx, in_order(moved if each.id == moved.id else each for each in held))
    return said


async def call_off(ctx: Context, room: RoomRef, stop: str = "") -> Reply:
    """Take the nearest end of a room away, or one ``stop``; what else ends it stays.

    Answers what is said of it. UserError when no end is planned, or that one is over by now.
    """
    seen = await ctx.first_seen("see stop", room.id, lambda: _seen(ctx, room, stop))
    said = cards.called_off(ctx.actor.mention, room, datetime.fromisoformat(seen["at"]))
    async with ctx.transaction() as tx:
        held = await ctx[Stops].held(tx, room.id)
        gone = [each.read_in(ctx.cause.places) for each in held if each.id == seen["id"]]
        if not gone:  # by this request, before it was cut off, or by somebody at the same moment
            return cards.not_planned(room, datetime.fromisoformat(seen["at"]))
        await _take_away(ctx, tx, gone[0], held, said)
    return said


async def _seen(ctx: Context, room: RoomRef, stop: str) -> dict[str, str]:
    nearest = chosen(room, await planned(ctx, room), stop)
    return {"id": nearest.id, "at": nearest.ends_at.isoformat()}


async def _take_away(
    ctx: Context, tx: AsyncConnection, gone: Stop, held: Sequence[Stop], said: Reply
) -> None:
    """Forget one stop; the card goes on with those that are left, or says that there is none."""
    left = [each for each in held if each.id != gone.id]
    if not left:
        await stopping.over(ctx, tx, [gone], said)
        return
    await stopping.forget(ctx, tx, gone)
    left[0] = left[0].read_in(ctx.cause.places).noted(Note(ctx.cause.request, said))
    await ctx[Stops].save(tx, left[0])
    await stopping.show(ctx, tx, left)


async def planned(ctx: Context, room: RoomRef) -> tuple[Stop, ...]:
    """Every end that is planned for a room, the nearest first."""
    return await ctx[Stops].of(room.id)


def chosen(room: RoomRef, held: Sequence[Stop], stop: str = "") -> Stop:
    """The nearest stop, or the one that is named; UserError where it is not there any more."""
    found = next((each for each in held if stop in {"", each.id}), None)
    if found:
        return found
    if held:
        raise UserError(
            "That end of {room} is not planned, or no longer is. The next one is planned for {at}.",
            room=room,
            at=held[0].ends_at,
        )
    raise UserError("No end is planned for {room}, so nothing was changed. See it: `/hms status`.", room=room)


async def lock_until(
    ctx: Context, room: RoomRef, until: datetime, *, why: str = "", keep: bool = False
) -> None:
    """Close a room until a moment, to ``keep`` closed till then though its hours begin.

    What that means for the door then, only its hours know.
    """
    payload = {"room": room.model_dump(mode="json")}
    opening = Timer(acts.UNLOCK.kind, room.id, until, payload, ctx.cause.json())
    await acts.lock(ctx, room, why=why, opening=opening, keep=keep)
