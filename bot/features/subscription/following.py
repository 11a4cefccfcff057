"""Who reads what of a room: the one place where that is asked."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.command.book import Books
from bot.command.reaction import ReactionContext
from bot.features.room.book import RoomBook
from bot.features.room.cache import RoomCache
from bot.features.subscription.book import Feature, Subscription, Subscriptions
from bot.features.subscription.threads import SessionCard, SessionCards
from bot.hms import HmsError
from bot.people import Yes
from bot.reply import Place, Reply
from bot.request.request import Request


async def readers(
    ctx: Context, room: RoomRef, feature: Feature = Feature.SESSIONS, session: str = ""
) -> tuple[RoomRef, tuple[Place, ...]]:
    """A room as its channels know it, and where something of it is read: by its followers, else who asked.

    Where the session has a card it is read in the thread of that; without ``session`` the one that goes on.
    A channel that speaks for the room hears of what came of its sessions until it says otherwise.
    """
    bound = await ctx[RoomBook].bindings(room.id)
    async with ctx.reading() as tx:
        said = await ctx[Subscriptions].of_room(tx, room.id)
        cards = await _cards(ctx, tx, room.id, session)
    following = [channel for channel, one in said.items() if one.hears(feature)]
    spoken = [one.channel for one in bound if one.channel not in said]
    channels = [*spoken, *following] or _asked(ctx, said)
    called = bound[0].room if bound else await _named(ctx, room) if channels else room
    return called, tuple(_place(channel, cards) for channel in channels)


async def _named(ctx: Context, room: RoomRef) -> RoomRef:
    """A room that no channel speaks for, with the name that what brings us here may not have said."""
    try:
        return await ctx[RoomCache].with_name(room)
    except HmsError:  # it is told all the same
        return room


async def tell(ctx: ReactionContext, room: RoomRef, key: str, said: Reply, feature: Feature) -> None:
    """Let those who follow this of a room read it; the same ``key`` again edits it."""
    _, places = await readers(ctx, room, feature)
    async with ctx.transaction() as tx:
        for place in places:
            await ctx.show(tx, key, place, said)


async def followers(ctx: Context, room: str) -> Mapping[str, Subscription]:
    """The channels in which the sessions of a room have a card, and what they follow besides."""
    async with ctx.reading() as tx:
        said = await ctx[Subscriptions].of_room(tx, room)
    return {channel: one for channel, one in said.items() if one.has_card}


async def of_act(tx: AsyncConnection, books: Books, request: Request) -> tuple[Place, ...]:
    """Where else an act is read, by who follows such acts in its room: with the session's card, if any.

    What somebody else decides is read from its card on, with its buttons; of a poll what was done with it.
    """
    feature = _feature(request)
    if feature is None or not request.room:
        return ()
    said = await books[Subscriptions].of_room(tx, request.room)
    channels = [each for each, one in said.items() if one.hears(feature) and each not in request.places]
    cards = await books[SessionCards].running(tx, request.room) if channels else {}
    return tuple(_place(channel, cards) for channel in channels)


def _feature(request: Request) -> Feature | None:
    """What of a room one follows who wants to read of an act."""
    if request.yes > Yes.ACTOR:
        return Feature.APPROVALS
    noun = request.invocation.command.split()[0]
    return Feature.POLLS if noun in {"poll", "poll-question", "poll-option"} else None


async def _cards(ctx: Context, tx: AsyncConnection, room: str, session: str) -> Mapping[str, SessionCard]:
    cards = ctx[SessionCards]
    return await (cards.of(tx, session) if session else cards.running(tx, room))


def _asked(ctx: Context, besides: Collection[str]) -> list[str]:
    """Where whoever asked reads it, unless that channel wants to hear nothing of it."""
    asked = ctx.cause.places or ((ctx.cause.by.user,) if ctx.cause.by.user else ())
    return [place for place in asked if place not in besides]


def _place(channel: str, cards: Mapping[str, SessionCard]) -> Place:
    return cards[channel].thread if channel in cards else Place(channel)
