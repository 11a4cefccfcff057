from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.approval import acts
from bot.reply import Reply


class ApprovalAsk(Command):
    """Call somebody who can decide a request, in the thread of its card."""

    level = Level.VIEWER
    aside = True
    about_requests = True
    verb = "ask somebody to decide"
    examples = ("approval ask 12", "approval ask 7")

    number: Annotated[int, Field(description="The number on the card")]

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Call somebody who can decide #{number}?", button="Call somebody", number=self.number)

    async def run(self, ctx: Context) -> Reply:
        stopped = await acts.ask(ctx, self.number)
        return stopped or Reply("Asked, in the thread of #{number}.", number=self.number)
