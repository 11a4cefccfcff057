"""Which room the channel speaks for in which something is asked."""

from collections.abc import Mapping
from typing import Any

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room.book import Binding, RoomBook
from bot.reply import Button, Channel, Place, Reply, Undo


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


async def before(ctx: Context, channel: Channel) -> Binding | None:
    """What a channel spoke for when this was asked, if for anything."""
    seen = await ctx.first_seen("see bound", channel.id, lambda: _bound(ctx, channel))
    return Binding(channel.id, RoomRef.model_validate(seen["room"]), seen["viewers"]) if seen else None


async def bind(ctx: Context, binding: Binding) -> None:
    """Let a channel speak for a room."""
    async with ctx.transaction() as tx:
        await ctx[RoomBook].bind(tx, binding)


async def unbind(ctx: Context) -> None:
    """Let the channel speak for no room."""
    async with ctx.transaction() as tx:
        await ctx[RoomBook].unbind(tx, here(ctx).id)


def bind_again(binding: Binding) -> Button:
    """What lets a channel speak for a room again, with what held for its members."""
    label = Reply("Bind {room} again", room=binding.room)
    return Undo(label, "room bind", room=binding.room, viewers="yes" if binding.viewers else "no")


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


async def _bound(ctx: Context, channel: Channel) -> Mapping[str, Any] | None:
    found = await ctx[RoomBook].bound(channel.id)
    return {"room": found.room.model_dump(mode="json"), "viewers": found.viewers} if found else None
