from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, Reason
from bot.features.approval import acts
from bot.reply import Reply


class ApprovalDeny(Command):
    """Say no to a request, as its button does; why can be said afterwards too."""

    level = Level.MODERATOR
    aside = True
    about_requests = True
    also = ("deny", "no")
    alone = "approval list"
    verb = "deny a request"
    examples = ("approval deny 12", "approval deny 12 she has apologised")

    number: Annotated[int, Field(description="The number on the card")]
    reason: Annotated[Reason, Positional] = ""
    revision: Annotated[int, Field(description="Only if the card has changed no more often than this")] = 0

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Say no to #{number}?", button="Say no", number=self.number)

    async def run(self, ctx: Context) -> Reply:
        stopped = await acts.decide(ctx, self.number, yes=False, why=self.reason, revision=self.revision)
        return stopped or Reply("Denied #{number}.", number=self.number) + acts.because(self.reason)
