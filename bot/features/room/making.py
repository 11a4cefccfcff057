"""Making a room without overwriting one that is there."""

import re
from collections.abc import Awaitable, Callable

from bot.command import Ambiguous, Command, Context, RoomRef, TemplateRef
from bot.command.matching import unaccented
from bot.command.pinning import invocation_of
from bot.errors import UserError
from bot.features.room.finding import called
from bot.reply import Button, Code, Reply

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


async def check(ctx: Context, name: str, field: str = "name", asking: Command | None = None) -> None:
    """Refuse a name that 100ms would refuse or overwrite a room for; who is ``asking`` is offered another."""
    if not NAME.fullmatch(name):
        raise _no_name(name, field, asking)
    taken = await called(ctx.hms, name)
    if taken:
        see = Code(f"/hms room show {taken.name}")
        wrong = UserError("There is a room {room} already. See it: {see}.", room=taken.name, see=see)
        raise wrong.at(field)


def better_name(name: str) -> str:
    """The nearest name that 100ms takes: *Füße & Söhne #1* is *Fuesse-Soehne-1*; empty where none is near."""
    return "-".join(NAME.findall(unaccented(name.translate(_WRITTEN_OUT))))


def _no_name(name: str, field: str, asking: Command | None) -> UserError:
    better = better_name(name)
    wrong = Ambiguous("“{name}” cannot be a room's name: only letters, digits and . - : _ can.", name=name)
    if asking and better:
        meant = invocation_of(asking.model_copy(update={field: better}))
        wrong = wrong.offering([Button(Reply("Take {name}", name=better), meant)])
    return wrong.at(field)


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
