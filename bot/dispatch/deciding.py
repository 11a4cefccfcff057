"""A yes or a no on its way to a waiting request."""

from dataclasses import dataclass

from bot.access import Verdict
from bot.command import Command
from bot.command.ports import Road
from bot.dispatch.considering import is_direct, places, yes_of
from bot.dispatch.context import context
from bot.dispatch.ledger import Ledger
from bot.dispatch.parts import Parts
from bot.errors import UserError
from bot.hms import NotFound
from bot.people import Actor, Level, Yes
from bot.reply import Mention, Reply, Stakes, changes
from bot.request.advance import advance
from bot.request.facts import Agreed, Decider, Denied, Disallowed, Faster, Moot, Revised, Withdrawn
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
    address: str = ""
    why: str = ""


@dataclass(frozen=True)
class Stopped:
    """A yes that was not brought: the case is not as its card showed; ``told`` where no card says so."""

    told: Reply | None


class Deciding:
    """Brings decisions to requests; answers what who decided reads, None where the card says it."""

    def __init__(self, parts: Parts, ledger: Ledger, road: Road) -> None:
        self._parts = parts
        self._ledger = ledger
        self._road = road

    async def decide(self, number: int, decision: Decision) -> Reply | None:
        """Check the right to decide, the right to ask and that the case is as shown; then once, for good."""
        request = await self._ledger.load(number)
        if request is None:
            raise UserError("There is no request {number}. See /hms approval list.", number=str(number))
        by = await self._decider(request, decision)
        if not decision.yes:
            return (
                await self._ledger.move(number, Denied(by, decision.why, decision.address), decision.by)
            ).told
        revision = request.revision if decision.revision is None else decision.revision
        agreed = Agreed(by, revision, await self._yes_now(request), decision.address)
        _, effects = advance(request, agreed, self._parts.clock())
        raised = agreed.yes > request.yes and request.state is State.WAITING
        if raised or any(not hasattr(effect, "why") for effect in effects):
            stopped = await self._look_again(request, decision, agreed.yes)
            if stopped:
                return stopped.told
        return (await self._ledger.move(number, agreed, decision.by)).told

    async def withdraw(self, number: int, by: Actor, channel: str = "") -> Reply | None:
        """Take a request back, by who asked or by an admin."""
        request = await self._ledger.load(number)
        if request is None:
            raise UserError("There is no request {number}. See /hms approval list.", number=str(number))
        decider = await self._decider(request, Decision(yes=False, by=by, channel=channel))
        return (await self._ledger.move(number, Withdrawn(decider), by)).told

    async def _decider(self, request: Request, decision: Decision) -> Decider:
        by = decision.by
        needed = max(request.yes, Yes.SECOND).level
        verdict = await self._may(by, needed, request, decision.channel)
        if by.barred:
            raise UserError(verdict.why.template, **verdict.why.values)
        return Decider(by.id, by.name, verdict.level, verdict.since)

    async def _may(self, actor: Actor, needed: Level, request: Request, channel: str) -> Verdict:
        asked_in = channel or request.origin.channel
        return await self._parts.access.may(actor, needed, room=request.room, channel=asked_in)

    async def _yes_now(self, request: Request) -> Yes:
        command = self._parts.registry.load(request.invocation)
        words = self._parts.registry.words(command)
        return max(request.yes, await self._parts.policy.needed(words, command.yes, command.yes))

    async def _look_again(self, request: Request, decision: Decision, yes: Yes) -> Stopped | None:
        """Whether the case is still as the card shows it; a changed one is shown anew and decided again."""
        command = self._parts.registry.load(request.invocation)
        asker = await self._parts.voice.actor(request.actor.id)
        still = await self._may(asker, command.level, request, request.origin.channel)
        if not still.allowed:
            why = Reply("Who asked may no longer do this.") + still.why
            return await self._call_off(request, decision, Disallowed(why, decision.address))
        ctx = context(self._parts, self._road, asker, request)
        try:
            now = await command.consequence(ctx)
        except (UserError, NotFound) as error:
            why = Reply.of(error) if isinstance(error, UserError) else Reply("It is over already.")
            over = Moot(await self._faster(request, command) or why, decision.address)
            return await self._call_off(request, decision, over)
        yes = max(yes, await yes_of(self._parts, ctx, command))
        shown = request.consequence.stakes if request.consequence else None
        different = changes(shown or Stakes(), now.stakes or Stakes())
        if not different and yes <= request.yes:
            return None
        return await self._revise(request, decision, now, yes, different)

    async def _revise(
        self, request: Request, decision: Decision, now: Reply, yes: Yes, different: list[str]
    ) -> Stopped:
        people = [request.actor.id]
        if yes > Yes.ACTOR:
            people = await self._parts.access.deciders(
                yes.level, room=request.room, besides=request.actor.id, before=request.asked_at
            )
        where = request.places or await places(self._parts, request, request.room, people)
        if yes > request.yes and is_direct(where[0]):
            where = tuple(people)
        await self._ledger.move(request.id, Revised(now, yes, where, decision.address), decision.by)
        changed = [*different, *(["it needs somebody else's yes now"] if yes > request.yes else [])]
        return Stopped(
            Reply(
                "Nothing was done yet, because {changed}. The card shows it now: decide again.",
                changed=changed,
            )
        )

    async def _faster(self, request: Request, command: Command) -> Faster | None:
        """Who did it since this was asked, by another request; None where it was nobody that we know."""
        async with self._parts.db.read() as tx:
            done = await self._parts.requests.done_in(tx, request.room, request.asked_at)
        alike = (other for other in done if other.invocation.command == request.invocation.command)
        for other in alike:
            if other.answer and self._parts.registry.load(other.invocation).covers(command):
                by = Mention(other.actor.id, other.actor.name)
                return Faster(by, other.id, other.answer.without_buttons())
        return None

    async def _call_off(self, request: Request, decision: Decision, fact: Disallowed | Moot) -> Stopped:
        """Nothing to decide any more: the card says so, and who clicked it if it was not theirs."""
        moved = await self._ledger.move(request.id, fact, decision.by)
        return Stopped(moved.told or (None if request.yes is Yes.ACTOR else moved.request.answer))
