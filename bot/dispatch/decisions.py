"""A yes or a no on its way to a waiting request."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.access import Verdict
from bot.command import Command
from bot.dispatch import asked_once, ledger, saying
from bot.dispatch.choices import asked_again, not_theirs, says_why
from bot.dispatch.considering import actor_of, deciders, places, sameness, yes_of
from bot.dispatch.context import context
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.hms import NotFound, one_look
from bot.people import Actor, Level, Yes
from bot.reply import Place, Reply, Stakes, changes
from bot.request.advance import objection
from bot.request.facts import (
    Agreed,
    Decider,
    Denied,
    Disallowed,
    Faster,
    Moot,
    Reasoned,
    Revised,
    Withdrawn,
)
from bot.request.request import Request, State


@dataclass(frozen=True)
class Decision:
    """What somebody decided; ``revision`` is what they were looking at (None: the newest, by its number).

    ``address`` is where the card they click can be answered.
    """

    yes: bool
    by: Actor
    revision: int | None = None
    channel: str = ""
    address: str = field(default="", repr=False)
    why: str = ""


@dataclass(frozen=True)
class Stopped:
    """A yes that was not brought: the case is not as its card showed; ``told`` where no card says so."""

    told: Reply | None


async def decide(road: Dispatcher, request: Request, decision: Decision) -> Reply | None:
    """Check the right to decide, the right to ask and that the case is as shown; then once, for good.

    Answers what who decided reads, None where the card says it.
    """
    by = await _decider(road, request, decision)
    waits = request.waits_for_others
    if waits and (told := await not_theirs(road, request, by)):
        return told
    if not decision.yes:
        return await _deny(road, request, by, decision)
    command = road.registry.load(request.invocation)
    revision = request.revision if decision.revision is None else decision.revision
    agreed = Agreed(by, revision, await _yes_now(road, request, command), decision.address)
    # A stricter policy revises the card before anybody is told that they cannot decide it as it is.
    raised = agreed.yes > request.yes and request.state is State.WAITING
    if raised or objection(request, agreed, road.clock()) is None:
        with one_look():  # as it was considered
            stopped = await look_again(road, request, command, decision, agreed.yes)
        if stopped:
            return stopped.told
    return (await ledger.move(road, request.id, agreed, decision.by)).told


async def _deny(road: Dispatcher, request: Request, by: Decider, decision: Decision) -> Reply | None:
    """One press denies; why is asked for afterwards, of who pressed, and may stay unsaid."""
    moved = await ledger.move(road, request.id, Denied(by, decision.why, decision.address), decision.by)
    if not moved.happened or moved.request.state is not State.DENIED or decision.why:
        return moved.told
    return Reply(
        "You denied request {number}.", number=str(request.id), buttons=[says_why("Say why", request)]
    )


async def reason(road: Dispatcher, request: Request, by: Actor, why: str, channel: str = "") -> Reply | None:
    """Say more about a request: why it is asked for, by who asked, or why it was denied, by who did."""
    decider = await _decider(road, request, Decision(yes=False, by=by, channel=channel))
    return (await ledger.move(road, request.id, Reasoned(decider, why), by)).told


async def withdraw(road: Dispatcher, request: Request, by: Actor, channel: str = "") -> Reply | None:
    """Take a request back, by who asked or by an admin."""
    decider = await _decider(road, request, Decision(yes=False, by=by, channel=channel))
    return (await ledger.move(road, request.id, Withdrawn(decider), by)).told


async def _decider(road: Dispatcher, request: Request, decision: Decision) -> Decider:
    by = decision.by
    needed = max(request.yes, Yes.SECOND).level
    verdict = await _may(road, by, needed, request, decision.channel)
    if by.barred:
        raise UserError(verdict.why.template, **verdict.why.values)
    return Decider(by.id, by.name, verdict.level, verdict.since)


async def _may(road: Dispatcher, actor: Actor, needed: Level, request: Request, channel: str) -> Verdict:
    asked_in = channel or request.origin.channel
    return await road.access.may(actor, needed, room=request.room, channel=asked_in)


async def _yes_now(road: Dispatcher, request: Request, command: Command) -> Yes:
    words = road.registry.words(command)
    return max(request.yes, await road.policy.needed(words, command.yes, command.yes))


async def look_again(
    road: Dispatcher, request: Request, command: Command, decision: Decision, yes: Yes
) -> Stopped | None:
    """Whether the case is still as the card shows it; a changed one is shown anew and decided again.

    Where nobody decides, but the bot looks by itself, an own confirm that has changed stays as it is: Slack
    changes no private card before it is pressed, and then this is asked anew.
    """
    asker = await actor_of(road, request)
    still = await _may(road, asker, command.level, request, request.origin.channel)
    if not still.allowed:
        why = Reply("Who asked may no longer do this.") + still.about
        by = await _presser(road, request, decision)
        return await _call_off(road, request, decision, Disallowed(why, decision.address, by))
    ctx = context(road, asker, request)
    try:
        now = await saying.complete(command.consequence(ctx))
        needed = await yes_of(ctx, command)
    except (UserError, NotFound) as error:
        why = Reply.of(error) if isinstance(error, UserError) else Reply("It is over already.")
        by = await _presser(road, request, decision)
        over = Moot(await _faster(road, request, command) or why, decision.address, by)
        return await _call_off(road, request, decision, over)
    yes = max(yes, needed, command.yes_at(now.stakes or Stakes()))
    different = changes(request.stakes or Stakes(), now.stakes or Stakes())
    by_itself = decision.by == ledger.ITS_OWN and yes <= Yes.ACTOR
    if by_itself or (not different and yes <= request.yes):
        return None
    return await _revise(road, request, decision, now, yes, different)


async def _presser(road: Dispatcher, request: Request, decision: Decision) -> Decider | None:
    """Whose press it was; nobody's, where the bot looked by itself."""
    return None if decision.by == ledger.ITS_OWN else await _decider(road, request, decision)


