"""Changing what holds in a room."""

from bot.clock import known_zone
from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room.book import Defaults, RoomBook
from bot.reply import Code

ROLES = ("host_role", "stage_role", "muted_role")


async def merged(ctx: Context, room: RoomRef, said: Defaults) -> Defaults:
    """What would hold in the room; UserError for a role or a zone that does not exist."""
    _check_zone(said.zone)
    await _check_roles(ctx, room, said)
    return (await ctx[RoomBook].defaults(room.id)).with_(said)


async def change(ctx: Context, room: RoomRef, said: Defaults) -> Defaults:
    """Let it hold; answers what holds now."""
    now = await merged(ctx, room, said)
    async with ctx.transaction() as tx:
        await ctx[RoomBook].keep(tx, room.id, now)
    return now


def _check_zone(zone: str) -> None:
    if zone and not known_zone(zone):
        raise UserError(
            "There is no time zone {zone}. Write one such as {such}.", zone=zone, such=Code("Europe/Berlin")
        ).at("zone")


async def _check_roles(ctx: Context, room: RoomRef, said: Defaults) -> None:
    known = await ctx.names.roles(room.id)
    for field, role in said.given().items():
        if field in ROLES and role not in known:
            raise UserError(
                "{room} has no role {role}. It has {known}.", room=room, role=role, known=tuple(known)
            ).at(field)
