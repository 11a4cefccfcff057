from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.approval import acts
from bot.reply import Reply


class ApprovalWithdraw(Command):
    """Take back a request that you made."""

    level = Level.MODERATOR
    aside = True
    about_requests = True
    also = ("withdraw",)
    verb = "take a request back"
    alone = "approval list"
    examples = ("approval withdraw 12", "withdraw 12")

    number: Annotated[int, Field(description="The number on the card")]

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Take back #{number}?", button="Take it back", number=self.number)

    async def run(self, ctx: Context) -> Reply:
        stopped = await acts.withdraw(ctx, self.number)
        return stopped or Reply("Took back #{number}.", number=self.number)
