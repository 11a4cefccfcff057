"""Asked once: of what is the same one card waits, however often it is asked for, on however many replicas."""

from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch import ledger
from bot.dispatch.choices import asked_again
from bot.dispatch.dispatcher import Dispatcher
from bot.people import Actor, Yes
from bot.reply import Reply
from bot.request.facts import Expired, Moot, NeedsYes, Repeated, Revised
from bot.request.request import Request, State
from bot.work import Later


async def hold(road: Dispatcher, number: int, fact: NeedsYes) -> ledger.Moved:
    """Let a request wait, unless the same waits for others already; an own confirm replaces its older one."""
    try:
        async with road.db.write() as tx:
            request = await road.requests.load(tx, number)
            assert request, "a request that is considered is not forgotten"  # noqa: S101
            older = await road.requests.waiting_as(tx, fact.same) if request.state is State.ASKED else None
            over = await _give_way(road, tx, older, request, fact) if older else None
            repeated = (
                Repeated(await asked_again(road, older, request.actor.id)) if older and not over else None
            )
            moved = await ledger.bring(road, tx, request, repeated or fact)
    except IntegrityError as error:
        raise Later(0) from error  # the same was written in this very moment: it is found at the next try
    if over:
        await _take_away(road, over)
    await ledger.told_of(road, moved)
    return moved


async def revise(road: Dispatcher, number: int, fact: Revised, by: Actor) -> Request | None:
    """Show one that waits anew, unless what it is the same as now waits already: answers that one instead."""
    try:
        async with road.db.write() as tx:
            request = await road.requests.load(tx, number)
            assert request, "a request that waits is not forgotten"  # noqa: S101
            twin = await road.requests.waiting_as(tx, fact.same)
            if twin and twin.id != number:
                return twin
            moved = await ledger.bring(road, tx, request, fact, by)
    except IntegrityError as error:
        raise Later(0) from error  # as above
    await ledger.told_of(road, moved)
    return None


async def stands_now(road: Dispatcher, request: Request) -> Request:
    """What stands in the place of an own confirm that is over: what was asked again since, else itself."""
    if not request.same:
        return request
    async with road.db.read() as tx:
        return await road.requests.newest_as(tx, request.same) or request


async def _give_way(
    road: Dispatcher, tx: AsyncConnection, older: Request, newer: Request, fact: NeedsYes
) -> Request | None:
    """End the older one where the newer takes its place: it is one's own confirm, or its time was up."""
    if older.expires_at and older.expires_at <= road.clock():
        return (await ledger.bring(road, tx, older, Expired())).request
    if fact.yes > Yes.ACTOR:
        return None
    again = Reply("You asked for this again: request {number}.", number=str(newer.id))
    return (await ledger.bring(road, tx, older, Moot(again))).request


async def _take_away(road: Dispatcher, older: Request) -> None:
    """Take the older card off the screen where that can be done; where not, a press on it shows the newer."""
    if older.yes is Yes.ACTOR and older.origin.instead:
        message = replace(road.cards.private(older), gone=True)
        await road.voice.answer(older.origin, older.actor.id, message)
