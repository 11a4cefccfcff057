from bot.command import Command, Context, Level, RoomRef
from bot.features.session import acts, cards
from bot.reply import Counted, Reply

SHOWN = 20


class SessionList(Command):
    """See the sessions of a room, the newest first."""

    level = Level.VIEWER
    reads = True
    examples = ("session list", "session list standup --here")

    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await acts.newest(ctx, self.room, SHOWN)
        if not found:
            raise acts.never(self.room)
        rows = [cards.row(past, self.room, ctx.now) for past in found]
        if len(rows) == SHOWN:
            return Reply("The {number} newest sessions of {room}.", number=SHOWN, room=self.room).with_rows(
                rows
            )
        sessions = Counted(len(rows), "session", "sessions")
        return Reply("{sessions} of {room}.", sessions=sessions, room=self.room).with_rows(rows)
