from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoleName, RoomRef, Yes
from bot.features.code import acts
from bot.reply import Button, Counted, Invocation, Reply


class CodeCreate(Command):
    """Make a code for a role; without one, for every role that has none."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    verb = "make code"
    examples = ("code create guest", "code create --room standup")

    role: Annotated[RoleName, Positional, Field(description="For whom; without one, wherever none works")] = (
        ""
    )
    room: RoomRef

    async def yes_needed(self, ctx: Context) -> Yes:
        roles = (self.role,) if self.role else await acts.lacking(ctx, self.room)
        return await acts.yes_for(ctx, self.room, *roles)

    async def consequence(self, ctx: Context) -> Reply:
        button, room = "Make a code", self.room
        if not self.role:
            roles = await acts.lacking(ctx, room)
            facts = [
                Reply("for {roles}", roles=roles),
                Reply("whoever has one comes in, until it is disabled"),
            ]
            return Reply("Make codes for {room}?", button=button, facts=facts, room=room)
        await acts.check_role(ctx, room, self.role)
        works = [one for one in await acts.codes(ctx, room, self.role) if one.enabled]
        facts = [Reply("whoever has it comes in, until it is disabled")]
        if works:
            facts.append(Reply("{codes} already", codes=Counted(len(works), "code works", "codes work")))
        return Reply(
            "Make a code for {role} in {room}?", button=button, facts=facts, role=self.role, room=room
        )

    async def run(self, ctx: Context) -> Reply:
        by, room = ctx.actor.mention, self.room
        shows = Button("See the codes", Invocation("code list", room=room))
        if self.role:
            await acts.create(ctx, room, self.role)
            return Reply(
                "{by} made a code for {role} in {room}.", by=by, role=self.role, room=room, buttons=[shows]
            )
        roles = await acts.create_lacking(ctx, room)
        return Reply("{by} made codes for {roles} in {room}.", by=by, roles=roles, room=room, buttons=[shows])
