"""What people do about subscriptions: follow more, follow less, see who follows what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import EVERY, Context, RoomRef
from bot.errors import UserError
from bot.features.room import channels
from bot.features.room.book import RoomBook
from bot.features.room.cache import RoomCache
from bot.features.subscription.book import (
    SPOKEN,
    USUAL,
    Feature,
    Style,
    Subscription,
    Subscriptions,
    ordered,
)
from bot.features.subscription.threads import SessionCard, SessionCards
from bot.people import Level
from bot.reply import Channel, Code, Mention, Place, Reply, Term


@dataclass(frozen=True)
class FollowChange:
    """What a channel followed of a room before, and what it follows now; None for nothing."""

    before: Subscription | None
    now: Subscription | None


def wanted(
    before: Subscription | None, now: Subscription, features: Collection[Feature], style: Style | None
) -> Subscription:
    """What a channel follows once somebody asked for some features and a style, or left them out."""
    if before is None or not before.features:
        return replace(now, features=ordered(features or USUAL), style=style or Style.NORMAL)
    both = ordered({*before.features, *features})
    return replace(before, room=now.room, features=both, style=style or before.style)


def left(before: Subscription, features: Collection[Feature]) -> Subscription:
    """What a channel still follows without some features, or without all."""
    kept = [feature for feature in before.features if features and feature not in features]
    return replace(before, features=ordered(kept))


async def add(
    ctx: Context, room: RoomRef, features: Collection[Feature], style: Style | None
) -> FollowChange:
    """Let the channel where it was asked follow a room, or more of it, or in another style."""
    here = channels.here(ctx).id
    before = await _before(ctx, here, room)
    now = _otherwise(before, wanted(before, _by_now(ctx, here, room), features, style))
    async with ctx.transaction() as tx:
        await ctx[Subscriptions].put(tx, now)
    return FollowChange(before, now)


async def check(ctx: Context, room: RoomRef, features: Collection[Feature], style: Style | None) -> None:
    """UserError where the channel where it is asked follows all of that already."""
    here = channels.here(ctx).id
    async with ctx.reading() as tx:
        before = await ctx[Subscriptions].find(tx, here, room)
    new = Subscription(here, room, (), Style.NORMAL, ctx.actor.mention, 0, ctx.now)
    _otherwise(before, wanted(before, new, features, style))


async def remove(ctx: Context, room: RoomRef, features: Collection[Feature]) -> FollowChange:
    """Let the channel where it was asked follow less of a room, or nothing; UserError where it does not."""
    here = channels.here(ctx).id
    anyway = await _told_anyway(ctx, here, room)
    before = await _before(ctx, here, room) or anyway
    if before is None or not before.features:
        raise _follows_nothing(here, room)
    if features and not {*features} & {*before.features}:
        raise UserError(
            "{channel} does not follow {features} of {room}. See what it follows: `/hms subscription list`.",
            channel=Channel(here),
            features=tuple(map(Code, features)),
            room=room if room.id else Term("every room"),
        )
    before = replace(before, room=room)  # and not the every room that it was meant by
    now = left(before, features)
    async with ctx.transaction() as tx:
        # That it wants to hear nothing is kept where it would be told otherwise.
        if now.features or anyway:
            await ctx[Subscriptions].put(tx, now)
        else:
            await ctx[Subscriptions].remove(tx, here, room)
        if not now.has_card:
            await _take_cards(ctx, tx, here, room)
    return FollowChange(before, now if now.features else None)


async def remove_all(ctx: Context) -> tuple[Subscription, ...]:
    """Let the channel where it was asked follow nothing; UserError where it follows nothing already."""
    here = channels.here(ctx).id
    kept = await ctx.first_seen("see subscriptions", here, lambda: _all_kept(ctx, here))
    told = [_read(here, one) for one in kept]
    followed = [one for one in told if one.features]
    bound = await ctx[RoomBook].bound(here)
    is_silent = bound is None or any(one.room.id == bound.room.id for one in told)
    if not followed and is_silent:
        raise UserError("{channel} follows nothing already.", channel=Channel(here))
    async with ctx.transaction() as tx:
        await ctx[Subscriptions].drop(tx, here)
        if bound:
            await ctx[Subscriptions].put(tx, _by_now(ctx, here, bound.room))
        await _take_cards(ctx, tx, here, EVERY)
    return tuple(followed)


async def of_channel(ctx: Context, channel: str) -> tuple[Subscription, ...]:
    """What a channel follows, and of what it wants to hear nothing."""
    async with ctx.reading() as tx:
        return await ctx[Subscriptions].of_channel(tx, channel)


async def seen(ctx: Context) -> Sequence[Subscription]:
    """Every subscription to a room into which whoever asks may look, those of the channel first."""
    async with ctx.reading() as tx:
        found = [one for one in await ctx[Subscriptions].all(tx) if one.features]
    rights, here = await ctx.rights(), ctx.origin.channel
    mine = [one for one in found if rights(Level.VIEWER, one.room.id).allowed]
    known = [replace(one, room=_called(ctx, one.room)) for one in mine]
    return sorted(known, key=lambda one: (one.channel != here, one.channel, one.room.name))


def _called(ctx: Context, room: RoomRef) -> RoomRef:
    return ctx[RoomCache].now_called(room) if room.id else room


async def _before(ctx: Context, channel: str, room: RoomRef) -> Subscription | None:
    """What it followed before this request, which may be run again."""

    async def look() -> dict[str, Any] | None:
        async with ctx.reading() as tx:
            found = await ctx[Subscriptions].find(tx, channel, room)
        return _kept(found) if found else None

    kept = await ctx.first_seen("see subscription", room.exact, look)
    return replace(_read(channel, kept), room=room) if kept else None


async def _all_kept(ctx: Context, channel: str) -> list[dict[str, Any]]:
    return [_kept(one) for one in await of_channel(ctx, channel)]


def _read(channel: str, kept: Mapping[str, Any]) -> Subscription:
    """Read what ``_kept`` wrote."""
    return Subscription(
        channel,
        RoomRef.model_validate(kept["room"]),
        tuple(map(Feature, kept["features"])),
        Style(kept["style"]),
        Mention(**kept["by"]),
        kept["number"],
        datetime.fromisoformat(kept["since"]),
    )


def _kept(one: Subscription) -> dict[str, Any]:
    kept: dict[str, Any] = to_jsonable_python({**vars(one), "by": vars(one.by)})
    return kept


def _by_now(ctx: Context, channel: str, room: RoomRef) -> Subscription:
    """What somebody asks for now, which is nothing yet."""
    return Subscription(channel, room, (), Style.NORMAL, ctx.actor.mention, ctx.cause.request, ctx.now)


async def _told_anyway(ctx: Context, channel: str, room: RoomRef) -> Subscription | None:
    """What a channel hears of a room of which it said nothing: it follows every room, or speaks for it."""
    if not room.id:
        return None
    async with ctx.reading() as tx:
        every = await ctx[Subscriptions].find(tx, channel, EVERY)
    if every:
        return every
    bound = await ctx[RoomBook].bound(channel)
    if not bound or bound.room.id != room.id:
        return None
    return replace(_by_now(ctx, channel, room), features=SPOKEN)


async def _take_cards(ctx: Context, tx: AsyncConnection, channel: str, room: RoomRef) -> None:
    """Say on the cards of a channel that nothing more comes; they would show for ever what was once."""
    for card in await ctx[SessionCards].in_channel(tx, channel):
        if room.id in {"", card.room}:
            await ctx.show(tx, card.key, Place(channel), _no_more(ctx, card))
            await ctx[SessionCards].forget(tx, card)


def _no_more(ctx: Context, card: SessionCard) -> Reply:
    room = RoomRef(id=card.room, name=card.room_name)
    return Reply("{by} had this channel stop following {room}.", by=ctx.actor.mention, room=room)


def _otherwise(before: Subscription | None, now: Subscription) -> Subscription:
    """What is followed from now on; UserError where that is what was followed before."""
    if before is None or (before.features, before.style) != (now.features, now.style):
        return now
    advice = {"channel": Channel(now.channel), "room": now.room}
    if not now.room.id:
        raise UserError(
            "{channel} follows every room already. See what of them: `/hms subscription list`.", **advice
        )
    raise UserError("{channel} follows {room} already. See what of it: `/hms subscription list`.", **advice)


def _follows_nothing(channel: str, room: RoomRef) -> UserError:
    if not room.id:
        return UserError(
            "{channel} does not follow every room. See what it follows: `/hms subscription list`.",
            channel=Channel(channel),
        )
    return UserError(
        "{channel} does not follow {room}. See what it follows: `/hms subscription list`.",
        channel=Channel(channel),
        room=room,
    )
