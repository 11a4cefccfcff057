from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.command import Command, Context, Level, NewTemplateRole, TemplateRef, Yes
from bot.errors import UserError
from bot.features.template import editing, parts, roles
from bot.features.template.editing import CarriedForm, Members
from bot.reply import Reply

Answer = Literal["yes", "no"] | None


class TemplateRoleSet(Command):
    """Say what a role of a template may publish, see and do, or make a new role."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    previews = True
    verb = "change role"
    examples = (
        "template-role set classroom guest --video no --max-people 200",
        "template-role set classroom stage --record no --sees host,guest",
    )

    template: Annotated[TemplateRef, Field(description="The template's name or id")]
    role: Annotated[NewTemplateRole, Field(description="The role; one that is not there is made")]
    audio: Annotated[Answer, Field(description="Whether it may publish sound")] = None
    video: Annotated[Answer, Field(description="Whether it may publish video")] = None
    screen: Annotated[Answer, Field(description="Whether it may share the screen")] = None
    sees: Annotated[tuple[NewTemplateRole, ...], Field(description="Roles that it sees and hears")] = ()
    end_room: Annotated[Answer, Field(description="Whether it may end the session")] = None
    remove: Annotated[Answer, Field(description="Whether it may remove others")] = None
    mute: Annotated[Answer, Field(description="Whether it may mute others")] = None
    unmute: Annotated[Answer, Field(description="Whether it may ask others to unmute")] = None
    change_role: Annotated[Answer, Field(description="Whether it may change roles")] = None
    see_polls: Annotated[Answer, Field(description="Whether it may see polls")] = None
    make_polls: Annotated[Answer, Field(description="Whether it may make polls")] = None
    record: Annotated[Answer, Field(description="Whether it may record")] = None
    stream: Annotated[Answer, Field(description="Whether it may stream to other platforms")] = None
    live: Annotated[Answer, Field(description="Whether it may stream live")] = None
    max_people: Annotated[
        int | None, Field(ge=-1, description="How many may have it: 0 as many as come, -1 nobody")
    ] = None
    priority: Annotated[int | None, Field(ge=1, le=5, description="1 comes first, 5 last")] = None
    audio_bitrate: Annotated[int | None, Field(ge=16, le=128, description="In kbit/s, 16 to 128")] = None
    video_bitrate: Annotated[int | None, Field(ge=30, le=2000, description="In kbit/s, 30 to 2000")] = None
    video_width: Annotated[int | None, Field(ge=50, le=1920, description="In pixels, 50 to 1920")] = None
    video_height: Annotated[int | None, Field(ge=50, le=1080, description="In pixels, 50 to 1080")] = None
    rename: Annotated[str, Field(description="Another name for it")] = ""
    members: Members = ""
    seen: CarriedForm = ""

    async def consequence(self, ctx: Context) -> Reply:
        part = parts.role_of(ctx, self.template, self.role)
        edited = await roles.look(ctx, part, self.template, self)
        template = "Change the role {role} of {template}?"
        if edited.is_new:
            template = "Make the role {role} in {template}?"
        return Reply(
            template,
            button="Make {role}" if edited.is_new else "Change {role}",
            stakes=editing.stakes(edited, part),
            facts=await roles.around(ctx, self.template),
            role=self.role,
            template=self.template,
        ) + editing.said(edited, part)

    async def run(self, ctx: Context) -> Reply:
        part = parts.role_of(ctx, self.template, self.role)
        told = await editing.carry_out(ctx, part, lambda: roles.look(ctx, part, self.template, self))
        done = Reply(
            "{by} changed the role {role} of {template}.",
            by=ctx.actor.mention,
            role=self.role,
            template=self.template,
        )
        return done + told

    async def holding(self, ctx: Context) -> Mapping[str, Any]:
        if not (self.template.id and self.role):
            return {}
        return await editing.holding_of(parts.role_of(ctx, self.template, self.role), roles.PLACES)

    def unsaid(self) -> UserError | None:
        return editing.unsaid(self, roles.PLACES)
