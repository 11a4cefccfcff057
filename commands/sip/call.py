from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoleName, RoomRef, TelephoneNumber, TrunkName, Yes
from bot.features.code import acts as codes
from bot.features.room import live
from bot.features.sip import calling, trunks
from bot.reply import Reply


class SipCall(Command):
    """Call somebody's telephone into a room; it costs money, and takes up to a minute until they pick up."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "call"
    examples = (
        "sip call +15550111 --role guest",
        "sip call +15550111 --role guest --trunk office --room standup",
    )

    number: Annotated[TelephoneNumber, Field(description="The number, with its country: +15550111")]
    role: Annotated[RoleName, Field(description="As what they come in; a code of it has to work")] = ""
    trunk: Annotated[TrunkName, Field(description="Through which trunk, where there are several")] = ""
    name: Annotated[str, Field(description="What they are called in the room, else by their last digits")] = (
        ""
    )
    room: RoomRef

    async def yes_needed(self, ctx: Context) -> Yes:
        return await codes.yes_for(ctx, self.room, self.role) if self.role else Yes.ACTOR

    async def consequence(self, ctx: Context) -> Reply:
        trunk = await trunks.named(ctx, self.trunk)
        role = await calling.role_for(ctx, self.room, self._dialling)
        now = await live.find(ctx, self.room, hosts=False)
        return Reply(
            "Call {called} into {room} as {role}?",
            button="Call {called}",
            meanwhile="It is ringing at {called}. This takes up to a minute: until they pick up, or do not.",
            facts=[
                Reply("the call costs money: {trunk} is charged for it", trunk=trunk.name),
                Reply("it rings for up to a minute"),
                Reply("{people} there", people=now.people) if now else Reply("nobody is there yet"),
            ],
            called=self._dialling.called,
            role=role,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        role = await calling.call(ctx, self.room, self._dialling)
        return Reply(
            "{by} called {called} into {room} as {role}.",
            by=ctx.actor.mention,
            called=self._dialling.called,
            room=self.room,
            role=role,
        )

    @property
    def _dialling(self) -> calling.Dialling:
        return calling.Dialling(self.number, self.trunk, self.role, self.name)
