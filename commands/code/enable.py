from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoleName, RoomRef, Yes
from bot.features.code import acts
from bot.reply import Reply, Undo


class CodeEnable(Command):
    """Let a code work again that was disabled."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    examples = ("code enable guest", "code enable guest 1 --room standup")

    role: Annotated[RoleName, Field(description="For whom the code is")]
    number: Annotated[int, Positional, Field(description="Which of its codes, as code list counts them")] = 0
    room: RoomRef

    async def yes_needed(self, ctx: Context) -> Yes:
        return await acts.yes_for(ctx, self.room, self.role)

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check_role(ctx, self.room, self.role)
        found = await acts.pick(ctx, self.room, self.role, self.number, enabled=True)
        return Reply(
            "Let code {number} for {role} in {room} work again?",
            button="Enable it",
            facts=[Reply("whoever still has it comes in")],
            number=found.number,
            role=self.role,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        number = await acts.switch(ctx, self.room, self.role, self.number, enabled=True)
        role, room = self.role, self.room
        undo = Undo(Reply("Disable it again"), "code disable", role=role, number=number, room=room)
        return Reply(
            "{by} enabled code {number} for {role} in {room}.",
            by=ctx.actor.mention,
            number=number,
            role=role,
            room=room,
            undo=undo,
        )
