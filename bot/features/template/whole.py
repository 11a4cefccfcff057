"""A template as a whole: made without overwriting one that is there, renamed, changed by JSON."""

import re
from typing import Any

from bot.command import Context, TemplateRef
from bot.errors import UserError
from bot.features.room.cache import RoomCache
from bot.features.template import editing
from bot.features.template.editing import Edited, Edits
from bot.features.template.flat import OF_100MS, Whole, patched, secrets, without_secrets
from bot.features.template.parts import TemplatePart, made, whole, with_outspoken_roles
from bot.hms import Template
from bot.reply import Reply

PLACES = {"rename": ("name",)}
NAME = re.compile(r"[A-Za-z0-9 .:_-]+")


async def look(ctx: Context, part: TemplatePart, template: TemplateRef, command: Edits) -> Edited:
    """What a command would make of a template; UserError for a name that is taken, or cannot be one."""
    edited = await editing.look(part, command, PLACES)
    renamed = edited.after.get("name", "")
    if renamed != edited.before.get("name"):
        await _check_name(ctx, renamed, "rename", besides=template.id)
    return edited


async def new(ctx: Context, name: str, like: TemplateRef | None, members: str) -> dict[str, Any]:
    """A template to be made: a copy without keys, or what 100ms makes of nothing; UserError as above."""
    await _check_name(ctx, name, "name")
    begun: Whole = whole(await ctx.hms.templates.retrieve(like.id)) if like else {"roles": {}}
    copied = without_secrets(
        {one: value for one, value in begun.items() if one not in {*OF_100MS, "default"}}
    )
    if any(secrets(begun)) and copied.get("settings", {}).get("recording"):
        copied["settings"]["recording"] = None  # a storage without its key takes no file
    return with_outspoken_roles(patched(copied, editing.read_members(members)) | {"name": name})


def told(new: Whole, like: TemplateRef | None) -> list[Reply]:
    """What is to be known of it before it is made."""
    if not like:
        return [Reply("with the roles that 100ms begins with")] if not new["roles"] else [_roles(new)]
    return [Reply("a copy of {like}", like=like), _roles(new), Reply("keys are not copied")]


async def make(ctx: Context, name: str, like: TemplateRef | None, members: str) -> None:
    """Make it, once; UserError when the name is taken by then."""

    async def call() -> None:
        await ctx.hms.templates.create(made(Template, await new(ctx, name, like, members)))

    async def exists() -> bool:
        return await _called(ctx, name)

    await ctx.once("create template", name, call, read_back=exists)
    ctx[RoomCache].forget_templates()


def _roles(new: Whole) -> Reply:
    return Reply("with the roles {roles}", roles=tuple(new["roles"]))


async def _check_name(ctx: Context, name: str, field: str, *, besides: str = "") -> None:
    if not NAME.fullmatch(name):
        wrong = "“{name}” cannot be a template's name: only letters, digits, spaces and . - : _ can."
        raise UserError(wrong, name=name).at(field)
    if await _called(ctx, name, besides=besides):
        raise UserError("There is a template {name} already. See it: `/hms template show`.", name=name).at(
            field
        )


async def _called(ctx: Context, name: str, *, besides: str = "") -> bool:
    async for one in ctx.hms.templates.each():
        if one.name.casefold() == name.casefold() and one.id != besides:
            return True
    return False
