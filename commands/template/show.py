from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Option, TemplateRef
from bot.features.template import cards
from bot.reply import Reply


class TemplateShow(Command):
    """See a template: its roles and what each may do, its settings, where its streams go."""

    level = Level.ADMIN
    reads = True
    examples = ("template show classroom", "template show classroom --json")

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    as_file: Annotated[
        bool,
        Option("json"),
        Field(description="All of it as a file, but for keys: it can be changed and given back"),
    ] = False

    async def run(self, ctx: Context) -> Reply:
        found = await ctx.hms.templates.retrieve(self.template.id)
        if self.as_file:
            return cards.as_file(found)
        rooms = await ctx.hms.rooms.list(template_id=self.template.id, limit=100)
        return cards.said(found, self.template, len(rooms.data))
