"""What is done about the stream of a room to other platforms, of which one runs at a time."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from pydantic import SecretStr

from bot.command import Ambiguous, Context, RoomRef
from bot.errors import UserError
from bot.features.room import beams, finding, meeting
from bot.features.stream import targets, watching
from bot.hms import Conflict, ExternalStream, Forbidden, Invalid
from bot.reply import STREAM, Button, Invocation, Stakes
from bot.work import Timers


async def start(
    ctx: Context, room: RoomRef, names: Sequence[str], order: meeting.Order, *, record: bool
) -> beams.Started:
    """Stream a room to its targets, once.

    UserError where its slot is taken, where it is locked, or where 100ms cannot tell how to come in.
    """
    again = Invocation("stream start", targets=list(names), room=room.id, record=record)
    seen = await beams.seen(ctx, room)
    if seen.held:
        raise taken(room, seen.held, again)
    pushed = targets.addresses(ctx, await targets.named(ctx, room, names))
    how = await meeting.completed(ctx, room, order)

    async def call() -> str:
        found = await ctx.hms.external_streams.start_for_room(
            room.id,
            pushed,
            meeting_url=SecretStr(how.link) if how.link else None,
            recording=record or None,
            destination=how.destination or None,
        )
        return found.id

    async def runs() -> bool:
        return await newest_running(ctx, room) is not None

    try:
        started = await ctx.once("start stream", room.id, call, read_back=runs)
    except Conflict as error:
        raise taken(room, await beams.holding(ctx, room), again) from error
    except Forbidden as error:
        raise await meeting.barred(ctx, room, error) from error
    except Invalid as error:
        raise meeting.no_way_in(room, error, again) from error
    stream = started or (await running(ctx, room)).id
    await _look_after(ctx, room, stream)
    return beams.Started(stream, alone=not seen.session)


async def stop(ctx: Context, room: RoomRef, stream: str, *, every: bool = False) -> datetime | None:
    """Stop one stream, or every one of its room; answers since when it ran. UserError where it is over."""
    began = await ctx.first_seen("see stream", stream, lambda: _began(ctx, room, stream))
    those, one = ctx.hms.external_streams.stop_for_room, ctx.hms.external_streams.stop
    stops = partial(those, room.id) if every else partial(one, stream)
    look = partial(ctx.hms.external_streams.get, stream)
    await beams.stop(ctx, "stop stream", stream, stops, look, over(room))
    return datetime.fromisoformat(began) if began else None


async def agreed(ctx: Context, room: RoomRef) -> str:
    """The id of the stream that the yes was given to, else of the one that runs now."""
    return await beams.meant(ctx, room, STREAM, running)


async def running(ctx: Context, room: RoomRef) -> ExternalStream:
    """The stream that goes out of a room; UserError where none does."""
    found = await newest_running(ctx, room)
    if found is None:
        raise UserError(
            "Nothing streams {room} to other platforms. See its targets: `/hms stream start`.", room=room
        )
    return found


async def newest_running(ctx: Context, room: RoomRef) -> ExternalStream | None:
    """The stream that goes out of a room, if one does: one call."""
    page = await ctx.hms.external_streams.list(room_id=room.id)
    return next((one for one in page.data if one.is_running), None)


async def find(ctx: Context, room: RoomRef, stream: str = "") -> ExternalStream:
    """One stream of a room, the newest if none is named; UserError where there is none."""
    wanted = stream or await _newest(ctx, room)
    return await finding.in_room(ctx.hms.external_streams.get(wanted), room, _unknown(room, wanted))


def stakes_of(stream: ExternalStream) -> Stakes:
    """What the yes to its stop is given to."""
    return Stakes(session=stream.session_id, running={stream.id: STREAM}, since=stream.started_at)


def over(room: RoomRef) -> UserError:
    """The sentence for a stream that somebody else was faster to stop."""
    return UserError("That stream of {room} is over already. See it: `/hms stream show`.", room=room)


def taken(room: RoomRef, held: beams.Holding | None, again: Invocation) -> UserError:
    """Why a room cannot be streamed: what has its one slot since when, and what works instead."""
    if held is None or held.stopping:  # 100ms refused, and what it meant has gone since, or is about to
        wait = Ambiguous(
            "What recorded or streamed {room} before is still on its way out. Try again in a minute.",
            room=room,
        )
        return wait.offering([Button("Try again", again)])
    if held.kind == STREAM:
        return UserError(
            "{room} is streamed already, since {since}. See where to: `/hms stream show`.",
            room=room,
            since=held.since,
        )
    return _recorded(room, held, again)


def _recorded(room: RoomRef, held: beams.Holding, again: Invocation) -> UserError:
    """A recording has the slot: the stream can keep one itself, once the other has stopped."""
    both = Invocation(again.command, **{**again.arguments, "record": True})
    stops = Invocation("record stop", room=room, recording=held.id)
    recorded = Ambiguous(
        "{room} is recorded since {since}, and 100ms records a room or streams it to other platforms, not "
        "both. A stream can keep a recording itself: stop this one, then start with `--record`.",
        room=room,
        since=held.since,
    )
    return recorded.offering([Button("Stop recording…", stops), Button("Stream and record…", both)])


async def _look_after(ctx: Context, room: RoomRef, stream: str) -> None:
    """Have a stream looked after, also where 100ms reports nothing; one before it is over by now."""
    async with ctx.transaction() as tx:
        look = watching.first_look(room, stream, ctx, ctx.now + watching.MINUTE)
        await ctx[Timers].set(tx, look)
        await ctx.road.done(tx, (Invocation("stream stop", room=room), watching.ended(room)))


async def _began(ctx: Context, room: RoomRef, stream: str) -> str | None:
    found = await find(ctx, room, stream)
    began = found.started_at or found.created_at
    return began.isoformat() if began else None


async def _newest(ctx: Context, room: RoomRef) -> str:
    page = await ctx.hms.external_streams.list(room_id=room.id)
    if not page.data:
        raise UserError("{room} was never streamed to other platforms.", room=room)
    return page.data[0].id


def _unknown(room: RoomRef, stream: str) -> UserError:
    return UserError(
        "{room} has no stream {stream}. See which it has: `/hms stream list`.", room=room, stream=stream
    ).at("stream")
