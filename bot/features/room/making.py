"""Making a room without overwriting one that is there."""

import re
from collections.abc import Awaitable, Callable

from bot.command import Context, RoomRef, TemplateRef
from bot.errors import UserError
from bot.features.room.finding import called
from bot.reply import Code

NAME = re.compile(r"[A-Za-z0-9.:_-]+")


async def check(ctx: Context, name: str, field: str = "name") -> None:
    """Refuse a name that 100ms would refuse, or overwrite a room for."""
    if not NAME.fullmatch(name):
        raise UserError(
            "“{name}” cannot be a room's name: only letters, digits and . - : _ can. Write {better}.",
            name=name,
            better=Code(better_name(name)),
        ).at(field)
    taken = await called(ctx.hms, name)
    if taken:
        see = Code(f"/hms room show {taken.name}")
        wrong = UserError("There is a room {room} already. See it: {see}.", room=taken.name, see=see)
        raise wrong.at(field)


def better_name(name: str) -> str:
    """The nearest name that 100ms takes."""
    return "-".join(NAME.findall(name)) or "room-1"


async def make(ctx: Context, name: str, template: TemplateRef | None) -> RoomRef:
    """Make a room; UserError when the name is taken by then."""
    await ctx.first_seen("check name", name, lambda: check(ctx, name))

    async def call() -> None:
        await ctx.hms.rooms.create(name=name, template_id=template.id if template else None)

    await ctx.once("create room", name, call, read_back=_exists(ctx, name))
    made = await called(ctx.hms, name)
    if made is None:
        raise UserError(
            "100ms made {name} but does not list it yet. Look in a minute: `/hms room list`.", name=name
        )
    return RoomRef(id=made.id, name=made.name)


def _exists(ctx: Context, name: str) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return await called(ctx.hms, name) is not None

    return look
