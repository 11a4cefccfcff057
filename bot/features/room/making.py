"""Making a room without overwriting one that is there."""

import re
from collections.abc import Awaitable, Callable

from bot.command import Ambiguous, Context, RoomRef
from bot.command.matching import unaccented
from bot.errors import UserError
from bot.features.room.finding import called
from bot.hms import Template
from bot.reply import Button, Code, Invocation, Reply

_WRITTEN_OUT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "Æ": "Ae",
        "Ø": "O",
        "Ł": "L",
    }
)
NAME = re.compile(r"[A-Za-z0-9.:_-]+")


async def check(ctx: Context, name: str, template: str) -> Template | None:
    """Refuse what 100ms would refuse or overwrite; answers the template named, None for the default."""
    if not NAME.fullmatch(name):
        raise _no_name(name, template)
    taken = await called(ctx.hms, name)
    if taken:
        see = Code(f"/hms room show {taken.name}")
        wrong = UserError("There is a room {room} already. See it: {see}.", room=taken.name, see=see)
        raise wrong.at("name")
    return await _template(ctx, template) if template else None


def better_name(name: str) -> str:
    """The nearest name that 100ms takes: *Füße & Söhne #1* is *Fuesse-Soehne-1*."""
    return "-".join(NAME.findall(unaccented(name.translate(_WRITTEN_OUT)))) or "room-1"


def _no_name(name: str, template: str) -> UserError:
    better = better_name(name)
    button = Button(
        Reply("Make {name}", name=better), Invocation("room create", name=better, template=template)
    )
    wrong = Ambiguous("“{name}” cannot be a room's name: only letters, digits and . - : _ can.", name=name)
    return wrong.offering([button]).at("name")


async def make(ctx: Context, name: str, template: str) -> RoomRef:
    """Make a room; UserError when the name is taken by then."""
    chosen = await ctx.first_seen("check name", name, lambda: _checked(ctx, name, template))

    async def call() -> None:
        await ctx.hms.rooms.create(name=name, template_id=chosen or None)

    await ctx.once("create room", name, call, read_back=_exists(ctx, name))
    made = await called(ctx.hms, name)
    if made is None:
        raise UserError(
            "100ms made {name} but does not list it yet. Look in a minute: `/hms room list`.", name=name
        )
    return RoomRef(id=made.id, name=made.name)


async def _checked(ctx: Context, name: str, template: str) -> str:
    found = await check(ctx, name, template)
    return found.id if found else ""


async def _template(ctx: Context, words: str) -> Template:
    async for template in ctx.hms.templates.each():
        if words in {template.id, template.name}:
            return template
    wrong = UserError("There is no template called {words}. The 100ms dashboard lists them.", words=words)
    raise wrong.at("template")


def _exists(ctx: Context, name: str) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return await called(ctx.hms, name) is not None

    return look