async def _revise(
    road: Dispatcher, request: Request, decision: Decision, now: Reply, yes: Yes, different: list[Reply]
) -> Stopped:
    people = await deciders(road, request, request.room, yes)
    where = request.places or await places(road, request, request.room, people)
    if yes > request.yes and Place(where[0]).direct:
        where = tuple(people)
    stricter = Reply("It waits for {whom} now, was {before}.", whom=yes.whom, before=request.yes.whom)
    changed = [*different, *([stricter] if yes > request.yes else [])]
    shown = sum(changed, start=now + Reply("\nChanged since it was asked:"))
    same = sameness(road.registry.load(request.invocation), yes, request.actor)
    fact = Revised(shown, yes, where, decision.address, same)
    twin = await asked_once.revise(road, request.id, fact, decision.by)
    if twin:
        waits = await asked_again(road, twin, request.actor.id)
        by = await _presser(road, request, decision)
        return await _call_off(road, request, decision, Moot(waits, decision.address, by))
    return Stopped(sum(changed, start=Reply("Nothing was done yet.")) + Reply("Look again, then decide."))


async def _faster(road: Dispatcher, request: Request, command: Command) -> Faster | None:
    """Who did it since this was asked, by another request; None where it was nobody that we know."""
    async with road.db.read() as tx:
        done = await road.requests.done_in(tx, {request.room}, request.asked_at)
    for other in done:
        did = road.registry.known(other.invocation)
        if did and other.ended_at and did.covers(command):
            ago = timedelta(seconds=max(1, round((road.clock() - other.ended_at).total_seconds())))
            return Faster(did.done_by(other.actor.mention, ago, str(other.id)))
    return None


async def _call_off(
    road: Dispatcher, request: Request, decision: Decision, fact: Disallowed | Moot
) -> Stopped:
    """Nothing to decide any more: the card says so, and who clicked it if it was not theirs."""
    moved = await ledger.move(road, request.id, fact, decision.by)
    return Stopped(moved.told or (None if request.yes is Yes.ACTOR else moved.request.answer))
