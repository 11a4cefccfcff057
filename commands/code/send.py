from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoleName, RoomRef, UserRef, Yes
from bot.features.code import acts
from bot.features.code.book import GOOD_FOR
from bot.reply import Reply


class CodeSend(Command):
    """Invite somebody of the workspace: they alone see the code, when they ask for it."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    examples = ("code send @vi guest", "code send @vi guest --room standup")

    user: UserRef
    role: Annotated[RoleName, Field(description="As what they come in")]
    room: RoomRef

    async def yes_needed(self, ctx: Context) -> Yes:
        return await acts.yes_for(ctx, self.room, self.role)

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check_role(ctx, self.room, self.role)
        somebody = await acts.addressee(ctx, self.user)
        await acts.working(ctx, self.room, self.role)
        return Reply(
            "Invite {name} to {room} as {role}?",
            button="Invite {name}",
            facts=[Reply("they alone see the code"), Reply("they can ask for it for {span}", span=GOOD_FOR)],
            name=somebody.name,
            room=self.room,
            role=self.role,
        )

    async def run(self, ctx: Context) -> Reply:
        await acts.addressee(ctx, self.user)
        await acts.send(ctx, self.user, self.room, self.role)
        return Reply(
            "{by} invited {user} to {room} as {role}.",
            by=ctx.actor.mention,
            user=self.user,
            room=self.room,
            role=self.role,
        )
