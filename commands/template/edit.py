from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, TemplateRef, Yes
from bot.errors import UserError
from bot.features.template import editing, parts, roles, whole
from bot.features.template.editing import CarriedForm, Members
from bot.reply import Reply


class TemplateEdit(Command):
    """Rename a template, or change of it whatever else is written as JSON."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    previews = True
    examples = (
        "template edit classroom --rename lecture-hall",
        'template edit classroom --json \'{"roles": {"stage": {"priority": 3}}}\'',
    )

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    rename: Annotated[str, Field(description="Another name for it")] = ""
    members: Members = ""
    seen: CarriedForm = ""

    async def consequence(self, ctx: Context) -> Reply:
        part = parts.all_of(ctx, self.template)
        edited = await whole.look(ctx, part, self.template, self)
        return Reply(
            "Change the template {template}?",
            button="Change {template}",
            stakes=editing.stakes(edited, part),
            facts=await roles.around(ctx, self.template),
            template=self.template,
        ) + editing.said(edited, part)

    async def run(self, ctx: Context) -> Reply:
        part = parts.all_of(ctx, self.template)
        told = await editing.carry_out(ctx, part, lambda: whole.look(ctx, part, self.template, self))
        by = ctx.actor.mention
        return Reply("{by} changed the template {template}.", by=by, template=self.template) + told

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        return (
            await editing.holding_of(parts.all_of(ctx, self.template), whole.PLACES)
            if self.template.id
            else {}
        )

    def unsaid(self) -> UserError | None:
        return editing.unsaid(self, whole.PLACES)
