from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Command, Context, Level, TemplateRef, Yes
from bot.errors import UserError
from bot.features.template import editing, parts, roles
from bot.features.template.editing import CarriedForm, Members, place
from bot.reply import Reply

PLACES = {
    "region": place("region"),
    "tell_outside": place("roomState.enabled"),
    "every": place("roomState.messageInterval"),
    "tell_people": place("roomState.sendPeerList"),
    "not_inside": place("roomState.stopRoomStateOnJoin"),
}
Answer = Literal["yes", "no"] | None


class TemplateSettingsSet(Command):
    """Say where the rooms of a template are, and what is told outside of who is there."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    previews = True
    verb = "change settings"
    examples = (
        "template-settings set classroom --region eu",
        "template-settings set classroom --tell-outside yes --every 30",
    )

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    region: Annotated[Literal["auto", "in", "us", "eu"] | None, Field(description="Where its rooms are")] = (
        None
    )
    tell_outside: Annotated[Answer, Field(description="Whether apps hear who is there before they join")] = (
        None
    )
    every: Annotated[
        int | None, Field(ge=5, le=3600, multiple_of=5, description="How often, in seconds: 5, 10, 15 …")
    ] = None
    tell_people: Annotated[Answer, Field(description="Whether they hear of each person too")] = None
    not_inside: Annotated[Answer, Field(description="Whether that ends once somebody has joined")] = None
    members: Members = ""
    seen: CarriedForm = ""

    async def consequence(self, ctx: Context) -> Reply:
        part = parts.settings_of(ctx, self.template)
        edited = await editing.look(part, self, PLACES)
        return Reply(
            "Change the settings of {template}?",
            button="Change {template}",
            stakes=editing.stakes(edited, part),
            facts=await roles.around(ctx, self.template),
            template=self.template,
        ) + editing.said(edited, part)

    async def run(self, ctx: Context) -> Reply:
        part = parts.settings_of(ctx, self.template)
        told = await editing.carry_out(ctx, part, lambda: editing.look(part, self, PLACES))
        by = ctx.actor.mention
        return Reply("{by} changed the settings of {template}.", by=by, template=self.template) + told

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        if not self.template.id:
            return {}
        return await editing.holding_of(parts.settings_of(ctx, self.template), PLACES)

    def unsaid(self) -> UserError | None:
        return editing.unsaid(self, PLACES)
