"""The second road: what the clock and 100ms bring goes to the reactions that are declared for it.

A moment, or an event, is an occurrence with a key of its own. It carries its cause, so that a request which
was forgotten silences nothing. What fails is tried again alone, then given up in the open.
"""

from asyncio import Semaphore, get_running_loop
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from functools import partial

import structlog
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.reaction import Event, Occurrence, Reaction, result_of
from bot.dispatch import ledger, saying
from bot.dispatch.context import Reacting, reacting
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.excuses import confess, excuse
from bot.features.session.following import heard
from bot.hms import Rejected
from bot.reply import Button, Code, Counted, Invocation, Mention, Place, Reply
from bot.request.request import Cause
from bot.work import UNKNOWN, Bounded, Due, EffectUnknown, Handler, Job, Moment, due, packs
from bot.work.arrivals import Arrival

log = structlog.get_logger()

# Of a storm so many packs of twenty go on at once. Fifty are not done sooner: they wait for one processor and
# one database, and the loop has the answers of all of them to see to before it comes to who types meanwhile.
PACKS = 4
PATIENCE = 0.3  # seconds: who takes longer waits for 100ms, and keeps nobody from beginning


def handlers(road: Dispatcher) -> Mapping[str, Handler]:
    """The job of every reaction, and what becomes of jobs that none of ours handles."""
    turns = Semaphore(PACKS)
    ours = {kind: _handler(road, reaction, turns) for kind, reaction in road.reactions.by_kind.items()}
    return {**ours, UNKNOWN: partial(_put_aside, road)}


async def happened(road: Dispatcher, tx: AsyncConnection, arrivals: Sequence[Arrival]) -> None:
    """Hand events to each reaction of their kind; a ``fact`` is the occurrence's key.

    What came together is one job of each reaction: in the second in which a hundred people come a job each
    would take longer than all that is done for it. What follows sessions only looks sooner, and needs none.
    What waits for a yes is looked at again where something happened.
    """
    told: dict[str, list[Due]] = {}
    for arrival in arrivals:
        for reaction in road.reactions.to(arrival.type):
            one = _told(road, reaction, arrival)
            told.setdefault(reaction.kind(), []).extend([one] if one else [])
    jobs = (
        Job(kind, f"{kind}:{some[0].subject}", {"due": [one.json() for one in some]})
        for kind, several in told.items()
        for some in packs(several)
    )
    await road.work.later(tx, *jobs, saying.HOMES)
    await heard(tx, road.books, arrivals, road.clock())
    await ledger.look(road, tx, {str(arrival.data.get("room_id") or "") for arrival in arrivals} - {""})


def _told(road: Dispatcher, reaction: type[Reaction], arrival: Arrival) -> Due | None:
    """What one reaction asks for of an event; None where that is not there."""
    said = {**arrival.data, "event": arrival.id}
    payload = {name: said[name] for name in reaction.model_fields if name in said}
    try:
        reaction.model_validate(payload)
    except ValidationError:
        log.warning("an event says too little for a reaction", id=arrival.id, kind=reaction.kind())
        return None
    return Due(arrival.fact, arrival.at or road.clock(), payload)


def _handler(road: Dispatcher, reaction: type[Reaction], turns: Semaphore) -> Bounded:
    # To try again would not make it known, nor readable, nor 100ms of another mind.
    hopeless = (EffectUnknown, ValidationError, Rejected)
    react, give_up = partial(_react, road, reaction, turns), partial(_give_up, road, reaction)
    return Bounded(react, reaction.attempts, give_up, hopeless=hopeless)


async def _react(road: Dispatcher, reaction: type[Reaction], turns: Semaphore, job: Job) -> None:
    """Do all that a job brings; what brings much waits for its turn."""
    together = due(job)
    async with turn(turns) if len(together) > 1 else nullcontext():
        await _react_to(road, reaction, together, job.kind)


