from bot.command import Command, Context, Level, RoomRef
from bot.features.live import acts
from bot.reply import Reply, Undo


class LiveResumeRecording(Command):
    """Go on keeping what a live stream shows."""

    level = Level.MODERATOR
    in_session = True
    verb = "resume its recording"
    examples = ("live resume-recording", "live resume-recording standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.kept(ctx, self.room)
        facts = [Reply("the audience sees it as before"), Reply("what is shown is kept again")]
        return Reply(
            "Resume the recording of the live stream of {room}?",
            button="Resume recording",
            facts=facts,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        await acts.pause(ctx, self.room, paused=False)
        undo = Undo(Reply("Pause recording"), "live pause-recording", room=self.room)
        return Reply(
            "{by} resumed the recording of the live stream of {room}.",
            by=ctx.actor.mention,
            room=self.room,
            undo=undo,
        )
