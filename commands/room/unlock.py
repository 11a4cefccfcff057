from bot.command import Command, Context, Level, RoomRef
from bot.errors import UserError
from bot.features.room import acts
from bot.reply import Reply, Undo


class RoomUnlock(Command):
    """Open a room that is locked."""

    level = Level.MODERATOR
    also = ("unlock",)
    examples = ("room unlock", "room unlock standup")

    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Unlocks {room}: people can come in again.", room=self.room)

    async def run(self, ctx: Context) -> Reply:
        if not await acts.unlock(ctx, self.room):
            raise UserError("{room} is open already. See what goes on there: /hms status.", room=self.room)
        return Reply("Unlocked {room}.", room=self.room, undo=Undo("room lock", room=self.room))
