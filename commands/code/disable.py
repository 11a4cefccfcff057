from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoleName, RoomRef, Yes
from bot.features.code import acts
from bot.reply import Reply, Undo


class CodeDisable(Command):
    """Let a code work no longer; whoever came in with it stays."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    examples = ("code disable guest", "code disable guest 2 --room standup")

    role: Annotated[RoleName, Field(description="For whom the code is")]
    number: Annotated[int, Positional, Field(description="Which of its codes, as code list counts them")] = 0
    room: RoomRef

    async def yes_needed(self, ctx: Context) -> Yes:
        return await acts.yes_for(ctx, self.room, self.role)

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check_role(ctx, self.room, self.role)
        found = await acts.pick(ctx, self.room, self.role, self.number, enabled=False)
        return Reply(
            "Disable code {number} for {role} in {room}?",
            button="Disable it",
            facts=[Reply("nobody new comes in with it"), Reply("whoever is there stays")],
            number=found.number,
            role=self.role,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        number = await acts.switch(ctx, self.room, self.role, self.number, enabled=False)
        role, room = self.role, self.room
        undo = Undo(Reply("Enable it again"), "code enable", role=role, number=number, room=room)
        return Reply(
            "{by} disabled code {number} for {role} in {room}: nobody new comes in with it.",
            by=ctx.actor.mention,
            number=number,
            role=role,
            room=room,
            undo=undo,
        )
