"""What is done about the live stream of a room, of which one runs at a time, also beside a recording."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from pydantic import SecretStr

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.live import watching
from bot.features.room import beams, finding, live, meeting
from bot.hms import Conflict, Forbidden, Invalid, LiveStream, NotFound, StreamRecording
from bot.reply import LIVE_STREAM, Counted, Invocation, Stakes
from bot.work import Timers

LONGEST_META = 100  # characters, by 100ms's own limit
WHOLE = StreamRecording(hls_vod=True, single_file_per_layer=True)


async def start(ctx: Context, room: RoomRef, order: meeting.Order, *, record: bool) -> beams.Started:
    """Start the live stream of a room, once.

    UserError where one runs, where the room is locked, or where 100ms cannot tell how to come in.
    """
    again = Invocation("live start", room=room.id, record=record)
    if await ctx.first_seen("see live", room.id, lambda: _is_live(ctx, room)):
        raise taken(room, await newest_running(ctx, room))
    session = await ctx.first_seen("see session", room.id, lambda: live.session(ctx, room))
    how = await meeting.completed(ctx, room, order)

    async def call() -> str:
        found = await ctx.hms.live_streams.start_for_room(
            room.id,
            meeting_url=SecretStr(how.link) if how.link else None,
            recording=WHOLE if record else None,
            destination=how.destination or None,
        )
        return found.id

    try:
        started = await ctx.once("start live", room.id, call, read_back=lambda: _is_live(ctx, room))
    except Conflict as error:
        raise taken(room, await newest_running(ctx, room)) from error
    except Forbidden as error:
        raise await meeting.barred(ctx, room, error) from error
    except Invalid as error:
        raise meeting.no_way_in(room, error, again) from error
    stream = started or (await running(ctx, room)).id
    await _look_after(ctx, room, stream)
    return beams.Started(stream, alone=not session)


async def stop(ctx: Context, room: RoomRef, stream: str, *, every: bool = False) -> datetime | None:
    """Stop one live stream, or every one of its room; answers since when it ran. UserError if it is over."""
    began = await ctx.first_seen("see stream", stream, lambda: _began(ctx, room, stream))
    those, one = ctx.hms.live_streams.stop_for_room, ctx.hms.live_streams.stop
    stops = partial(those, room.id) if every else partial(one, stream)
    look = partial(ctx.hms.live_streams.get, stream)
    await beams.stop(ctx, "stop live", stream, stops, look, over(room))
    return datetime.fromisoformat(began) if began else None


async def agreed(ctx: Context, room: RoomRef) -> str:
    """The id of the live stream that the yes was given to, else of the one that runs now."""
    return await beams.meant(ctx, room, LIVE_STREAM, running)


async def pause(ctx: Context, room: RoomRef, *, paused: bool) -> None:
    """Let a live stream keep what it shows no more for now, or again; UserError where it keeps nothing."""
    pauses, resumes = ctx.hms.live_streams.pause_recording, ctx.hms.live_streams.resume_recording
    await _recording(ctx, room, pauses if paused else resumes)


def check_meta(text: str) -> None:
    """UserError for a note that is longer than players are given."""
    if len(text) > LONGEST_META:
        raise UserError(
            "A note for the players may have {most}, and this has {length}.",
            most=Counted(LONGEST_META, "character", "characters"),
            length=len(text),
        ).at("text")


async def send_meta(ctx: Context, room: RoomRef, text: str, span: timedelta) -> None:
    """Hand the players of the audience a note, once."""
    check_meta(text)
    stream = await agreed(ctx, room)

    async def call() -> None:
        seconds = max(round(span.total_seconds()), 1)
        await ctx.hms.live_streams.send_timed_metadata(stream, text, duration=seconds)

    try:
        await ctx.once("send meta", stream, call)
    except NotFound as error:
        raise not_yet(room) from error


async def running(ctx: Context, room: RoomRef) -> LiveStream:
    """The live stream of a room; UserError where none runs."""
    found = await newest_running(ctx, room)
    if found is None:
        raise UserError("{room} is not streamed live. Start: `/hms live start`.", room=room)
    return found


async def kept(ctx: Context, room: RoomRef) -> LiveStream:
    """The live stream of a room that keeps what it shows; UserError where none does."""
    found = await running(ctx, room)
    if not keeps(found):
        raise _keeps_nothing(room)
    return found


async def newest_running(ctx: Context, room: RoomRef) -> LiveStream | None:
    """The live stream of a room, if one runs: one call."""
    page = await ctx.hms.live_streams.list(room_id=room.id)
    return next((one for one in page.data if one.is_running), None)


async def find(ctx: Context, room: RoomRef, stream: str = "") -> LiveStream:
    """One live stream of a room, the newest if none is named; UserError where there is none."""
    wanted = stream or await _newest(ctx, room)
    return await finding.in_room(ctx.hms.live_streams.get(wanted), room, _unknown(room, wanted))


def keeps(stream: LiveStream) -> bool:
    """Whether a live stream leaves files."""
    return stream.recording.hls_vod or stream.recording.single_file_per_layer


def stakes_of(stream: LiveStream) -> Stakes:
    """What the yes to its stop is given to."""
    return Stakes(session=stream.session_id, running={stream.id: LIVE_STREAM}, since=stream.started_at)


def over(room: RoomRef) -> UserError:
    """The sentence for a live stream that somebody else was faster to stop."""
    return UserError("That live stream of {room} is over already. See it: `/hms live show`.", room=room)


def not_yet(room: RoomRef) -> UserError:
    """The sentence for a live stream that is on its way, or gone."""
    return UserError(
        "The live stream of {room} is not on the air yet, or over. See how it stands: `/hms live show`.",
        room=room,
    )


def taken(room: RoomRef, found: LiveStream | None) -> UserError:
    """Why no second live stream is started."""
    since = (found.started_at or found.created_at) if found else None
    if since is None:
        return UserError(
            "The last live stream of {room} is still on its way out. Try again in a minute.", room=room
        )
    return UserError(
        "{room} is streamed live already, since {since}. See it: `/hms live show`.", room=room, since=since
    )


async def _recording(ctx: Context, room: RoomRef, switch: Callable[[str], Awaitable[LiveStream]]) -> None:
    found = await kept(ctx, room)
    try:
        await switch(found.id)
    except NotFound as error:
        raise not_yet(room) from error
    except Invalid as error:
        raise _keeps_nothing(room) from error


async def _look_after(ctx: Context, room: RoomRef, stream: str) -> None:
    """Have a live stream looked after, also where 100ms reports nothing; one before it is over by now."""
    async with ctx.transaction() as tx:
        look = watching.first_look(room, stream, ctx, ctx.now + watching.MINUTE)
        await ctx[Timers].set(tx, look)
        await ctx.road.done(tx, (Invocation("live stop", room=room), watching.ended(room)))


async def _is_live(ctx: Context, room: RoomRef) -> bool:
    return await newest_running(ctx, room) is not None


async def _began(ctx: Context, room: RoomRef, stream: str) -> str | None:
    found = await find(ctx, room, stream)
    began = found.started_at or found.created_at
    return began.isoformat() if began else None


async def _newest(ctx: Context, room: RoomRef) -> str:
    page = await ctx.hms.live_streams.list(room_id=room.id)
    if not page.data:
        raise UserError("{room} was never streamed live. Start: `/hms live start`.", room=room)
    return page.data[0].id


def _unknown(room: RoomRef, stream: str) -> UserError:
    return UserError(
        "{room} has no live stream {stream}. See which it has: `/hms live list`.", room=room, stream=stream
    ).at("stream")


def _keeps_nothing(room: RoomRef) -> UserError:
    return UserError(
        "The live stream of {room} keeps nothing that could be paused. One that does: "
        "`/hms live start --record`.",
        room=room,
    )
