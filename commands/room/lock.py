from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Reason, RoomRef, Time, Yes
from bot.errors import UserError
from bot.features.room import acts, later, live
from bot.features.room.locks import Locks
from bot.reply import Reply, Undo


class RoomLock(Command):
    """Close a room: whoever is inside stays, nobody new comes in."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    also = ("lock",)
    examples = ("room lock standup --reason 'the exam has begun'", "room lock --until 18:30")

    room: RoomRef
    reason: Reason = ""
    until: Annotated[Time | None, Field(description="Open it by itself at this moment")] = None

    async def consequence(self, ctx: Context) -> Reply:
        enabled = (await ctx.hms.rooms.retrieve(self.room.id)).enabled
        said = await self._closes(ctx) if enabled else await self._stays(ctx)
        if self.until is None or self.until.at is None:
            return said
        if self.until.at <= ctx.now:
            wrong = UserError(
                "{until} has passed, so {room} stays as it is.", until=self.until, room=self.room
            )
            raise wrong.at("until")
        said += Reply("It stays locked until {until}, then it opens by itself.", until=self.until)
        return _noted(said, self.until)

    async def _closes(self, ctx: Context) -> Reply:
        now = await live.find(ctx, self.room)
        locks = Reply("Locks {room}: nobody new can come in.", button="Lock {room}", room=self.room)
        inside = Reply("{people} inside can stay.", people=now.people) if now else Reply("Nobody is inside.")
        return locks + inside

    async def _stays(self, ctx: Context) -> Reply:
        """A second lock takes the place of the first, so the card says what the first one was."""
        held = await ctx[Locks].of(self.room.id)
        if held is None:
            return Reply("{room} is locked already, and stays so.", button="Lock {room}", room=self.room)
        said = Reply(
            "{room} is locked already, by {by} since {since}, and stays so.",
            button="Lock {room}",
            room=self.room,
            by=held.by,
            since=held.since,
        )
        if held.until and not self.until:
            return said + Reply(
                "It no longer opens by itself; that was planned for {until}.", until=held.until
            )
        return said

    async def run(self, ctx: Context) -> Reply:
        until = self.until.at if self.until else None
        undo = Undo("room unlock", room=self.room)
        if until:
            await later.lock_until(ctx, self.room, until, why=self.reason)
            locked = Reply("Locked {room} until {until}.", room=self.room, until=until, undo=undo)
            return _noted(locked, self.until)
        await acts.lock(ctx, self.room, why=self.reason)
        return Reply("Locked {room}.", room=self.room, undo=undo)


def _noted(said: Reply, until: Time | None) -> Reply:
    note = until.note() if until else None
    return said + note if note else said
