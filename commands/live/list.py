from bot.command import Command, Context, Level, RoomRef
from bot.features.live import acts
from bot.features.room import beams
from bot.reply import Button, Counted, Invocation, Reply, Row

SHOWN = 20


class LiveList(Command):
    """See the live streams of a room, the newest first."""

    level = Level.VIEWER
    reads = True
    examples = ("live list", "live list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        page = await ctx.hms.live_streams.list(room_id=self.room.id, limit=SHOWN)
        if not page.data:
            return Reply("{room} was never streamed live.", room=self.room)
        rows = [
            Row(
                beams.line(one, keeps=acts.keeps(one)),
                (Button("Show", Invocation("live show", stream=one.id, room=self.room)),),
            )
            for one in page.data
        ]
        if page.following:
            said = Reply("The {number} newest live streams of {room}.", number=len(rows), room=self.room)
        else:
            streams = Counted(len(rows), "live stream", "live streams")
            said = Reply("{streams} of {room}.", streams=streams, room=self.room)
        return said.with_rows(rows)
