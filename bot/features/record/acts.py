"""What is done about the recording of a room; commands and reactions both call it."""

from datetime import datetime
from functools import partial

from pydantic import SecretStr

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.record import telling, watching
from bot.features.room import beams, finding, meeting, pausing
from bot.hms import Conflict, Forbidden, Invalid, NotFound, Recording
from bot.reply import RECORDING, Invocation, Reply, Stakes
from bot.work import Timers


async def recorded(ctx: Context, room: RoomRef) -> Recording:
    """The recording that runs in a room; UserError where none does."""
    found = await newest_running(ctx, room)
    if found is None:
        raise nothing(room)
    return found


async def newest_running(ctx: Context, room: RoomRef) -> Recording | None:
    """The recording that runs in a room, if one does: one call."""
    page = await ctx.hms.recordings.list(room_id=room.id)
    return next((one for one in page.data if one.is_running), None)


async def start(ctx: Context, room: RoomRef, order: meeting.Order) -> beams.Started:
    """Start recording a room, once.

    UserError where its slot is taken, where it is locked, or where 100ms cannot tell how to come in.
    """
    seen = await beams.seen(ctx, room)
    if seen.held:
        raise taken(room, seen.held)
    how = await meeting.completed(ctx, room, order)

    async def call() -> str:
        found = await ctx.hms.recordings.start_for_room(
            room.id,
            meeting_url=SecretStr(how.link) if how.link else None,
            destination=how.destination or None,
        )
        return found.id

    async def runs() -> bool:
        return await newest_running(ctx, room) is not None

    try:
        started = await ctx.once("start recording", room.id, call, read_back=runs)
    except Conflict as error:
        raise taken(room, await beams.holding(ctx, room)) from error
    except Forbidden as error:
        raise await meeting.barred(ctx, room, error) from error
    except Invalid as error:
        raise meeting.no_way_in(room, error, Invocation("record start", room=room.id)) from error
    recording = started or (await recorded(ctx, room)).id
    await _look_after(ctx, room, recording)
    async with ctx.transaction() as tx:  # its room has one slot, so that one before it is over
        await ctx.road.done(tx, (Invocation("record stop", room=room), telling.ended(room)))
    return beams.Started(recording, alone=not seen.session)


async def _look_after(ctx: Context, room: RoomRef, recording: str) -> None:
    """Have a recording looked after in a minute, also where 100ms reports nothing."""
    async with ctx.transaction() as tx:
        look = watching.first_look(room, recording, ctx, ctx.now + watching.MINUTE)
        await ctx[Timers].set(tx, look)


async def stop(ctx: Context, room: RoomRef, recording: str, *, every: bool = False) -> datetime | None:
    """Stop one recording, or every one of its room; answers since when it ran. UserError where it is over."""
    began = await ctx.first_seen("see recording", recording, lambda: _began(ctx, room, recording))
    those, one = ctx.hms.recordings.stop_for_room, ctx.hms.recordings.stop
    stops = partial(those, room.id) if every else partial(one, recording)
    look = partial(ctx.hms.recordings.get, recording)
    await beams.stop(ctx, "stop recording", recording, stops, look, over(room))
    await _look_after(ctx, room, recording)
    return datetime.fromisoformat(began) if began else None


async def check_started(ctx: Context, room: RoomRef) -> None:
    """UserError where nothing records a room, or what does is just starting."""
    if (await recorded(ctx, room)).is_starting:
        raise _starting(room)


async def switch(ctx: Context, room: RoomRef, *, paused: bool) -> None:
    """Pause the recording of a room, or resume it: asked for also where it is so as far as we know.

    100ms does not say whether it is, and somebody may have switched it elsewhere.
    """
    await check_started(ctx, room)
    calls = ctx.hms.recordings.pause_for_room, ctx.hms.recordings.resume_for_room
    try:
        await (calls[0] if paused else calls[1])(room.id)
    except NotFound as error:
        raise nothing(room) from error


async def paused(ctx: Context, room: RoomRef, recording: Recording) -> pausing.Paused | None:
    """Who paused a recording and when, where it is paused as far as anybody here knows."""
    if not recording.is_running:
        return None
    return await pausing.paused(ctx, room, recording.started_at or recording.created_at)


async def agreed(ctx: Context, room: RoomRef) -> str:
    """The id of the recording that the yes was given to, else of the one that runs now."""
    return await beams.meant(ctx, room, RECORDING, recorded)


async def find(ctx: Context, room: RoomRef, recording: str = "") -> Recording:
    """One recording of a room with its files, the newest if none is named; UserError where there is none."""
    wanted = recording or await _newest(ctx, room)
    return await finding.in_room(ctx.hms.recordings.get(wanted), room, _unknown(room, wanted))


def stakes_of(recording: Recording) -> Stakes:
    """What the yes to its stop is given to."""
    return Stakes(session=recording.session_id, running={recording.id: RECORDING}, since=recording.started_at)


def nothing(room: RoomRef) -> UserError:
    """The sentence for a room that nobody records."""
    return UserError("Nothing records {room}. Start: `/hms record start`.", room=room)


def _starting(room: RoomRef) -> UserError:
    return UserError("The recording of {room} is just starting. Try again in a moment.", room=room)


def over(room: RoomRef) -> UserError:
    """The sentence for a recording that somebody else was faster to stop."""
    return UserError("That recording of {room} is over already. See its files: `/hms asset list`.", room=room)


def taken(room: RoomRef, held: beams.Holding | None) -> UserError:
    """Why a room cannot be recorded: what has its one slot, since when."""
    if held is None or held.stopping:  # 100ms refused, and what it meant has gone since, or is about to
        return UserError(
            "What recorded or streamed {room} before is still on its way out. Try again in a minute.",
            room=room,
        )
    if held.kind == RECORDING:
        return UserError(
            "{room} is recorded already, since {since}. See it: `/hms record show`.",
            room=room,
            since=held.since,
        )
    return UserError(
        "A stream to other platforms has gone out of {room} since {since}, and 100ms records a room or "
        "streams it so, not both. Start when the stream has stopped: `/hms status` shows what runs.",
        room=room,
        since=held.since,
    )


async def _began(ctx: Context, room: RoomRef, recording: str) -> str | None:
    found = await find(ctx, room, recording)
    began = found.started_at or found.created_at
    return began.isoformat() if began else None


async def _newest(ctx: Context, room: RoomRef) -> str:
    page = await ctx.hms.recordings.list(room_id=room.id)
    if not page.data:
        raise UserError("{room} was never recorded. Start: `/hms record start`.", room=room)
    return page.data[0].id


def _unknown(room: RoomRef, recording: str) -> UserError:
    return UserError(
        "{room} has no recording {recording}. See which it has: `/hms record list`.",
        room=room,
        recording=recording,
    ).at("recording")


def again(room: RoomRef) -> Reply:
    """The words on the button that records a room once more."""
    return Reply("Record {room} again", room=room)
