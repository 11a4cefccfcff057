from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.case import acts, cards
from bot.reply import Reply


class CaseShow(Command):
    """See one thing that was done: to whom, by whom, whose yes it had, why, and what takes it back."""

    level = Level.MODERATOR
    reads = True
    about_requests = True
    verb = "show a case"
    alone = "case list"
    examples = ("case show 12", "case show #12 --here")

    number: Annotated[int, Field(description="Its number, as its card and the list show it")]

    async def run(self, ctx: Context) -> Reply:
        return cards.said(await acts.find(ctx, self.number))
