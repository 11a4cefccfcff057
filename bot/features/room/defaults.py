"""Changing what holds in a room."""

from dataclasses import asdict

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room.book import Defaults, RoomBook
from bot.reply import Reply, Term

NOT_SET = Term("not set")
ROLES = ("host_role", "stage_role", "muted_role")


async def merged(ctx: Context, room: RoomRef, said: Defaults) -> Defaults:
    """What would hold in the room; UserError for a role that does not exist."""
    await _check_roles(ctx, room, said)
    return (await ctx[RoomBook].defaults(room.id)).with_(said)


async def change(ctx: Context, room: RoomRef, said: Defaults) -> tuple[Defaults, Defaults]:
    """Let it hold; answers what held before, and what holds now."""
    before = Defaults(**await ctx.first_seen("see defaults", room.id, lambda: _held(ctx, room)))
    now = await merged(ctx, room, said)
    async with ctx.transaction() as tx:
        await ctx[RoomBook].keep(tx, room.id, now)
    return before, now


def told(before: Defaults, now: Defaults) -> list[Reply]:
    """What is otherwise than before, old and new, a few words each."""
    pairs = (
        (Term("host role"), before.host_role, now.host_role),
        (Term("stage role"), before.stage_role, now.stage_role),
        (Term("muted role"), before.muted_role, now.muted_role),
        (Term("time zone"), before.zone, now.zone),
        (Term("warnings"), before.warn, now.warn),
    )
    return [
        Reply("{what}: {now}, was {before}", what=what, now=new, before=old or NOT_SET)
        for what, old, new in pairs
        if new != old
    ]


async def _held(ctx: Context, room: RoomRef) -> dict[str, str]:
    return asdict(await ctx[RoomBook].defaults(room.id))


async def _check_roles(ctx: Context, room: RoomRef, said: Defaults) -> None:
    known = await ctx.names.roles(room.id)
    for field, role in said.given().items():
        if field in ROLES and role not in known:
            raise UserError(
                "{room} has no role {role}. It has {known}.", room=room, role=role, known=tuple(known)
            ).at(field)
