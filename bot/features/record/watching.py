"""Recordings are looked after until their files are there: one that breaks or hangs is told, once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.record import telling
from bot.features.record.reactions import ShownFiles
from bot.features.room import live
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.hms import HmsError, NotFound, Recording
from bot.reply import Invocation, Reply
from bot.store import JSON
from bot.work import Moment, Timer, Timers

MINUTE = timedelta(minutes=1)
RARELY = 5 * MINUTE  # while it runs there is nothing to wait for
STARTS_WITHIN = MINUTE
ENDS_WITHIN = 30 * MINUTE  # a transcript of hours takes longer, and comes after the recording is completed


def next_look(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When a recording is looked after again, unless a look finds that there is no need, or more."""
    return after + RARELY


class Watch(Reaction):
    """Look after one recording; ``told`` is how it stood when it was told that it hangs."""

    on = Moment("watch recording", next=next_look, counted=True)

    room: RoomRef
    recording: str
    told: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Look how it stands; a look that fails changes nothing, and one more comes."""
        try:
            found = await ctx.hms.recordings.get(self.recording)
        except NotFound:  # a stream to other platforms: its jobs are reported by the same events
            await self._end(ctx)
            return
        except HmsError:
            return
        match found.status:
            case "failed":
                await _offer_no_stop(ctx, self.room, found.id, failed=True)
                await tell_failure(ctx, self.room, found.id, "")
                await self._end(ctx)
            case "completed":
                await _offer_no_stop(ctx, self.room, found.id)
                await self._complete(ctx, found)
            case _:
                await self._go_on(ctx, found)

    async def _complete(self, ctx: ReactionContext, found: Recording) -> None:
        shown = ShownFiles(room_id=self.room.id, session_id=found.session_id)
        await self._end(ctx, telling.done(self.room) if self.told else None)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, shown.timer(found.session_id, ctx.now, ctx.cause))

    async def _go_on(self, ctx: ReactionContext, found: Recording) -> None:
        """Look again, soon where something is waited for; tell what has been waited for too long."""
        hangs = _hangs(found, ctx.now)
        said = self._said(found, hangs=hangs)
        told = found.status if hangs else "" if found.status == "running" else self.told
        soon = ctx.now + (RARELY if found.status == "running" else MINUTE)
        again = self.model_copy(update={"told": told})
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, again.timer(self.recording, soon, ctx.cause))
        if said:
            await self._tell(ctx, said)

    def _said(self, found: Recording, *, hangs: bool) -> Reply | None:
        if hangs and self.told == found.status:
            return None
        if hangs and found.is_starting:
            return telling.stuck_at_start(self.room, [telling.stops(self.room, found.id)])
        if hangs:
            return telling.stuck_at_end(self.room)
        return telling.begun(self.room) if self.told and found.is_running else None

    async def _end(self, ctx: ReactionContext, said: Reply | None = None) -> None:
        async with ctx.transaction() as tx:
            await ctx[Timers].cancel(tx, self.kind(), self.recording)
        if said:
            await self._tell(ctx, said)

    async def _tell(self, ctx: ReactionContext, said: Reply) -> None:
        await following.tell(ctx, self.room, f"recording:{self.recording}", said, Feature.RECORDINGS)


class RecordingBegan(Reaction):
    """A recording has begun, whoever started it: from now on it is looked after."""

    on = Event("beam.started.success")

    room_id: str
    beam_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look now; what runs is then looked at rarely."""
        room, _ = await following.readers(ctx, RoomRef(id=self.room_id), Feature.RECORDINGS)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, first_look(room, self.beam_id, ctx, ctx.now))


class RecordingStopped(RecordingBegan):
    """A recording has stopped: its files are waited for."""

    on = Event("beam.stopped.success")

    async def react(self, ctx: ReactionContext) -> None:
        """Look now; whoever ended it, nobody is offered any more to stop it."""
        await super().react(ctx)
        await _offer_no_stop(ctx, RoomRef(id=self.room_id), self.beam_id)


class RecordingBroke(Reaction):
    """A recording broke, says 100ms, and why."""

    on = Event("beam.failure")

    room_id: str
    beam_id: str
    error_type: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Tell it where it was a recording and no stream."""
        try:
            await ctx.hms.recordings.get(self.beam_id)
        except NotFound:
            return
        await _offer_no_stop(ctx, RoomRef(id=self.room_id), self.beam_id, failed=True)
        async with ctx.transaction() as tx:  # a look would find the same, and not why
            await ctx[Timers].cancel(tx, Watch.kind(), self.beam_id)
        await tell_failure(ctx, RoomRef(id=self.room_id), self.beam_id, self.error_type)


class LegacyRecordingBroke(Reaction):
    """A recording of the older kind broke; it has no id, and is known by its session."""

    on = Event("recording.failed")

    room_id: str
    session_id: str
    error_type: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Tell it."""
        await tell_failure(ctx, RoomRef(id=self.room_id), self.session_id, self.error_type)


def first_look(room: RoomRef, recording: str, ctx: Context, at: datetime) -> Timer:
    """When one recording is looked after first."""
    return Watch(room=room, recording=recording).timer(recording, at, ctx.cause)


async def _offer_no_stop(
    ctx: ReactionContext, room: RoomRef, recording: str, *, failed: bool = False
) -> None:
    """Say on the card that offers to stop a recording that it has ended: the next one is another."""
    called, _ = await following.readers(ctx, room, Feature.RECORDINGS)
    offered = Invocation("record stop", room=called, recording=recording)
    said = telling.failed(called, "", live=False) if failed else telling.ended(called)
    async with ctx.transaction() as tx:
        await ctx.road.done(tx, (offered, said))


async def tell_failure(ctx: ReactionContext, room: RoomRef, recording: str, why: str) -> None:
    """Say that a recording broke, once, whoever heard of it first; the later word may know why."""
    called, _ = await following.readers(ctx, room, Feature.RECORDINGS)
    there = bool(await live.session(ctx, called))
    said = telling.failed(called, why, live=there)
    await following.tell(ctx, called, f"recording:{recording}", said, Feature.RECORDINGS)


def _hangs(found: Recording, now: datetime) -> bool:
    """Whether it has been on its way for longer than that takes."""
    if found.is_starting:
        return found.created_at is not None and now - found.created_at >= STARTS_WITHIN
    if found.status == "running":
        return False
    since = found.stopped_at or found.updated_at
    return since is not None and now - since >= ENDS_WITHIN
