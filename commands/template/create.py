from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, TemplateRef, Yes
from bot.features.template import whole
from bot.features.template.editing import Members
from bot.reply import Reply


class TemplateCreate(Command):
    """Make a new template; a name that is taken is refused, since 100ms would overwrite that template."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    examples = ("template create lab --like classroom", "template create lab")

    name: Annotated[str, Field(description="Letters, digits, spaces and . - : _")]
    like: Annotated[
        TemplateRef | None, Field(description="The template of which it is a copy, but for its keys")
    ] = None
    members: Members = ""

    async def consequence(self, ctx: Context) -> Reply:
        new = await whole.new(ctx, self.name, self.like, self.members)
        return Reply(
            "Make the template {name}?",
            button="Make {name}",
            facts=whole.told(new, self.like),
            name=self.name,
        )

    async def run(self, ctx: Context) -> Reply:
        await whole.make(ctx, self.name, self.like, self.members)
        return Reply("{by} made the template {name}.", by=ctx.actor.mention, name=self.name)
