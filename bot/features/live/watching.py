"""Live streams are looked after while they run: one that breaks is told, with what starts it again."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.room import live, outages
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.hms import HmsError, LiveStream, NotFound
from bot.reply import Button, Invocation, Reply
from bot.store import JSON
from bot.work import Moment, Timer, Timers

MINUTE = timedelta(minutes=1)


def next_look(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When a live stream is looked after again: its audience is waiting."""
    return after + MINUTE


class LiveWatch(Reaction):
    """Look after one live stream until it ends."""

    on = Moment("watch live", next=next_look, counted=True)

    room: RoomRef
    stream: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look how it stands; a look that fails changes nothing, and one more comes."""
        try:
            found = await ctx.hms.live_streams.get(self.stream)
        except NotFound:
            await _no_more(ctx, self.room, self.stream)
            return
        except HmsError:
            return
        if found.status == "failed":
            await tell_failure(ctx, self.room, found, "")
        if not found.is_running:
            await _no_more(ctx, self.room, self.stream)


class LiveBegan(Reaction):
    """A live stream has begun, whoever started it: from now on it is looked after."""

    on = Event("hls.started.success")

    room_id: str
    beam_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look in a minute."""
        room, _ = await following.readers(ctx, RoomRef(id=self.room_id), Feature.STREAMS)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, first_look(room, self.beam_id, ctx, ctx.now + MINUTE))


class LiveBroke(Reaction):
    """A live stream broke, says 100ms, and why."""

    on = Event("hls.failure")

    room_id: str
    beam_id: str
    error_type: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Tell it."""
        found = await ctx.hms.live_streams.get(self.beam_id)
        await _no_more(ctx, RoomRef(id=self.room_id), self.beam_id)  # a look would find the same, and not why
        await tell_failure(ctx, RoomRef(id=self.room_id), found, self.error_type)


def first_look(room: RoomRef, stream: str, ctx: Context, at: datetime) -> Timer:
    """When one live stream is looked after first."""
    return LiveWatch(room=room, stream=stream).timer(stream, at, ctx.cause)


async def tell_failure(ctx: ReactionContext, room: RoomRef, stream: LiveStream, why: str) -> None:
    """Say that a live stream broke, once, whoever heard of it first; the later word may know why."""
    called, _ = await following.readers(ctx, room, Feature.STREAMS)
    buttons = starts_again(called, stream) if await live.session(ctx, called) else []
    known = outages.CAUSES.get(why)
    if known is None:
        said = Reply("The live stream of {room} broke.", room=called, buttons=buttons)
    else:
        said = Reply("The live stream of {room} broke: {why}.", room=called, why=known, buttons=buttons)
    await following.tell(ctx, called, f"live:{stream.id}", said, Feature.STREAMS)


def starts_again(room: RoomRef, stream: LiveStream) -> Sequence[Button]:
    """The button that streams a room live once more, as it was."""
    record = stream.recording.hls_vod or stream.recording.single_file_per_layer
    return [Button("Start again", Invocation("live start", room=room, record=record), once=True)]


def ended(room: RoomRef) -> Reply:
    """That a live stream is over, where it was offered to stop it."""
    return Reply("The live stream of {room} is over.", room=room)


async def _no_more(ctx: ReactionContext, room: RoomRef, stream: str) -> None:
    """Look no more, and say on the card that offers to stop it that it is over: the next one is another."""
    called, _ = await following.readers(ctx, room, Feature.STREAMS)
    offered = Invocation("live stop", room=called, stream=stream)
    async with ctx.transaction() as tx:
        await ctx[Timers].cancel(tx, LiveWatch.kind(), stream)
        await ctx.road.done(tx, (offered, ended(called)))
