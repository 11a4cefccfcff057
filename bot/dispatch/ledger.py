"""Moves requests: the one place where a fact meets a request on disk.

Long because what follows a move, and who is told of it, is decided nowhere else.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Rights
from bot.dispatch import taking_back
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.saying import HOMES, tell
from bot.dispatch.showing import is_kept_for_asker, show
from bot.dispatch.taking_back import Done
from bot.features.approval.acts import unknown
from bot.features.approval.reactions import Expiry, Halftime
from bot.features.session.following import touched
from bot.people import Actor, Yes
from bot.reply import Button, Channel, Code, Invocation, Mention, Place, Reply, Term
from bot.request.advance import advance
from bot.request.audit import ITSELF
from bot.request.facts import (
    Disallowed,
    Expired,
    Fact,
    FollowUp,
    Moot,
    Redirected,
    Release,
    Revised,
    Run,
    Show,
    TakenBack,
    Tell,
    Unacked,
    Wait,
)
from bot.request.request import Request, State
from bot.work import Job

ITS_OWN = Actor(ITSELF, ITSELF)
LOOK = "look again"
REMINDER = "reminder"
OFFERED = timedelta(days=7)  # what was done longer ago says no more that it was taken back


def job_of(request: Request) -> Job:
    """The job that carries a request on, from wherever it is; scheduled ones of a room run in their order."""
    room = (request.invocation.arguments.get("room") or {}).get("id") if request.actor.behind else None
    lane = f"scheduled:{room}" if room else ""
    return Job("request", f"request:{request.id}", {"id": request.id}, lane)


@dataclass(frozen=True)
class Moved:
    """What came of a fact: the request as it was and is now, and what the bringer is told."""

    before: Request
    request: Request
    follow: tuple[FollowUp, ...]

    @property
    def happened(self) -> bool:
        """Whether anything changed."""
        return self.request.version != self.before.version

    @property
    def told(self) -> Reply | None:
        """What whoever brought it reads, where nothing changed."""
        return next((each.why for each in self.follow if isinstance(each, Tell)), None)


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
        moved = await bring(road, tx, before, fact, by)
    await told_of(road, moved)
    return moved


async def bring(
    road: Dispatcher, tx: AsyncConnection, before: Request, fact: Fact, by: Actor | None = None
) -> Moved:
    """Bring a fact to a request that is held, in the caller's transaction; ``told_of`` follows its commit."""
    after, follow = advance(before, fact, road.clock())
    moved = Moved(before, after, follow)
    if moved.happened:
        await record(road, tx, before, after, follow, by or _whose(fact))
    if after.state is State.DONE and not before.state.final:
        await take_back(road, tx, Done.of(road, after))
    return moved


async def told_of(road: Dispatcher, moved: Moved) -> None:
    """What follows once a move is on disk: it is counted, and who asked is answered."""
    if moved.request.state.final and not moved.before.state.final:
        road.ended(moved.request.invocation.command, moved.request.state)
    road.awaited.request(moved.request)
    if moved.happened and any(isinstance(each, Show) for each in moved.follow):
        await tell_asker(road, moved.request)


async def tell_asker(road: Dispatcher, request: Request, *, cut_off: bool = False) -> None:
    """Tell who asked where it stands, where no card in front of them says it; twice does no harm.

    With ``cut_off`` the card of what waits may have been shown by a process that was killed meanwhile.
    """
    if _goes_unsaid(road, request) or (is_kept_for_asker(request) and not _is_aside(road, request)):
        return
    if _is_private(road, request) or _is_elsewhere(request) or request.origin.view:
        message = replace(
            road.cards.private(request, alone=_is_aside(road, request)),
            replace=request.origin.instead,
            gone=request.yes is Yes.ACTOR and _is_read_there(road, request),
        )
        written = _written_down(request)
        message = replace(message, reply=message.reply + written) if written else message
        say = partial(road.voice.answer, request.origin, request.actor.id, message)
        if request.state is not State.WAITING:
            await say()
            return
        if cut_off and request.yes is Yes.ACTOR and not request.origin.view:
            say = partial(_may_be_there, road, request)
        await road.effects.first(f"card:{request.id}:{request.revision}", say)


async def _may_be_there(road: Dispatcher, request: Request) -> None:
    """A second card would outlive the first: nothing takes away a private one but a press on itself."""
    said = Reply(
        "I was stopped while I asked you about {line} (#{number}). If the question is not here:",
        line=Code(request.sentence),
        number=request.id,
        buttons=[Button("Show it", Invocation("approval show", number=request.id))],
    )
    await tell(road, request.origin, request.actor.id, said)


def _whose(fact: Fact) -> Actor | None:
    """Who stands in the log for what nobody brought: not who asked, who did nothing of it."""
    return ITS_OWN if isinstance(fact, Moot | Disallowed | Revised | Redirected | Expired | Unacked) else None


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
    if before.reminder:
        await road.work.later(tx, reminder_of(before))
    if _touches(before, after):
        await notice(road, tx, [after.room], besides=after.id)
    over = after.state.final and before.state is not State.ASKED
    if over or after.state is State.WAITING:
        await road.work.later(tx, HOMES)