@asynccontextmanager
async def turn(turns: Semaphore) -> AsyncIterator[None]:
    """Begin once few are under way; a turn ends with what is done in it, or when that takes long."""
    await turns.acquire()
    loop = get_running_loop()
    late = loop.call_later(PATIENCE, turns.release)
    try:
        yield
    finally:
        if loop.time() < late.when():
            late.cancel()
            turns.release()


async def _react_to(road: Dispatcher, reaction: type[Reaction], together: Sequence[Due], kind: str) -> None:
    """Do it; what fails comes back alone, so that it delays none of the others.

    Whoever looks at their Home sees what came of all of them at once; of an event it says so when it comes.
    """
    failed = await _try(road, reaction, together)
    await _over(road, reaction, [one for index, one in enumerate(together) if index not in failed])
    if len(together) == 1:
        for error in failed.values():
            raise error
    follow = [_alone(kind, together[index]) for index in failed]
    follow += [saying.HOMES] if isinstance(reaction.on, Moment) else []
    if follow:
        async with road.db.write() as tx:
            await road.work.later(tx, *follow)


async def _try(
    road: Dispatcher, reaction: type[Reaction], together: Sequence[Due]
) -> Mapping[int, Exception]:
    """Run those that can be read, and say which failed, by their place."""
    failed: dict[int, Exception] = {}
    ready: dict[int, tuple[Reaction, Reacting]] = {}
    for index, one in enumerate(together):
        try:
            ready[index] = reaction.model_validate(one.payload), _context(road, reaction, one)
        except ValidationError as error:
            failed[index] = error
    late = {index: pair for index, pair in ready.items() if pair[1].occurrence.skipped}
    for index, pair in late.items():
        wrong = await result_of(_leave_out(*pair))
        failed |= {index: wrong} if wrong else {}
    in_time = {index: pair for index, pair in ready.items() if index not in late}
    results = await _react_all(reaction, list(in_time.values()))
    failed |= {index: wrong for index, wrong in zip(in_time, results, strict=True) if wrong}
    if isinstance(reaction.on, Moment):
        for index in in_time.keys() - failed.keys():
            road.came(reaction.kind(), max(road.clock() - together[index].fire_at, timedelta()))
    return failed


async def _react_all(
    reaction: type[Reaction], ready: Sequence[tuple[Reaction, Reacting]]
) -> Sequence[Exception | None]:
    """What went wrong with each; where they break together, each is to be tried alone."""
    if not ready:
        return []
    try:
        return await reaction.react_all(ready)
    except Exception as error:  # noqa: BLE001 -- it is raised again for the one that is alone
        return [error] * len(ready)


def _context(road: Dispatcher, reaction: type[Reaction], one: Due) -> Reacting:
    lateness = max(road.clock() - one.fire_at, timedelta(0))
    missed = isinstance(reaction.on, Moment) and reaction.on.is_missed(lateness)
    key, kind = _key(reaction, one), reaction.kind()
    return reacting(
        road, Occurrence(key, kind, one.subject, one.fire_at, lateness, missed), _cause(road, one)
    )


def _key(reaction: type[Reaction], one: Due) -> str:
    """An event is known by its id, whenever it is heard of; of a subject each moment is another one."""
    when = [] if isinstance(reaction.on, Event) else [one.fire_at.isoformat()]
    return ":".join([reaction.kind(), one.subject, *when])


def _cause(road: Dispatcher, one: Due) -> Cause:
    """What provided for it; the bot itself, where nobody asked."""
    return Cause.load(one.cause) if one.cause else Cause(0, Mention("", "hms-bot"), road.clock())


async def _readers(road: Dispatcher, cause: Cause) -> Sequence[str]:
    """Where it is read that something was not done: where its cause is, else by the admins."""
    return cause.places or await road.access.admins()


async def _leave_out(reaction: Reaction, ctx: Reacting) -> None:
    """Say, once, that a moment came too late to be acted on."""
    readers = await _readers(ctx.dispatcher, ctx.cause)
    async with ctx.transaction() as tx:
        for place in readers:
            await ctx.show(tx, f"left out:{ctx.occurrence.key}", Place(place), reaction.left_out(ctx))


