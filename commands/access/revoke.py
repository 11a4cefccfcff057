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
        kept = await acts.kept(ctx, self.user, Level.ANYBODY, self.room)
        return Reply(
            "Take the level of {name} for {rooms}?",
            button="Take it from {name}",
            facts=[
                Reply("{user} is {level}", user=self.user, level=level.noun),
                *acts.keeps(self.user, kept),
                Reply("every admin is told"),
            ],
            name=(await ctx.member(self.user.id)).name,
            rooms=acts.scope(self.room, kept),
        )

    async def run(self, ctx: Context) -> Reply:
        level = await acts.revoke(ctx, self.user, self.room)
        kept = await acts.kept(ctx, self.user, Level.ANYBODY, self.room)
        name = (await ctx.member(self.user.id)).name
        label = Reply("Make {name} {level} again", name=name, level=level.noun)
        return Reply(
            "{by} took their level from {user} for {rooms}, was {level}.",
            by=ctx.actor.mention,
            user=self.user,
            level=level.noun,
            rooms=acts.scope(self.room, kept),
            facts=acts.keeps(self.user, kept),
            buttons=acts.taking(self.user, kept),
            undo=Undo(label, "access grant", user=self.user, granted=level.word, room=self.room),
        )
