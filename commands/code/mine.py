from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional
from bot.features.code import acts
from bot.reply import Reply


class CodeMine(Command):
    """See the codes that were sent to you, for you alone; that you saw them is written down."""

    level = Level.ANYBODY
    reads = True
    mints = True
    verb = "show my codes"
    examples = ("code mine", "code mine 12")

    number: Annotated[int, Positional, Field(description="Only that of this invitation")] = 0

    async def run(self, ctx: Context) -> Reply:
        return await acts.mine(ctx, self.number)
