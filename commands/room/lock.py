from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Reason, RoomRef, Time, Yes
from bot.errors import UserError
from bot.features.rooms import acts, live
from bot.reply import Reply, Undo


class RoomLock(Command):
    """Close a room: whoever is inside stays, nobody new comes in."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    examples = ("room lock standup --reason 'the exam has begun'", "room lock --until 18:30")

    room: RoomRef
    reason: Reason = ""
    until: Annotated[Time | None, Field(description="Open it by itself at this moment")] = None

    async def consequence(self, ctx: Context) -> Reply:
        said = await self._locks(ctx)
        if self.until is None or self.until.at is None:
            return said
        if self.until.at <= ctx.now:
            raise UserError("{until} has passed, so {room} stays as it is.", until=self.until, room=self.room)
        return said + Reply("It opens by itself at {until}.", until=self.until)

    async def _locks(self, ctx: Context) -> Reply:
        if not (await ctx.hms.rooms.retrieve(self.room.id)).enabled:
            return Reply("{room} is locked already, and stays so.", button="Lock {room}", room=self.room)
        now = await live.find(ctx, self.room)
        return Reply(
            "Locks {room}: nobody new can come in. {people} inside can stay.",
            button="Lock {room}",
            room=self.room,
            people=live.counted(now.here if now else ()),
        )

    async def run(self, ctx: Context) -> Reply:
        until = self.until.at if self.until else None
        await acts.lock(ctx, self.room, why=self.reason, until=until)
        undo = Undo("room unlock", room=self.room)
        if until:
            return Reply("Locked {room} until {until}.", room=self.room, until=until, undo=undo)
        return Reply("Locked {room}.", room=self.room, undo=undo)
