from asyncio import gather
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Option, RoomRef, Yes
from bot.features.record import acts
from bot.features.room import live
from bot.hms import Recording
from bot.reply import Counted, Reply, Undo, roughly


class RecordStop(Command):
    """Stop recording a room."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    in_session = True
    verb = "stop recording"
    examples = ("record stop", "record stop standup")

    room: RoomRef
    recording: Annotated[str, Field(description="Only this recording, by its id")] = ""
    every: Annotated[
        bool, Option("all"), Field(description="Whatever else of the kind runs in the room too")
    ] = False

    async def consequence(self, ctx: Context) -> Reply:
        found, now = await gather(self._running(ctx), live.find(ctx, self.room, hosts=False))
        began = found.started_at or found.created_at
        facts = [Reply("has run for {span}", span=roughly(ctx.now - began))] if began else []
        facts += [self._stay(now.people)] if now else []
        facts += [Reply("whatever else records it stops too")] if self.every else []
        facts.append(Reply("what was recorded stays"))
        return Reply(
            "Stop recording {room}?",
            button="Stop recording",
            facts=facts,
            stakes=acts.stakes_of(found),
            room=self.room,
        )

    def _stay(self, people: Counted) -> Reply:
        if people.number == 1:
            return Reply("{people} stays, and nothing more of it is kept", people=people)
        return Reply("{people} stay, and nothing more of it is kept", people=people)

    async def run(self, ctx: Context) -> Reply:
        recording = self.recording or await acts.agreed(ctx, self.room)
        began = await acts.stop(ctx, self.room, recording, every=self.every)
        undo = Undo(acts.again(self.room), "record start", room=self.room)
        by, room = ctx.actor.mention, self.room
        said = Reply("{by} stopped recording {room}.", by=by, room=room, undo=undo)
        if began:
            span = roughly(ctx.now - began)
            said = Reply(
                "{by} stopped recording {room}, after {span}.", by=by, room=room, span=span, undo=undo
            )
        return said + Reply("Its files are listed when they are ready: `/hms asset list`.")

    def covers(self, other: Command) -> bool:
        """Of a room one recording runs at most, and one that is named is no other that is named."""
        if not isinstance(other, RecordStop) or other.room.exact != self.room.exact:
            return False
        return not (self.recording and other.recording) or self.recording == other.recording

    async def _running(self, ctx: Context) -> Recording:
        if not self.recording:
            return await acts.recorded(ctx, self.room)
        found = await acts.find(ctx, self.room, self.recording)
        if not found.is_running:
            raise acts.over(self.room)
        return found
