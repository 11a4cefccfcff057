"""What goes wrong for many at once is said where the room is read, once, with what mends it."""

from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.health import refusals
from bot.features.health.refusals import Burst
from bot.features.record import telling
from bot.features.room import live
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.hms import HmsError, NotFound, Peer
from bot.reply import Reply, roughly
from bot.work import Moment, Timers
from bot.work.inbox import Inbox

REFUSED = "peer.join.failure"
LOOKS = timedelta(seconds=20)  # who cannot get in comes with others: so often their message is edited at most
LISTENS = timedelta(minutes=5)  # after so long a recording that hears nobody is no late start
HEARD = 20  # people whose microphones are looked at, a call each


class NotLetIn(Reaction):
    """Somebody could not come in: in a moment it is seen how many they are."""

    on = Event(REFUSED)

    room_id: str
    room_name: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Look at the next of those moments that all of them share."""
        begins = refusals.window(ctx.occurrence.moment)
        told = RefusedJoins(room=RoomRef(id=self.room_id, name=self.room_name), begins=begins)
        at = datetime.fromtimestamp(
            (ctx.now.timestamp() // LOOKS.total_seconds() + 1) * LOOKS.total_seconds(), ctx.now.tzinfo
        )
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, told.timer(f"{self.room_id}:{begins.isoformat()}", at, ctx.cause))


class RefusedJoins(Reaction):
    """Say how many could not come in within a while, and what mends it; more of them edit it."""

    on = Moment("tell refused joins", counted=True)

    room: RoomRef
    begins: datetime

    async def react(self, ctx: ReactionContext) -> None:
        """Count them; of a burst the room is looked at, for what stands in their way."""
        async with ctx.reading() as tx:
            told = await ctx[Inbox].told_in(
                tx, self.room.id, REFUSED, self.begins, self.begins + refusals.SPAN
            )
        burst = Burst.of(one.data for one in told)
        if not burst.is_one:
            return
        room, _ = await following.readers(ctx, self.room, Feature.HEALTH)
        try:
            is_open = (await ctx.hms.rooms.retrieve(room.id)).enabled
            roles = await ctx.names.roles(room.id)
        except HmsError:
            is_open, roles = True, {}
        said = refusals.said(burst, room, roles, is_open=is_open)
        await following.tell(ctx, room, f"refused:{self.begins.isoformat()}:{room.id}", said, Feature.HEALTH)


class IngestRefused(Reaction):
    """What somebody sends with a stream key was not taken."""

    on = Event("ingest.start.failure")

    room_id: str
    error_message: str = ""

    async def react(self, ctx: ReactionContext) -> None:
        """Tell it, with why as 100ms says it."""
        room, _ = await following.readers(ctx, RoomRef(id=self.room_id), Feature.HEALTH)
        said = Reply("What is sent to {room} with its stream key was not taken.", room=room)
        if self.error_message:
            said = Reply(
                "What is sent to {room} with its stream key was not taken: {why}.",
                room=room,
                why=self.error_message,
            )
        await following.tell(ctx, room, ctx.occurrence.subject, said, Feature.HEALTH)


class IngestBroke(IngestRefused):
    """What somebody sends with a stream key broke off."""

    on = Event("ingest.failure")


class RecordingBegins(Reaction):
    """A recording has begun: in some minutes it is heard whether anybody speaks."""

    on = Event("beam.started.success")

    room_id: str
    beam_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Listen once, when everybody had the time to switch their microphone on."""
        listens = Unheard(room=RoomRef(id=self.room_id), recording=self.beam_id)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, listens.timer(self.beam_id, ctx.occurrence.moment + LISTENS, ctx.cause))


class Unheard(Reaction):
    """Say, once a recording, that nobody in it can be heard."""

    on = Moment("listen to recording", counted=True)

    room: RoomRef
    recording: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look at microphones; where too many could speak, or a look fails, nothing is said."""
        try:
            found = await ctx.hms.recordings.get(self.recording)
            silent = found.status == "running" and await _is_silent(ctx, self.room)
        except HmsError:  # a stream to elsewhere is no recording either
            return
        if not silent:
            return
        room, _ = await following.readers(ctx, self.room, Feature.HEALTH)
        began = found.started_at or found.created_at or ctx.now - LISTENS
        said = Reply(
            "Nobody in {room} has a microphone on, and it is recorded for {span}.",
            room=room,
            span=roughly(ctx.now - began),
            buttons=[telling.stops(room, self.recording)],
        )
        await following.tell(ctx, room, f"unheard:{self.recording}", said, Feature.HEALTH)


async def _is_silent(ctx: Context, room: RoomRef) -> bool:
    """Whether somebody is there who may speak, and none of them has a microphone on."""
    peers = await live.connected(ctx.hms, room.id) or ()
    own = await ctx.names.recorders(room.id, peers)
    roles = await ctx.names.roles(room.id)
    may = [
        one
        for one in peers
        if one.id not in own and one.role in roles and "audio" in roles[one.role].publish_params.allowed
    ]
    if not may or len(may) > HEARD:
        return False
    return not any([await _speaks(ctx, room, one) for one in may])


async def _speaks(ctx: Context, room: RoomRef, peer: Peer) -> bool:
    try:
        seen = await ctx.hms.active_rooms.retrieve_peer(room.id, peer.id)
    except NotFound:  # they have just left
        return False
    return any(track.type == "audio" and not track.mute for track in seen.tracks.values())
