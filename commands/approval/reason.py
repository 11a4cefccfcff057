from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Reason
from bot.features.approval import acts
from bot.reply import Reply


class ApprovalReason(Command):
    """Say why: what you asked for while it waits, or what you denied."""

    level = Level.MODERATOR
    aside = True
    about_requests = True
    verb = "say why"
    examples = ("approval reason 12 he shouts too", "approval reason 12 --reason 'she has apologised'")

    number: Annotated[int, Field(description="The number on the card")]
    reason: Reason

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Say why on #{number}?", button="Say why", number=self.number)

    async def run(self, ctx: Context) -> Reply:
        stopped = await acts.reason(ctx, self.number, self.reason)
        return stopped or Reply("Said why on #{number}.", number=self.number) + acts.because(self.reason)
