"""What others see of a request: its card through its whole life, and in the card's thread what came of it."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch.cards import is_cut
from bot.dispatch.dispatcher import Dispatcher
from bot.features.subscription import following
from bot.features.subscription.threads import SessionCards
from bot.people import Yes
from bot.reply import Message, Place, Reply
from bot.request.request import Request, State


async def show(road: Dispatcher, tx: AsyncConnection, before: Request, after: Request) -> None:
    """Plan the card that others see, or bring it up to date; who asked is told in its thread how it ended."""
    if not _is_shown(before, after):
        return
    message, told = road.cards.public(after, await able(road, after)), _outcome(road, before, after)
    whole = _whole_reason(before, after)
    if is_kept_for_asker(after):
        _show_asker(road, tx, after, told)
    threads = await _threads(road, tx, after)
    for beside in await following.of_act(tx, road.books, after):
        road.voice.show(tx, card_of(after, beside.channel), beside, message, request=after.id)
    for place in after.places or _unplaced(after):
        asked = Place(place, after.origin.thread if place == after.origin.channel else "")
        where = asked if asked.thread else threads.get(place, asked)
        road.voice.show(tx, card_of(after, place), where, message, request=after.id)
        if told and not where.direct:  # directly it is those who decide who read it
            key = f"outcome:{after.id}.{after.version}:{place}"
            road.voice.show(tx, key, thread_of(after, place), Message(told), request=after.id)
        if whole:
            key = f"reason:{after.id}:{place}"
            road.voice.show(tx, key, thread_of(after, place), Message(whole), request=after.id)


def is_kept_for_asker(request: Request) -> bool:
    """Whether who asked reads it in a card of their own that can be edited, since they typed it to me alone.

    Slack lets nobody edit what answers a slash command or a press.
    """
    origin = request.origin
    typed = origin.place.direct and not origin.address and not origin.view
    return request.yes > Yes.ACTOR and typed and origin.channel not in request.places


def _show_asker(road: Dispatcher, tx: AsyncConnection, request: Request, told: Reply | None) -> None:
    """Bring the card of who asked up to date: it takes the request back, and calls them when it has ended."""
    key, where = f"asker:{request.id}", request.origin.place
    at = f"{key}:{where.channel}"
    road.voice.show(tx, at, where, road.cards.private(request), request=request.id)
    if told:
        ended = f"outcome:{request.id}.{request.version}:{where.channel}"
        road.voice.show(tx, ended, where.below(key), Message(told), request=request.id)


async def _threads(road: Dispatcher, tx: AsyncConnection, request: Request) -> Mapping[str, Place]:
    """By channel the threads of the session's cards, for what nobody else has to decide."""
    if request.yes > Yes.ACTOR or not request.room:
        return {}
    cards = await road.books[SessionCards].running(tx, request.room)
    return {channel: card.thread for channel, card in cards.items()}


def card_of(request: Request, place: str) -> str:
    """The key of its card at a place."""
    return f"request:{request.id}:{place}"


def thread_of(request: Request, place: str) -> Place:
    """The thread of its card at a place: what is told of it stands there, and is told once."""
    return Place(place, under=card_of(request, place))


async def able(road: Dispatcher, request: Request) -> list[str]:
    """Who could say the yes that it still waits for; nobody where only who asked may."""
    if not request.waits_for_others:
        return []
    fit = await road.access.deciders(
        request.yes.level, room=request.room, besides=request.actor.askers, before=request.asked_at
    )
    return [user for user in fit if not request.has_yes_of(user) and not road.voice.has_left(user)]


def _is_shown(before: Request, after: Request) -> bool:
    """Whether others read of it now: a card from its beginning, else what was done."""
    if before.waits_for_others:
        return True
    if after.state is State.RUNNING:
        return False
    done = after.state in {State.DONE, State.UNKNOWN}
    return done or after.yes > Yes.ACTOR or bool(after.actor.behind)


def _unplaced(request: Request) -> tuple[str, ...]:
    """What was asked by no person and refused before it had a place is told to its maker."""
    return (request.actor.accountable,) if request.actor.behind else ()


def _whole_reason(before: Request, after: Request) -> Reply | None:
    """All of a reason that the card cuts, since with it the buttons would be out of sight."""
    new = before.state is State.ASKED or before.reason != after.reason or before.places != after.places
    if after.state is not State.WAITING or not new or not is_cut(after.reason):
        return None
    return Reply("{asker}: {reason}", asker=after.actor.mention, reason=after.reason)


def _outcome(road: Dispatcher, before: Request, after: Request) -> Reply | None:
    """How what somebody else decided ended, for who asked: a card that is edited calls nobody."""
    asker, ended_by = after.actor.mention, after.ended_by
    if after.yes <= Yes.ACTOR or not after.state.final or (ended_by and ended_by.id in after.actor.askers):
        return None
    if before.state is State.DENIED and ended_by:
        return Reply("{asker}: {by} says why.", asker=asker, by=ended_by.mention) + (
            after.answer or Reply("")
        )
    return road.cards.told(after)
