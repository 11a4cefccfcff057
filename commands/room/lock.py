from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Reason, RoomRef, Time, Yes
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
        now = await live.find(ctx, self.room)
        inside = live.counted(now.here if now else ())
        said = Reply(
            "Locks {room}: nobody new can come in. {people} inside can stay.",
            button="Lock {room}",
            room=self.room,
            people=inside,
        )
        return said + Reply("It opens by itself at {until}.", until=self.until) if self.until else said

    async def run(self, ctx: Context) -> Reply:
        until = self.until.at if self.until else None
        await acts.lock(ctx, self.room, why=self.reason, until=until)
        undo = Undo("room unlock", room=self.room)
        if until:
            return Reply("Locked {room} until {until}.", room=self.room, until=until, undo=undo)
        return Reply("Locked {room}.", room=self.room, undo=undo)
