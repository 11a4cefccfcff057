"""Files that are ready are shown in the channels of their room: a message a session, edited as more come."""

from collections.abc import Sequence
from datetime import timedelta

from bot.command import RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.record import files, summary, telling
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.hms import RecordingAsset
from bot.reply import Reply
from bot.work import Moment, Timers

SETTLES = timedelta(seconds=5)  # hundreds of files of one session are told of together, and shown once


class ShownFiles(Reaction):
    """Look which files of a session there are, and show them; the events that led here are hints."""

    on = Moment("show files", counted=True)

    room_id: str
    session_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Show what there is; where nobody is to read it nothing is looked up."""
        about = RoomRef(id=self.room_id)
        room, places = await following.readers(ctx, about, Feature.RECORDINGS, self.session_id)
        if not places:
            return
        found, store = await files.of(ctx, room, self.session_id)
        if not any(one.status == "completed" for one in found):
            return
        said = telling.arrived(room, self.session_id, found, store)
        summaries = await _summaries(ctx, room, found)
        key = f"files:{self.session_id}"
        async with ctx.transaction() as tx:
            for place in places:
                await ctx.show(tx, key, place, said)
                for asset, summed_up in summaries.items():
                    await ctx.show(tx, f"summary:{asset}", place.below(key), summed_up)


async def _summaries(
    ctx: ReactionContext, room: RoomRef, found: Sequence[RecordingAsset]
) -> dict[str, Reply]:
    """What 100ms sums up, by the file it is read from: where the files are shown, its words are too."""
    there = [one for one in found if one.type == summary.TYPE and one.status == "completed"]
    read = {one.id: await summary.of(ctx, one) for one in there}
    return {asset: summary.said(one, room) for asset, one in read.items() if one}


class RecordedFile(Reaction):
    """A recording, or a stream to other platforms, has left its files."""

    on = Event("beam.recording.success")

    room_id: str
    session_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Show them in a moment, with whatever else comes until then."""
        shown = ShownFiles(room_id=self.room_id, session_id=self.session_id)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, shown.timer(self.session_id, ctx.now + SETTLES, ctx.cause))


class StreamedFile(RecordedFile):
    """A live stream has left its files."""

    on = Event("hls.recording.success")


class LegacyFile(RecordedFile):
    """A recording of the older kind has left its files."""

    on = Event("recording.success")


class TrackFile(RecordedFile):
    """One track of one person was recorded."""

    on = Event("track.recording.success")


class PersonFile(RecordedFile):
    """One person was recorded."""

    on = Event("stream.recording.success")


class Transcribed(RecordedFile):
    """A transcript or a summary was made."""

    on = Event("transcription.success")


class NotTranscribed(RecordedFile):
    """A transcript or a summary could not be made, which its files say."""

    on = Event("transcription.failure")
