from bot.command import Command, Context, Level, RoomRef
from bot.features.record import acts
from bot.reply import Reply, Undo


class RecordResume(Command):
    """Go on recording a room whose recording is paused."""

    level = Level.MODERATOR
    in_session = True
    verb = "resume recording"
    examples = ("record resume", "record resume standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check_started(ctx, self.room)
        facts = [Reply("what goes on is kept again")]
        return Reply(
            "Resume the recording of {room}?", button="Resume recording", facts=facts, room=self.room
        )

    async def run(self, ctx: Context) -> Reply:
        await acts.switch(ctx, self.room, paused=False)
        undo = Undo(Reply("Pause recording"), "record pause", room=self.room)
        return Reply("{by} resumed the recording of {room}.", by=ctx.actor.mention, room=self.room, undo=undo)
