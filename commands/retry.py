from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.errors import UserError
from bot.features.upkeep import acts
from bot.reply import Reply


class Retry(Command):
    """Try again what the bot could not do by itself."""

    level = Level.MODERATOR
    about_requests = True
    examples = ("retry 3", "retry 3 --reason '100ms answers again'")

    number: Annotated[int, Field(description="The number in the message that says what failed")]

    async def consequence(self, ctx: Context) -> Reply:
        if not await acts.is_kept(ctx, self.number):
            raise self._gone()
        return Reply("Try number {number} again?", button="Try it again", number=self.number)

    async def run(self, ctx: Context) -> Reply:
        if not await acts.again(ctx, self.number):
            raise self._gone()
        return Reply("{by} has number {number} tried again.", by=ctx.actor.mention, number=self.number)

    def _gone(self) -> UserError:
        return UserError("Number {number} has been tried again already, or is too old.", number=self.number)
