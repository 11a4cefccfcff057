from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoleName, RoomRef, Yes
from bot.features.room import live
from bot.features.sip import calling
from bot.reply import Reply


class SipDtmf(Command):
    """Press keys for the telephones in a room, such as the code of a conference; a room code has to work."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "press keys"
    examples = ("sip dtmf 1234#", "sip dtmf 1234# --room standup")

    digits: Annotated[str, Field(description="0 to 9, * and #, and a to d")]
    role: Annotated[
        RoleName, Field(description="Whose room code 100ms is asked with, else any that works")
    ] = ""
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        calling.check_keys(self.digits)
        now = await live.look(ctx, self.room)
        return Reply(
            "Press {keys} for every telephone in {room}?",
            button="Press {keys}",
            facts=[Reply("{people} there", people=now.people), Reply("what answers may cost money")],
            keys=self.digits,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        await calling.press(ctx, self.room, self.digits, self.role)
        return Reply(
            "{by} pressed {keys} for every telephone in {room}.",
            by=ctx.actor.mention,
            keys=self.digits,
            room=self.room,
        )