def _alone(kind: str, one: Due) -> Job:
    return Job(kind, f"alone:{kind}:{one.subject}:{one.fire_at.isoformat()}", {"due": [one.json()]})


async def _over(road: Dispatcher, reaction: type[Reaction], passed: Sequence[Due]) -> None:
    """Say of what comes again and again that it works again, where it was said that it does not."""
    for one in (each for each in passed if _is_upkeep(reaction, each)):
        async with road.db.read() as tx:
            told = await road.failures.of(tx, _series(reaction, one))
        for occurrence in told:
            await _works_again(road, occurrence)


async def _works_again(road: Dispatcher, occurrence: str) -> None:
    admins = await road.access.admins()
    async with road.db.write() as tx:
        since = await road.failures.over(tx, occurrence)
        said = Reply("What could not be done since {since} works again.", since=since)
        for admin in admins if since else ():
            await saying.show(road, tx, f"over:{occurrence}", Place(admin), said, request=0)


def _is_upkeep(reaction: type[Reaction], one: Due) -> bool:
    """Whether it comes again by itself and nobody asked for it: one failure says it of all that follow."""
    return isinstance(reaction.on, Moment) and reaction.on.next is not None and not one.cause


def _series(reaction: type[Reaction], one: Due) -> str:
    """What the keys of its occurrences begin with."""
    return f"{reaction.kind()}:{one.subject}:"


async def _give_up(road: Dispatcher, reaction: type[Reaction], job: Job, error: Exception) -> None:
    """End what failed too often, and say so where its cause is read, with a button that tries it again.

    What fails each time it comes is said once, and so is what is tried again before anybody asks for it.
    """
    for one in due(job):
        road.ended(job.kind, "given up")
        alone, cause, key = _alone(job.kind, one), _cause(road, one), _key(reaction, one)
        readers = await _readers(road, cause)
        async with road.db.write() as tx:
            told = await road.failures.of(tx, _series(reaction, one))
            if key in told or (told and _is_upkeep(reaction, one)):
                continue  # it is tried each time it comes
            number = await road.failures.keep(tx, alone, key)
            said = _given_up(cause, one, error) + _again(number)
            for place in readers:
                card = f"given up:{alone.key}:{number}"
                await saying.show(road, tx, card, Place(place), said, request=cause.request)


def _given_up(cause: Cause, one: Due, error: Exception) -> Reply:
    why = excuse(error) or confess(error, subject=one.subject)
    if not cause.request:
        return Reply("What was due {moment} could not be done.", moment=one.fire_at) + why
    planned = Reply(
        "What {by} asked for in request {request}, due {moment}, could not be done.",
        by=cause.by,
        request=str(cause.request),
        moment=one.fire_at,
    )
    return planned + why


def _again(number: int) -> Reply:
    button = Button("Try again", Invocation("retry", number=number))
    return Reply("Or type {line}.", line=Code(f"/hms retry {number}"), buttons=[button])


async def _put_aside(road: Dispatcher, job: Job) -> None:
    """Keep a job of another release until one that knows it starts; the admins are told once a kind."""
    admins = await road.access.admins()
    async with road.db.write() as tx:
        first = await road.aside.put(tx, job)
        road.ended(job.kind, "put aside")
        log.warning("a job of another release was put aside", kind=job.kind, key=job.key)
        said = Reply(
            "{jobs} of a kind that this release does not know was put aside: {kind}. "
            "A release that knows it goes on with it.",
            jobs=Counted(1, "job", "jobs"),
            kind=Code(job.kind),
        )
        for admin in admins if first else ():
            await saying.show(road, tx, f"put aside:{job.kind}", Place(admin), said, request=0)


async def take_back(road: Dispatcher, known: Mapping[str, Handler]) -> None:
    """Go on with what another release put aside and this one knows; called when it starts."""
    async with road.db.write() as tx:
        back = await road.aside.take(tx, [kind for kind in known if kind != UNKNOWN])
        await road.work.later(tx, *back)
