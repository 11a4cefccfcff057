"""Streams to other platforms are looked after while they run: one that breaks is told, with a way on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.room import live, outages
from bot.features.stream import targets
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.hms import ExternalStream, HmsError, NotFound
from bot.reply import Button, Invocation, Reply
from bot.store import JSON
from bot.work import Moment, Timer, Timers

MINUTE = timedelta(minutes=1)


def next_look(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When a stream is looked after again: its audience is waiting."""
    return after + MINUTE


class StreamWatch(Reaction):
    """Look after one stream until it ends."""

    on = Moment("watch stream", next=next_look, counted=True)

    room: RoomRef
    stream: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look how it stands; a look that fails changes nothing, and one more comes."""
        try:
            found = await ctx.hms.external_streams.get(self.stream)
        except NotFound:
            await _no_more(ctx, self.room, self.stream)
            return
        except HmsError:
            return
        if found.status == "failed":
            await tell_failure(ctx, self.room, found, "")
        if not found.is_running:
            await _no_more(ctx, self.room, self.stream)


class StreamBegan(Reaction):
    """A stream has begun, whoever started it: from now on it is looked after."""

    on = Event("beam.started.success")

    room_id: str
    beam_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look now; what turns out to be a recording is looked after no more."""
        room, _ = await following.readers(ctx, RoomRef(id=self.room_id), Feature.STREAMS)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, first_look(room, self.beam_id, ctx, ctx.now))


class StreamBroke(Reaction):
    """A stream broke, says 100ms, and why."""

    on = Event("beam.failure")

    room_id: str
    beam_id: str
    error_type: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Tell it where it was a stream and no recording."""
        try:
            found = await ctx.hms.external_streams.get(self.beam_id)
        except NotFound:
            return
        await _no_more(ctx, RoomRef(id=self.room_id), self.beam_id)  # a look would find the same, and not why
        await tell_failure(ctx, RoomRef(id=self.room_id), found, self.error_type)


def first_look(room: RoomRef, stream: str, ctx: Context, at: datetime) -> Timer:
    """When one stream is looked after first."""
    return StreamWatch(room=room, stream=stream).timer(stream, at, ctx.cause)


async def tell_failure(ctx: ReactionContext, room: RoomRef, stream: ExternalStream, why: str) -> None:
    """Say that a stream broke, once, whoever heard of it first; the later word may know why."""
    called, _ = await following.readers(ctx, room, Feature.STREAMS)
    buttons = await starts_again(ctx, called, stream) if await live.session(ctx, called) else []
    key, known = f"stream:{stream.id}", outages.CAUSES.get(why)
    if known is None:
        said = Reply("The stream of {room} to other platforms broke.", room=called, buttons=buttons)
    else:
        said = Reply(
            "The stream of {room} to other platforms broke: {why}.", room=called, why=known, buttons=buttons
        )
    await following.tell(ctx, called, key, said, Feature.STREAMS)


async def starts_again(ctx: Context, room: RoomRef, stream: ExternalStream) -> Sequence[Button]:
    """The button that streams a room once more to where a stream went; none where that has no name here."""
    names = targets.goes_to(ctx, stream, await targets.known(ctx, room))
    if not names:
        return []
    again = Invocation("stream start", targets=list(names), room=room, record=stream.recording)
    return [Button("Start again", again, once=True)]


def ended(room: RoomRef) -> Reply:
    """That a stream is over, where it was offered to stop it."""
    return Reply("The stream of {room} to other platforms is over.", room=room)


async def _no_more(ctx: ReactionContext, room: RoomRef, stream: str) -> None:
    """Look no more, and say on the card that offers to stop it that it is over: the next one is another."""
    called, _ = await following.readers(ctx, room, Feature.STREAMS)
    offered = Invocation("stream stop", room=called, stream=stream)
    async with ctx.transaction() as tx:
        await ctx[Timers].cancel(tx, StreamWatch.kind(), stream)
        await ctx.road.done(tx, (offered, ended(called)))
