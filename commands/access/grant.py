from typing import Annotated, Literal

from pydantic import Field

from bot.command import Command, Context, Level, Option, RoomRef, UserRef, Yes
from bot.features.access import acts
from bot.reply import Reply, Undo


class AccessGrant(Command):
    """Give somebody a level, everywhere or in one room."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("access grant @max moderator", "access grant @vi viewer --room standup")

    user: UserRef
    granted: Annotated[
        Literal["viewer", "moderator", "admin"], Option("level"), Field(description="What they may do")
    ]
    room: Annotated[RoomRef | None, Field(description="Only in this room, and not everywhere")] = None

    async def yes_needed(self, ctx: Context) -> Yes:
        return await acts.yes_for(ctx, self._level)

    async def consequence(self, ctx: Context) -> Reply:
        return Reply(
            "Makes {user} {level} for {rooms}. Every admin is told.",
            button="Make {name} {level}",
            name=(await acts.grantee(ctx, self.user)).name,
            user=self.user,
            level=self._level.term,
            rooms=acts.scope(self.room),
        )

    async def run(self, ctx: Context) -> Reply:
        await acts.grant(ctx, self.user, self._level, self.room)
        undo = Undo("access revoke", user=self.user, room=self.room)
        return Reply(
            "Made {user} {level} for {rooms}.",
            user=self.user,
            level=self._level.term,
            rooms=acts.scope(self.room),
            undo=undo,
        )

    @property
    def _level(self) -> Level:
        return Level[self.granted.upper()]
