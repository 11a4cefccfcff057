from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Command, Context, Level, Option, TemplateRef, TemplateRole, Yes
from bot.errors import UserError
from bot.features.template import destinations, editing, roles
from bot.features.template.editing import CarriedForm, Members
from bot.reply import Reply

Answer = Literal["yes", "no"] | None


class TemplateDestinationsSet(Command):
    """Say where a stream or a transcript of a template goes, by the name of its destination."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    previews = True
    verb = "change target"
    examples = (
        "template-destinations set classroom broadcast --kind live --longest 7200",
        "template-destinations set classroom notes --kind transcript --role host",
    )

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    name: Annotated[str, Field(description="The destination's name; one that is not there is made")]
    kind: Annotated[
        Literal["live", "stream", "transcript"] | None,
        Field(description="A live stream, a stream to other platforms, or a transcript"),
    ] = None
    longest: Annotated[int | None, Field(ge=0, description="Seconds that it lasts at most")] = None
    stop_empty: Annotated[int | None, Field(ge=0, description="Seconds after the last has left")] = None
    width: Annotated[int | None, Field(ge=0, description="Of a stream, in pixels")] = None
    height: Annotated[int | None, Field(ge=0, description="Of a stream, in pixels")] = None
    record: Annotated[Answer, Field(description="Whether a stream is recorded too")] = None
    writer: Annotated[
        TemplateRole, Option("role"), Field(description="As which role a transcript is written")
    ] = ""
    writes: Annotated[
        tuple[str, ...], Field(description="What a transcript is of: recorded, live, caption, one a line")
    ] = ()
    delete: Annotated[bool, Field(description="Take it out of the template")] = False
    members: Members = ""
    seen: CarriedForm = ""

    async def consequence(self, ctx: Context) -> Reply:
        part, edited = await destinations.look(ctx, self.template, self)
        facts = [await roles.used(ctx, self.template)]
        template = "Change the destination {name} of {template}?"
        if edited.is_new:
            template = "Make the destination {name} of {template}?"
            facts.insert(0, Reply("{kind}", kind=destinations.kind_of(edited)))
        return Reply(
            template,
            button="Make {name}" if edited.is_new else "Change {name}",
            stakes=editing.stakes(edited, part),
            facts=facts,
            name=self.name,
            template=self.template,
        ) + editing.said(edited, part)

    async def run(self, ctx: Context) -> Reply:
        told = await destinations.carry_out(ctx, self.template, self)
        done = Reply(
            "{by} changed the destination {name} of {template}.",
            by=ctx.actor.mention,
            name=self.name,
            template=self.template,
        )
        return done + told

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        if not (self.template.id and self.name):
            return {}
        return await destinations.holding(ctx, self.template, self)

    def unsaid(self) -> UserError | None:
        return (
            None if self.delete else editing.unsaid(self, dict.fromkeys(("kind", *destinations.FIELDS), ()))
        )
