"""The parts of a template that are changed by themselves: each is read, and written back whole.

100ms drops what is not sent, so a part is never written but as it was read, with the one thing changed. What
the client does not know is kept, and what it could not read is not lost: then nothing is written.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.command import Context, TemplateRef
from bot.errors import UserError
from bot.features.template.flat import At, Whole
from bot.hms import Destinations, NotFound, Object, RecordingConfig, Role, Template, TemplateSettings
from bot.hms.objects import plain

# What a role may do unless it is told that it may not; 100ms leaves out what is false when it answers.
MAY_UNLESS_TOLD = ("browserRecording", "rtmpStreaming", "hlsStreaming")

Written = TypeVar("Written", bound=Object)


@dataclass(frozen=True)
class TemplatePart:
    """One part: what it is called in the log, what it is, whose, and how it is read and written.

    It reads as None where there is none yet. JSON that people write is of what is ``inside``.
    """

    key: str
    kind: type[Object]
    read: Callable[[], Awaitable[dict[str, Any] | None]]
    write: Callable[[Whole], Awaitable[object]]
    whose: str = ""
    inside: At = ()


def role_of(ctx: Context, template: TemplateRef, name: str) -> TemplatePart:
    """One role, by its name."""

    async def read_role() -> dict[str, Any] | None:
        return await role_as_it_is(ctx, template, name)

    async def write_role(changed: Whole) -> None:
        await ctx.hms.templates.upsert_role(template.id, name, made(Role, outspoken(changed)))

    return TemplatePart(f"{template.id}:role:{name}", Role, read_role, write_role, whose=name)


async def role_as_it_is(ctx: Context, template: TemplateRef, name: str) -> dict[str, Any] | None:
    """One role; None where there is none of this name."""
    try:
        return whole(await ctx.hms.templates.retrieve_role(template.id, name))
    except NotFound:
        return None


def settings_of(ctx: Context, template: TemplateRef) -> TemplatePart:
    """What holds for all rooms."""

    async def read_settings() -> dict[str, Any]:
        return whole(await ctx.hms.templates.retrieve_settings(template.id))

    async def write_settings(changed: Whole) -> None:
        await ctx.hms.templates.update_settings(template.id, made(TemplateSettings, changed))

    return TemplatePart(f"{template.id}:settings", TemplateSettings, read_settings, write_settings)


def destination_of(ctx: Context, template: TemplateRef, family: str, name: str) -> TemplatePart:
    """One destination of a family, such as a live stream: read by itself, written back with all others."""

    async def read_destination() -> dict[str, Any] | None:
        found = whole(await ctx.hms.templates.retrieve_destinations(template.id))
        mine = (found.get(family) or {}).get(name)
        return {family: {name: mine}} if mine is not None else None

    async def write_destination(changed: Whole) -> None:
        found = whole(await ctx.hms.templates.retrieve_destinations(template.id))
        others = {one: said for one, said in (found.get(family) or {}).items() if one != name}
        every = {**found, family: {**others, **changed.get(family, {})}}
        await ctx.hms.templates.update_destinations(template.id, made(Destinations, every))

    return TemplatePart(
        f"{template.id}:{family}:{name}",
        Destinations,
        read_destination,
        write_destination,
        inside=(family, name),
    )


def recordings_of(ctx: Context, template: TemplateRef) -> TemplatePart:
    """How rooms are recorded: one configuration, or none yet."""

    async def read_recordings() -> dict[str, Any] | None:
        found = await ctx.hms.templates.retrieve_recordings(template.id)
        return whole(found[0]) if found else None

    async def write_recordings(changed: Whole) -> None:
        await ctx.hms.templates.configure_recordings(template.id, made(RecordingConfig, changed))

    return TemplatePart(f"{template.id}:recordings", RecordingConfig, read_recordings, write_recordings)


def all_of(ctx: Context, template: TemplateRef) -> TemplatePart:
    """The whole template."""

    async def read_all() -> dict[str, Any]:
        return whole(await ctx.hms.templates.retrieve(template.id))

    async def write_all(changed: Whole) -> None:
        await ctx.hms.templates.update(template.id, made(Template, with_outspoken_roles(changed)))

    return TemplatePart(f"{template.id}:template", Template, read_all, write_all)


def with_outspoken_roles(changed: Whole) -> dict[str, Any]:
    """A template whose roles say what they may not do."""
    roles = changed.get("roles")
    if not isinstance(roles, dict):
        return dict(changed)
    return {**changed, "roles": {name: outspoken(role) for name, role in roles.items()}}


def outspoken(role: Whole) -> dict[str, Any]:
    """A role that says what it may not do: written back as it was read, it could record from then on."""
    said = role.get("permissions")
    permissions = said if isinstance(said, dict) else {}
    return {**role, "permissions": dict.fromkeys(MAY_UNLESS_TOLD, False) | permissions}


def whole(read: Object) -> dict[str, Any]:
    """What 100ms answered, with what we do not know; UserError where something in it could not be read."""
    try:
        written = plain(read)
    except ValueError as error:
        raise UserError(
            "100ms sent something in this template that I could not read, and writing it back would lose it. "
            "Change it in 100ms's dashboard."
        ) from error
    return dict(written) if isinstance(written, dict) else {}


def made(kind: type[Written], changed: Whole) -> Written:
    """A part as it is written; UserError where something in it is not of its kind."""
    try:
        return kind.model_validate(dict(changed))
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
        raise UserError("What was written for {place} does not fit there.", place=place).at(
            "members"
        ) from error
