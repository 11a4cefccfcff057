"""The roles of a template: where what people change of one stands, and what to know around it."""

from bot.command import Context, TemplateRef
from bot.errors import UserError
from bot.features.room.cache import RoomCache
from bot.features.template import editing, parts
from bot.features.template.difference import held
from bot.features.template.editing import Edited, Edits, place
from bot.features.template.flat import Whole
from bot.features.template.parts import TemplatePart
from bot.hms import NotFound
from bot.reply import Counted, Reply, Stakes

PLACES = {
    field: place(at)
    for field, at in {
        "audio": "publishParams.allowed.audio",
        "video": "publishParams.allowed.video",
        "screen": "publishParams.allowed.screen",
        "sees": "subscribeParams.subscribeToRoles",
        "end_room": "permissions.endRoom",
        "remove": "permissions.removeOthers",
        "mute": "permissions.mute",
        "unmute": "permissions.unmute",
        "change_role": "permissions.changeRole",
        "see_polls": "permissions.pollRead",
        "make_polls": "permissions.pollWrite",
        "record": "permissions.browserRecording",
        "stream": "permissions.rtmpStreaming",
        "live": "permissions.hlsStreaming",
        "max_people": "maxPeerCount",
        "priority": "priority",
        "audio_bitrate": "publishParams.audio.bitRate",
        "video_bitrate": "publishParams.video.bitRate",
        "video_width": "publishParams.video.width",
        "video_height": "publishParams.video.height",
        "rename": "name",
    }.items()
}
# A new role may nothing but be there: 100ms would let it record and stream.
NEW: Whole = {"publishParams": {"allowed": []}, "subscribeParams": {"subscribeToRoles": []}, "priority": 5}


async def look(ctx: Context, part: TemplatePart, template: TemplateRef, command: Edits) -> Edited:
    """What a command makes of a role; UserError for a name that is taken, or roles that are not there."""
    edited = await editing.look(part, command, PLACES, {**NEW, "name": part.whose})
    names = set((await ctx.hms.templates.retrieve(template.id)).roles)
    renamed = edited.after["name"]
    if renamed != part.whose and renamed in names:
        wrong = UserError("{template} has a role {role} already.", template=template, role=renamed)
        raise wrong.at("rename")
    _check_seen(edited.after, {*names, renamed}, template)
    return edited


async def around(ctx: Context, template: TemplateRef) -> list[Reply]:
    """What to know before what people may is changed: which rooms it is about, and from when."""
    return [await used(ctx, template), Reply("whoever is inside has it from their next join")]


async def used(ctx: Context, template: TemplateRef) -> Reply:
    """How many rooms have a template."""
    rooms = await ctx.hms.rooms.list(template_id=template.id, limit=100)
    number = len(rooms.data)
    rooms_with = Counted(number, "room has this template", "rooms have this template")
    return Reply("{used}", used=rooms_with) if number < 100 else Reply("100 rooms or more have this template")


async def check(ctx: Context, template: TemplateRef, role: str, field: str) -> None:
    """Refuse the name of a role that the template does not have, or none."""
    names = set((await ctx.hms.templates.retrieve(template.id)).roles)
    if not role:
        raise UserError(
            "It needs a role of {template}, one of {known}.", template=template, known=_known(names)
        ).at(field)
    if role not in names:
        raise _unknown(template, role, names).at(field)


def _check_seen(after: Whole, names: set[str], template: TemplateRef) -> None:
    seen = (after.get("subscribeParams") or {}).get("subscribeToRoles") or ()
    unknown = [role for role in seen if role not in names]
    if unknown:
        raise _unknown(template, unknown[0], names).at("sees")


def _unknown(template: TemplateRef, role: str, names: set[str]) -> UserError:
    return UserError(
        "{template} has no role {role}. It has {known}.", template=template, role=role, known=_known(names)
    )


def _known(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


async def stakes_of_its_end(ctx: Context, template: TemplateRef, role: str) -> Stakes:
    """What the yes to its end is given to; UserError where there is no such role."""
    found = await parts.role_as_it_is(ctx, template, role)
    if found is None:
        raise UserError(
            "{template} has no role {role}. See which it has: `/hms template show`.",
            template=template,
            role=role,
        ).at("role")
    return Stakes(held=held(found, role))


async def delete(ctx: Context, template: TemplateRef, role: str) -> None:
    """Take a role out of a template, once; one that is gone by then is as it was to be."""

    async def call() -> None:
        await ctx.hms.templates.delete_role(template.id, role)

    async def is_gone() -> bool:
        return await parts.role_as_it_is(ctx, template, role) is None

    try:
        await ctx.once("delete role", f"{template.id}:{role}", call, read_back=is_gone)
    except NotFound as error:
        raise UserError(
            "The role {role} of {template} is gone already.", role=role, template=template
        ) from error
    ctx[RoomCache].forget_templates()
