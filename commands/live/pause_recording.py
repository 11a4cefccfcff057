from bot.command import Command, Context, Level, RoomRef
from bot.features.live import acts
from bot.reply import Reply, Undo


class LivePauseRecording(Command):
    """Pause what a live stream keeps; the stream goes on."""

    level = Level.MODERATOR
    in_session = True
    verb = "pause its recording"
    examples = ("live pause-recording", "live pause-recording standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.kept(ctx, self.room)
        facts = [Reply("the audience still sees it"), Reply("what is shown is not kept until it is resumed")]
        return Reply(
            "Pause the recording of the live stream of {room}?",
            button="Pause recording",
            facts=facts,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        await acts.pause(ctx, self.room, paused=True)
        undo = Undo(Reply("Resume recording"), "live resume-recording", room=self.room)
        return Reply(
            "{by} paused the recording of the live stream of {room}: nothing is kept until it is resumed.",
            by=ctx.actor.mention,
            room=self.room,
            undo=undo,
        )
