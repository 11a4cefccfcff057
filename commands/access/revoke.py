from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, UserRef, Yes
from bot.features.access import acts
from bot.reply import Reply, Undo


class AccessRevoke(Command):
    """Take somebody's level away, everywhere or in one room."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("access revoke @max", "access revoke @vi --room standup")

    user: UserRef
    room: Annotated[RoomRef | None, Field(description="Only in this room, and not everywhere")] = None

    async def consequence(self, ctx: Context) -> Reply:
        level = await acts.held(ctx, self.user, self.room)
        return Reply(
            "{user} will no longer be {level} for {rooms}. Every admin is told.",
            button="Take it from {name}",
            name=(await ctx.member(self.user.id)).name,
            user=self.user,
            level=level.term,
            rooms=acts.scope(self.room),
        )

    async def run(self, ctx: Context) -> Reply:
        level = await acts.revoke(ctx, self.user, self.room)
        undo = Undo("access grant", user=self.user, granted=level.word, room=self.room)
        return Reply(
            "{user} is no longer {level} for {rooms}.",
            user=self.user,
            level=level.term,
            rooms=acts.scope(self.room),
            undo=undo,
        )
