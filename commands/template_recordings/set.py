from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Command, Context, Level, Option, TemplateRef, TemplateRole, Yes
from bot.errors import UserError
from bot.features.template import editing, parts, roles
from bot.features.template.editing import CarriedForm, Edited, Members, place
from bot.features.template.parts import TemplatePart
from bot.reply import Reply

PLACES = {
    "recorder": place("role"),
    "film": place("compositeRecording.browserComposite.enabled"),
    "auto_start": place("compositeRecording.browserComposite.autoStart"),
    "stop_empty": place("compositeRecording.browserComposite.autoStopTimeout"),
    "width": place("compositeRecording.browserComposite.width"),
    "height": place("compositeRecording.browserComposite.height"),
    "tracks": place("trackRecording.enabled"),
    "each_person": place("streamRecording.enabled"),
    "longest": place("maxDuration"),
    "links": place("presignDuration"),
}
NEW = {"name": "recording", "role": ""}
Answer = Literal["yes", "no"] | None


class TemplateRecordingsSet(Command):
    """Say how the rooms of a template are recorded."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    previews = True
    verb = "change recordings"
    examples = (
        "template-recordings set classroom --role host --film yes --auto-start yes",
        "template-recordings set classroom --role host --tracks yes",
    )

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    recorder: Annotated[TemplateRole, Option("role"), Field(description="As which role it is recorded")] = ""
    film: Annotated[Answer, Field(description="Whether the whole room is filmed")] = None
    auto_start: Annotated[Answer, Field(description="Whether that begins by itself")] = None
    stop_empty: Annotated[int | None, Field(ge=0, description="Seconds after the last has left")] = None
    width: Annotated[int | None, Field(ge=0, description="Of the film, in pixels")] = None
    height: Annotated[int | None, Field(ge=0, description="Of the film, in pixels")] = None
    tracks: Annotated[Answer, Field(description="Whether each track is recorded by itself")] = None
    each_person: Annotated[Answer, Field(description="Whether each person is recorded")] = None
    longest: Annotated[int | None, Field(ge=0, description="Seconds that a recording lasts at most")] = None
    links: Annotated[int | None, Field(ge=0, description="Seconds that links to its files are good for")] = (
        None
    )
    members: Members = ""
    seen: CarriedForm = ""

    async def consequence(self, ctx: Context) -> Reply:
        part = parts.recordings_of(ctx, self.template)
        edited = await self._look(ctx, part)
        return Reply(
            "Record the rooms of {template} so?",
            button="Change {template}",
            stakes=editing.stakes(edited, part),
            facts=await roles.around(ctx, self.template),
            template=self.template,
        ) + editing.said(edited, part)

    async def run(self, ctx: Context) -> Reply:
        part = parts.recordings_of(ctx, self.template)
        told = await editing.carry_out(ctx, part, lambda: self._look(ctx, part))
        by = ctx.actor.mention
        return (
            Reply("{by} changed how the rooms of {template} are recorded.", by=by, template=self.template)
            + told
        )

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        if not self.template.id:
            return {}
        return await editing.holding_of(parts.recordings_of(ctx, self.template), PLACES)

    def unsaid(self) -> UserError | None:
        return editing.unsaid(self, PLACES)

    async def _look(self, ctx: Context, part: TemplatePart) -> Edited:
        edited = await editing.look(part, self, PLACES, NEW)
        await roles.check(ctx, self.template, edited.after.get("role", ""), "recorder")
        return edited
