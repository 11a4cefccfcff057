"""Which room the channel speaks for in which something is asked."""

from collections.abc import Mapping
from typing import Any

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room.book import Binding, RoomBook
from bot.reply import Channel, Place, Reply


def here(ctx: Context) -> Channel:
    """The channel where it was asked; UserError for direct messages and the shell."""
    channel = ctx.origin.channel
    if not channel or ctx.origin.place.direct:
        raise UserError("This works in a channel: go to the one you mean, and ask again there.")
    return Channel(channel)


async def bound(ctx: Context) -> Binding:
    """What the channel speaks for; UserError when for nothing."""
    channel = here(ctx)
    binding = await ctx[RoomBook].bound(channel.id)
    if binding is None:
        raise UserError(
            "{channel} speaks for no room. An admin can change that: `/hms room bind`.", channel=channel
        )
    return binding


async def bind(ctx: Context, channel: Channel, room: RoomRef, *, viewers: bool) -> RoomRef | None:
    """Let a channel speak for a room; with ``viewers`` its members may look into it.

    Answers the room it spoke for before, if for any.
    """
    before = await ctx.first_seen("see binding", channel.id, lambda: _room_of(ctx, channel))
    async with ctx.transaction() as tx:
        await ctx[RoomBook].bind(tx, Binding(channel.id, room, viewers))
    return RoomRef.model_validate(before) if before else None


async def unbind(ctx: Context) -> None:
    """Let the channel speak for no room."""
    async with ctx.transaction() as tx:
        await ctx[RoomBook].unbind(tx, here(ctx).id)


async def tell(ctx: Context, room: RoomRef, said: Reply) -> Reply:
    """Let the channels that speak for a room read what was done there, where it was asked for elsewhere.

    Answers ``said``. What takes it back stands once, where it was asked.
    """
    own = await ctx[RoomBook].channels_of(room.id)
    if set(own).isdisjoint(ctx.cause.places):
        async with ctx.transaction() as tx:
            for channel in own:
                key = f"told:{ctx.cause.request}"
                await ctx.show(tx, key, Place(channel), said.without_buttons())
    return said


async def _room_of(ctx: Context, channel: Channel) -> Mapping[str, Any] | None:
    binding = await ctx[RoomBook].bound(channel.id)
    return binding.room.model_dump(mode="json") if binding else None
