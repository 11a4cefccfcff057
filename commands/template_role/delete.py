from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, TemplateRef, TemplateRole, Yes
from bot.features.template import roles
from bot.reply import Reply


class TemplateRoleDelete(Command):
    """Take a role out of a template: nobody can join with it any more."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    verb = "delete role"
    examples = (
        "template-role delete classroom stage",
        "template-role delete classroom stage --reason 'nobody has it'",
    )

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    role: Annotated[TemplateRole, Field(description="The role, as the template writes it")]

    async def consequence(self, ctx: Context) -> Reply:
        return Reply(
            "Delete the role {role} of {template}?",
            button="Delete {role}",
            stakes=await roles.stakes_of_its_end(ctx, self.template, self.role),
            facts=[
                await roles.used(ctx, self.template),
                Reply("nobody can join with it any more"),
                Reply("its room codes work until codes are made anew"),
            ],
            role=self.role,
            template=self.template,
        )

    async def run(self, ctx: Context) -> Reply:
        await roles.delete(ctx, self.template, self.role)
        return Reply(
            "{by} deleted the role {role} of {template}.",
            by=ctx.actor.mention,
            role=self.role,
            template=self.template,
        )
