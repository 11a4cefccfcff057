from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.approval import acts
from bot.reply import Reply


class ApprovalApprove(Command):
    """Say yes to a request, as its button does."""

    level = Level.MODERATOR
    aside = True
    about_requests = True
    also = ("approve", "yes")
    alone = "approval list"
    verb = "approve a request"
    examples = ("approval approve 12", "approve 12")

    number: Annotated[int, Field(description="The number on the card")]
    revision: Annotated[int, Field(description="Only if the card has changed no more often than this")] = 0

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Say yes to #{number}?", button="Say yes", number=self.number)

    async def run(self, ctx: Context) -> Reply:
        stopped = await acts.decide(ctx, self.number, yes=True, revision=self.revision)
        return stopped or Reply("Said yes to #{number}.", number=self.number)
