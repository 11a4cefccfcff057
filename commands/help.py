from typing import Annotated

from pydantic import Field

from bot.access import ANYWHERE
from bot.command import Command, Context, Level, Positional, Registry, Sentence
from bot.command.pages import help_page
from bot.features.policy import acts
from bot.reply import Reply


class Help(Command):
    """See what you can run, or how one command is written."""

    level = Level.ANYBODY
    reads = True
    also = ("hello", "help me", "hey", "hi")
    examples = ("help", "help end-room")

    command: Annotated[str, Sentence, Positional, Field(description="The command, such as room lock")] = ""

    async def run(self, ctx: Context) -> Reply:
        rights = await ctx.rights()
        mine = rights(Level.ADMIN, ANYWHERE)
        policies = await acts.in_force(ctx)
        return help_page(
            ctx[Registry],
            self.command,
            lambda command: command.level <= mine.level,
            lambda command: policies.get(ctx[Registry].words(command), command.yes),
            lambda level: rights(level, ANYWHERE).why,
        )
