"""Moves requests: the one place where a fact meets a request on disk."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Rights
from bot.dispatch.dispatcher import Dispatcher
from bot.features.approval.acts import unknown
from bot.features.approval.reactions import Expiry, Halftime
from bot.people import Actor, Yes
from bot.reply import Channel, Invocation, Mention, Place, Reply, Term
from bot.request.advance import advance
from bot.request.facts import Fact, FollowUp, Release, Run, Show, TakenBack, Tell, Wait
from bot.request.request import Request, State
from bot.work import Job

OFFERED = timedelta(days=7)  # what was done longer ago says no more that it was taken back


def job_of(request: int) -> Job:
    """The job that carries a request on, from wherever it is."""
    return Job("request", f"request:{request}", {"id": request})


@dataclass(frozen=True)
class Moved:
    """What came of a fact: the request as it is now, and what the bringer is told if nothing changed."""

    request: Request
    told: Reply | None
    happened: bool


async def load(road: Dispatcher, number: int) -> Request | None:
    """One request as it is now."""
    async with road.db.read() as tx:
        return await road.requests.find(tx, number)


async def known(road: Dispatcher, number: int) -> Request:
    """One request as it is now; UserError where there is none."""
    return _there(await load(road, number), number)


async def waiting(road: Dispatcher) -> list[Request]:
    """Every request that waits for a yes, the oldest first."""
    async with road.db.read() as tx:
        return await road.requests.waiting(tx)


async def waiting_for(road: Dispatcher, who: str) -> list[Request]:
    """What waits for a yes that this person could give, and what they asked for themselves."""
    actor = await road.voice.actor(who)
    there = await waiting(road)
    if not there:
        return []
    rights = await road.access.rights(actor)
    return [request for request in there if _concerns(actor, rights, request)]


async def asked_as(road: Dispatcher, key: str) -> Request | None:
    """The request that was asked with this key, as it is now."""
    async with road.db.read() as tx:
        return await road.requests.asked_as(tx, key)


async def move(road: Dispatcher, number: int, fact: Fact, by: Actor | None = None) -> Moved:
    """Bring a fact to a request: everything on disk first, then the private answer to who asked."""
    async with road.db.write() as tx:
        before = _there(await road.requests.load(tx, number), number)
        after, follow = advance(before, fact, road.clock())
        if after.version != before.version:
            await record(road, tx, before, after, follow, by)
        if after.state is State.DONE and not before.state.final:
            await _take_back(road, tx, after)
    if after.state.final and not before.state.final:
        road.ended(after.invocation.command, after.state)
    told = next((each.why for each in follow if isinstance(each, Tell)), None)
    moved = Moved(after, told, after.version != before.version)
    if moved.happened and any(isinstance(each, Show) for each in follow):
        await tell_asker(road, after)
    return moved


async def tell_asker(road: Dispatcher, request: Request) -> None:
    """Tell who asked where it stands, where no card in front of them says it; twice does no harm."""
    if _is_private(road, request) or _is_elsewhere(request):
        first = request.state is State.WAITING and request.revision == 1
        again = request.yes is Yes.ACTOR and not first
        message = replace(
            road.cards.private(request, alone=_is_aside(road, request)),
            replace=again,
            gone=again and _is_read_there(road, request),
        )
        await road.voice.answer(request.origin, request.actor.id, message)


async def record(
    road: Dispatcher,
    tx: AsyncConnection,
    before: Request,
    after: Request,
    follow: tuple[FollowUp, ...],
    by: Actor | None,
) -> None:
    """Write a transition with its entry in the log and all that follows, in one transaction."""
    if not await road.requests.save(tx, after):
        raise RuntimeError(f"Request {after.id} was moved by somebody else while it was held.")
    text = after.sentence if before.state is State.ASKED else _said(road, before, after)
    await road.audit.add(tx, by or after.actor, after.origin.door, after.state, text, request=after.id)
    if after.answer and after.answer.all_buttons() and after.answer != before.answer:
        await road.requests.offer(tx, after.token, after.answer.all_buttons(), road.clock())
    if before.state is State.WAITING and after.state is not State.WAITING:
        for moment in (Expiry, Halftime):
            await road.timers.cancel(tx, moment.kind(), str(after.id))
    for each in follow:
        await _carry_out(road, tx, before, after, each)


async def _take_back(road: Dispatcher, tx: AsyncConnection, done: Request) -> None:
    """Say it on what this took back, so that nobody is offered to do so again."""
    words = done.invocation.command
    for earlier in await road.requests.done_in(tx, done.room, road.clock() - OFFERED):
        offered = earlier.answer.all_buttons() if earlier.answer and earlier.id != done.id else ()
        inverse = [button.invocation for button in offered if button.invocation.command == words]
        if done.answer and any(_covers(road, done, each) for each in inverse):
            after, follow = advance(earlier, TakenBack(done.answer), road.clock())
            await record(road, tx, earlier, after, follow, done.actor)


def _covers(road: Dispatcher, done: Request, offered: Invocation) -> bool:
    return road.registry.load(done.invocation).covers(road.registry.load(offered))


def _there(request: Request | None, number: int) -> Request:
    if request is None:
        raise unknown(number)
    return request


def _concerns(actor: Actor, rights: Rights, request: Request) -> bool:
    if actor.id in request.actor.askers or request.yes <= Yes.ACTOR:
        return actor.id in request.actor.askers
    if request.has_yes_of(actor.id):
        return False
    return rights(request.yes.level, request.room).allowed


def _is_private(road: Dispatcher, request: Request) -> bool:
    """Whether nobody but who asked reads how it stands."""
    confirmed = request.yes is Yes.ACTOR
    return confirmed or _is_aside(road, request) or request.state in {State.REFUSED, State.FAILED}


def _is_elsewhere(request: Request) -> bool:
    """Whether its card is where who asked does not look: they asked in direct messages."""
    channel = request.origin.channel
    return bool(channel and request.places) and channel not in request.places


def _is_read_there(road: Dispatcher, request: Request) -> bool:
    """Whether what was done stands, for everybody, in the very place where it was asked: once is enough."""
    if request.state not in {State.DONE, State.UNKNOWN} or _is_aside(road, request):
        return False
    asked = request.origin.place
    own = asked.direct and request.actor.accountable in request.places
    return own or asked.channel in request.places


def _is_aside(road: Dispatcher, request: Request) -> bool:
    command = road.registry.commands.get(request.invocation.command)
    return bool(command and command.aside)


def _said(road: Dispatcher, before: Request, after: Request) -> str:
    said = _redirected(before, after) or after.answer or _step(before, after)
    if said and before.state is State.DONE and said.facts:  # what was done was said: this is what came of it
        said = said.facts[-1]
    return road.cards.plain.text(said) if said else after.sentence


async def _carry_out(
    road: Dispatcher, tx: AsyncConnection, before: Request, after: Request, follow: FollowUp
) -> None:
    match follow:
        case Run():
            await road.work.later(tx, job_of(after.id))
        case Wait():
            await _wait(road, tx, after, follow.until)
        case Release() if before.state is State.WAITING and after.yes > Yes.ACTOR:
            await road.work.later(tx, Job("release", f"release:{after.id}", {"id": after.id}))
        case Show():
            await _show(road, tx, before, after)
        case _:
            pass


async def _wait(road: Dispatcher, tx: AsyncConnection, request: Request, until: datetime) -> None:
    subject, cause = str(request.id), request.cause
    timers = [Expiry(request=request.id).timer(subject, until, cause)]
    if request.yes > Yes.ACTOR:
        halftime = request.asked_at + (until - request.asked_at) / 2
        timers.append(Halftime(request=request.id).timer(subject, halftime, cause))
    await road.timers.set(tx, *timers)


async def _show(road: Dispatcher, tx: AsyncConnection, before: Request, after: Request) -> None:
    """Plan the card that others see, or bring it up to date."""
    if not _is_shown(before, after) or _is_aside(road, after):
        return
    message = road.cards.public(after, await _able(road, after))
    for place in after.places or _unplaced(after):
        where = Place(place, after.origin.thread if place == after.origin.channel else "")
        road.voice.show(tx, f"request:{after.id}:{place}", where, message, request=after.id)


def _is_shown(before: Request, after: Request) -> bool:
    """Whether others read of it now: a card from its beginning, else what was done."""
    if before.state is State.WAITING and before.yes > Yes.ACTOR:
        return True
    if after.state is State.RUNNING:
        return False
    done = after.state in {State.DONE, State.UNKNOWN}
    return done or after.yes > Yes.ACTOR or bool(after.actor.behind)


def _unplaced(request: Request) -> tuple[str, ...]:
    """What was asked by no person and refused before it had a place is told to its maker."""
    return (request.actor.accountable,) if request.actor.behind else ()


async def _able(road: Dispatcher, request: Request) -> list[str]:
    """Who can still decide it, for the card to name."""
    if request.state is not State.WAITING or request.yes <= Yes.ACTOR:
        return []
    able = await road.access.deciders(
        request.yes.level, room=request.room, besides=request.actor.askers, before=request.asked_at
    )
    return [user for user in able if not request.has_yes_of(user) and not road.voice.has_left(user)]


def _redirected(before: Request, after: Request) -> Reply | None:
    """What the log says when all that changed is where it is read."""
    gone = [place for place in before.places if place not in after.places]
    if not gone or after.state is not before.state or after.revision != before.revision:
        return None
    people = tuple(Mention(who, who) for who in after.places if who not in before.places)
    return Reply(
        "Nothing can be written in {place}, so {people} read it directly.",
        place=Channel(gone[0]),
        people=people or Term("nobody"),
    )


def _step(before: Request, after: Request) -> Reply | None:
    """What the log says of a transition on the way; None where the sentence says it."""
    if after.revision > before.revision:
        return Reply("The card has changed, so it is asked for anew.")
    if after.needed == 1 or after.deciders == before.deciders:
        return None
    return Reply(
        "Approved by {by}, {given} of {needed}.",
        by=after.deciders[-1].mention,
        given=len(after.deciders),
        needed=after.needed,
    )