async def notice(road: Dispatcher, tx: AsyncConnection, rooms: Collection[str], besides: int = 0) -> None:
    """Let what waits about these rooms be looked at again: we did something there, or have just looked.

    So is the session that is followed there.
    """
    await look(road, tx, rooms, besides)
    await touched(tx, road.books, rooms, road.clock())


async def look(road: Dispatcher, tx: AsyncConnection, rooms: Collection[str], besides: int = 0) -> None:
    """Let what waits about these rooms be looked at again, ``besides`` one request: one job a room."""
    for room in await road.requests.waits_in(tx, rooms, besides):
        await road.work.later(tx, Job(LOOK, f"{LOOK}:{room}", {"room": room}))


def reminder_of(request: Request) -> Job:
    """The job that brings the reminder which speaks of a request up to date."""
    return Job(REMINDER, f"{REMINDER}:{request.reminder}", {"reminder": request.reminder})


def _touches(before: Request, after: Request) -> bool:
    """Whether its room was looked at, or acted in, on the way to here."""
    ran = before.state is State.RUNNING and after.state.final
    asks = before.state is State.ASKED and after.state is State.WAITING
    return bool(after.room) and (ran or asks)


async def take_back(road: Dispatcher, tx: AsyncConnection, *several: Done) -> None:
    """Say of what was done where it is offered, so that nobody is offered to do it again."""
    if not several:
        return
    await taking_back.on_posts(road, tx, several)
    rooms = {done.command.in_room for done in several}
    for earlier in await road.requests.done_in(tx, rooms, road.clock() - OFFERED):
        offered = earlier.answer.all_buttons() if earlier.answer else ()
        others = (each for each in several if each.request != earlier.id)
        done = next((each for each in others if taking_back.is_offered(road, each, offered)), None)
        if done:
            after, follow = advance(earlier, TakenBack(done.said), road.clock())
            await record(road, tx, earlier, after, follow, done.by)


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
    """Whether nobody but who asked reads how it stands: what others decide on says so in its thread."""
    if request.yes > Yes.ACTOR and not _is_aside(road, request):
        return request.state.final and all(Place(place).direct for place in request.places)
    moot = request.state is State.MOOT
    alone = moot or request.yes is Yes.ACTOR or request.state in {State.REFUSED, State.FAILED}
    return alone or _is_aside(road, request)


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


def _goes_unsaid(road: Dispatcher, request: Request) -> bool:
    """Whether an own confirm is not told of, since no card of it was pressed that could say so."""
    if request.yes is not Yes.ACTOR or request.origin.instead or request.origin.view:
        return False
    return request.state in {State.RUNNING, State.EXPIRED} or _is_read_there(road, request)


def _written_down(request: Request) -> Reply | None:
    """Where others read it, for who asked in a channel in which I am not."""
    others = request.yes > Yes.ACTOR or request.state in {State.DONE, State.UNKNOWN}
    if not others or not _is_elsewhere(request) or request.origin.place.direct:
        return None
    if Place(request.places[0]).direct:
        return None
    where, invite = Channel(request.places[0]), Code("/invite @hms")
    if request.state is State.WAITING:
        return Reply("It stands in {channel}. To read it here: {invite}.", channel=where, invite=invite)
    return Reply("It is written down in {channel}. To read it here: {invite}.", channel=where, invite=invite)


def _is_aside(road: Dispatcher, request: Request) -> bool:
    command = road.registry.commands.get(request.invocation.command)
    return bool(command and command.aside)


def _has_card(road: Dispatcher, request: Request) -> bool:
    """Whether what was done is read on the card of what it was done to: it needs none besides."""
    if request.state is not State.DONE or request.yes > Yes.ACTOR:
        return False
    return road.registry.load(request.invocation).has_card()


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
            await road.work.later(tx, job_of(after))
        case Wait():
            await _wait(road, tx, after, follow.until)
        case Release() if before.state in {State.WAITING, State.RUNNING} and after.yes > Yes.ACTOR:
            # In the lane of the request: who is just being muted for it is muted first, then released.
            job = job_of(after)
            lane = job.lane or job.key
            await road.work.later(tx, Job("release", f"release:{after.id}", {"id": after.id}, lane))
        case Show() if not _is_aside(road, after) and not _has_card(road, after):
            await show(road, tx, before, after)
        case _:
            pass


async def _wait(road: Dispatcher, tx: AsyncConnection, request: Request, until: datetime) -> None:
    subject, cause = str(request.id), request.cause
    timers = [Expiry(request=request.id).timer(subject, until, cause)]
    if request.yes > Yes.ACTOR:
        halftime = request.asked_at + (until - request.asked_at) / 2
        timers.append(Halftime(request=request.id).timer(subject, halftime, cause))
    await road.timers.set(tx, *timers)


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
    if after.reason != before.reason:
        return Reply("Said more: {reason}", reason=after.reason)
    if after.needed == 1 or after.deciders == before.deciders:
        return None
    return Reply(
        "Approved by {by}, {given} of {needed}.",
        by=after.deciders[-1].mention,
        given=len(after.deciders),
        needed=after.needed,
    )
