"""What rooms do when the clock says so: each only what an approved request provided for."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.command.ports import Place
from bot.features.room import acts
from bot.features.room.locks import Lock, Locks
from bot.reply import Counted, Reply, Undo
from bot.request.request import Cause
from bot.work import EffectUnknown

Reaction = Callable[[Context, Mapping[str, Any]], Awaitable[None]]


async def end_room(ctx: Context, planned: Mapping[str, Any]) -> None:
    """End the session that ``end-room --in`` was asked for; one that began later stays."""
    room = RoomRef.model_validate(planned["room"])
    ending = acts.Ending(room, planned["session"], planned["reason"], lock=planned["lock"])
    said = await _end(ctx, ending)
    async with ctx.transaction() as tx:
        await _tell(ctx, tx, said)


async def unlock_room(ctx: Context, planned: Mapping[str, Any]) -> None:
    """Open a room whose ``room lock --until`` is over; a lock that was put on it since stays."""
    room = RoomRef.model_validate(planned["room"])
    lock = await ctx[Locks].of(room.id)
    if lock is None or lock.request != ctx.cause.request:
        return
    await ctx.hms.rooms.set_enabled(room.id, enabled=True)
    async with ctx.transaction() as tx:
        await acts.forget_lock(ctx, tx, room)
        await _tell(ctx, tx, _unlocked(room, lock))


REACTIONS: Mapping[str, Reaction] = {acts.END: end_room, acts.UNLOCK: unlock_room}


async def _tell(ctx: Context, tx: AsyncConnection, reply: Reply) -> None:
    """Say it where the request was asked, once however often the reaction is run."""
    for place in ctx.cause.places:
        await ctx.post(tx, f"reaction:{ctx.cause.request}:{place}", Place(place), reply)


async def _end(ctx: Context, ending: acts.Ending) -> Reply:
    try:
        people = await acts.end_if_running(ctx, ending)
    except EffectUnknown:
        return _unclear(ending, ctx.cause)
    return _ended(ending, ctx.cause, people) if people else _over(ending, ctx.cause)


def _ended(ending: acts.Ending, cause: Cause, people: Counted) -> Reply:
    if ending.lock:
        return Reply(
            "Ended {room} for {people} and locked it, as {by} asked in request {request}.",
            room=ending.room,
            people=people,
            by=cause.by,
            request=cause.request,
            undo=Undo("room unlock", room=ending.room),
        )
    return Reply(
        "Ended {room} for {people}, as {by} asked in request {request}.",
        room=ending.room,
        people=people,
        by=cause.by,
        request=cause.request,
    )


def _over(ending: acts.Ending, cause: Cause) -> Reply:
    return Reply(
        "The session in {room} was over before request {request} by {by} could end it. Nothing was done.",
        room=ending.room,
        by=cause.by,
        request=cause.request,
    )


def _unclear(ending: acts.Ending, cause: Cause) -> Reply:
    return Reply(
        "100ms did not say whether it ended {room}, as {by} asked in request {request}. Look: /hms status.",
        room=ending.room,
        by=cause.by,
        request=cause.request,
    )


def _unlocked(room: RoomRef, lock: Lock) -> Reply:
    return Reply(
        "Unlocked {room}: the lock by {by} (request {request}) was until {until}.",
        room=room,
        by=lock.by,
        request=lock.request,
        until=lock.until,
    )
