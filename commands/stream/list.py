from bot.command import Command, Context, Level, RoomRef
from bot.features.room import beams
from bot.reply import Button, Counted, Invocation, Reply, Row

SHOWN = 20


class StreamList(Command):
    """See the streams of a room to other platforms, the newest first."""

    level = Level.VIEWER
    reads = True
    examples = ("stream list", "stream list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        page = await ctx.hms.external_streams.list(room_id=self.room.id, limit=SHOWN)
        if not page.data:
            return Reply("{room} was never streamed to other platforms.", room=self.room)
        rows = [
            Row(
                beams.line(one, keeps=one.recording),
                (Button("Show", Invocation("stream show", stream=one.id, room=self.room)),),
            )
            for one in page.data
        ]
        if page.following:
            said = Reply("The {number} newest streams of {room}.", number=len(rows), room=self.room)
        else:
            streams = Counted(len(rows), "stream", "streams")
            said = Reply("{streams} of {room}.", streams=streams, room=self.room)
        return said.with_rows(rows)
