from bot.command import Command, Context, Level, RoomRef
from bot.features.record import cards
from bot.reply import Button, Invocation, Reply

SHOWN = 20


class RecordList(Command):
    """See the recordings of a room, the newest first."""

    level = Level.VIEWER
    reads = True
    examples = ("record list", "record list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        page = await ctx.hms.recordings.list(room_id=self.room.id, limit=SHOWN)
        if not page.data:
            return Reply("{room} was never recorded. A moderator can: `/hms record start`.", room=self.room)
        rows = [cards.row(one, self.room) for one in page.data]
        if page.following:
            said = Reply("The {number} newest recordings of {room}.", number=len(rows), room=self.room)
        else:
            said = Reply("{recordings} of {room}.", recordings=cards.counted(len(rows)), room=self.room)
        one = Button("Show one…", Invocation("record show", room=self.room), form=True)
        return said.listing(rows, cards.table(page.data), one)
