from bot.command import Command, Context, Level, RoomRef
from bot.features.record import acts
from bot.reply import Reply, Undo


class RecordPause(Command):
    """Pause the recording of a room: what goes on there is not kept until it is resumed."""

    level = Level.MODERATOR
    in_session = True
    verb = "pause recording"
    examples = ("record pause", "record pause standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check_started(ctx, self.room)
        facts = [Reply("nothing is kept until it is resumed")]
        return Reply("Pause the recording of {room}?", button="Pause recording", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        await acts.switch(ctx, self.room, paused=True)
        undo = Undo(Reply("Resume recording"), "record resume", room=self.room)
        return Reply(
            "{by} paused the recording of {room}: nothing is kept until it is resumed.",
            by=ctx.actor.mention,
            room=self.room,
            undo=undo,
        )
