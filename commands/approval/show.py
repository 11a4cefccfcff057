from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.approval import acts
from bot.reply import Reply


class ApprovalShow(Command):
    """See one request that waits, with the buttons that decide it."""

    level = Level.VIEWER
    reads = True
    about_requests = True
    verb = "show a request"
    alone = "approval list"
    examples = ("approval show 12", "approval show #12")

    number: Annotated[int, Field(description="The number on the card")]

    async def run(self, ctx: Context) -> Reply:
        return await acts.show(ctx, self.number)
