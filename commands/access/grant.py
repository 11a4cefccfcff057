from typing import Annotated, Literal

from pydantic import Field

from bot.command import Command, Context, Level, Option, RoomRef, UserRef, Yes
from bot.features.access import acts
from bot.reply import Button, Reply, Undo


class AccessGrant(Command):
    """Give somebody a level, everywhere or in one room."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("access grant @vi moderator", "access grant @vi moderator --room standup")

    user: UserRef
    granted: Annotated[
        Literal["viewer", "moderator", "admin"], Option("level"), Field(description="What they may do")
    ]
    room: Annotated[RoomRef | None, Field(description="Only in this room, and not everywhere")] = None

    async def yes_needed(self, ctx: Context) -> Yes:
        return await acts.yes_for(ctx, self._level)

    async def consequence(self, ctx: Context) -> Reply:
        somebody = await acts.grantee(ctx, self.user)
        before = await acts.had(ctx, self.user, self._level, self.room)
        if before is self._level:
            raise acts.holds(self.user, before, self.room)
        kept = await acts.kept(ctx, self.user, self._level, self.room)
        return Reply(
            "Make {name} {level} for {rooms}?",
            button="Make {name} {level}",
            facts=[
                Reply("{user} is {before} now", user=self.user, before=acts.said_of(before)),
                *acts.keeps(self.user, kept),
                Reply("every admin is told"),
            ],
            name=somebody.name,
            level=self._level.noun,
            rooms=acts.scope(self.room, kept),
        )

    async def run(self, ctx: Context) -> Reply:
        before = await acts.grant(ctx, self.user, self._level, self.room)
        kept = await acts.kept(ctx, self.user, self._level, self.room)
        return Reply(
            "{by} made {user} {level} for {rooms}, was {before}.",
            by=ctx.actor.mention,
            user=self.user,
            level=self._level.noun,
            rooms=acts.scope(self.room, kept),
            before=acts.said_of(before),
            facts=acts.keeps(self.user, kept),
            buttons=acts.taking(self.user, kept),
            undo=await self._back(ctx, before),
        )

    async def _back(self, ctx: Context, before: Level) -> Button | None:
        """What they had before, or nothing."""
        name = (await ctx.member(self.user.id)).name
        if before is self._level:
            return None
        if before is Level.ANYBODY:
            label = Reply("Take it from {name}", name=name)
            return Undo(label, "access revoke", user=self.user, room=self.room)
        label = Reply("Make {name} {level} again", name=name, level=before.noun)
        return Undo(label, "access grant", user=self.user, granted=before.word, room=self.room)

    @property
    def _level(self) -> Level:
        return Level[self.granted.upper()]
