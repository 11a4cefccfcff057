"""Moves requests: the one place where a fact meets a request on disk."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.ports import Place
from bot.dispatch.cards import Cards
from bot.dispatch.parts import Parts
from bot.errors import UserError
from bot.people import Actor, Yes
from bot.reply import Reply
from bot.request.advance import advance
from bot.request.facts import Fact, FollowUp, Release, Run, Show, Tell, Wait
from bot.request.request import Request, State
from bot.work import Job, Timer

EXPIRY = "request-expiry"
HALFTIME = "request-halftime"


def job_of(request: int) -> Job:
    """The job that carries a request on, from wherever it is."""
    return Job("request", f"request:{request}", {"id": request})


@dataclass(frozen=True)
class Moved:
    """What came of a fact: the request as it is now, and what the bringer is told if nothing changed."""

    request: Request
    told: Reply | None
    happened: bool


class Ledger:
    """Applies facts by compare-and-set, with the audit entry and the effects in the same transaction."""

    def __init__(self, parts: Parts, cards: Cards) -> None:
        self._parts = parts
        self._cards = cards

    async def load(self, number: int) -> Request | None:
        """One request as it is now."""
        async with self._parts.db.read() as tx:
            return await self._parts.requests.find(tx, number)

    async def move(self, number: int, fact: Fact, by: Actor | None = None) -> Moved:
        """Bring a fact to a request: everything on disk first, then the private answer to who asked."""
        async with self._parts.db.write() as tx:
            before = await self._parts.requests.load(tx, number)
            if before is None:
                raise UserError("There is no request {number}. See /hms approval list.", number=str(number))
            after, effects = advance(before, fact, self._parts.clock())
            if after.version != before.version:
                await self._record(tx, before, after, effects, by)
        self._count(before, after)
        told = next((effect.why for effect in effects if isinstance(effect, Tell)), None)
        moved = Moved(after, told, after.version != before.version)
        if moved.happened and any(isinstance(effect, Show) for effect in effects):
            await self.tell_asker(after)
        return moved

    def _count(self, before: Request, after: Request) -> None:
        if after.state.final and not before.state.final:
            self._parts.ended(after.invocation.command, after.state)

    async def tell_asker(self, request: Request) -> None:
        """Tell who asked where it stands, where no card in front of them says it; twice does no harm."""
        if self._is_private(request) or self._is_elsewhere(request):
            first = request.state is State.WAITING and request.revision == 1
            again = request.yes is Yes.ACTOR and not first
            message = replace(self._cards.private(request), replace=again)
            await self._parts.voice.answer(request.origin, request.actor.id, message)

    def _is_private(self, request: Request) -> bool:
        """Whether nobody but who asked reads how it stands."""
        confirmed = request.yes is Yes.ACTOR
        return confirmed or self._is_aside(request) or request.state in {State.REFUSED, State.FAILED}

    def _is_elsewhere(self, request: Request) -> bool:
        """Whether its card is where who asked does not look: they asked in direct messages."""
        channel = request.origin.channel
        return bool(channel and request.places) and channel not in request.places

    def _is_aside(self, request: Request) -> bool:
        command = self._parts.registry.commands.get(request.invocation.command)
        return bool(command and command.aside)

    async def _record(
        self,
        tx: AsyncConnection,
        before: Request,
        after: Request,
        effects: tuple[FollowUp, ...],
        by: Actor | None,
    ) -> None:
        if not await self._parts.requests.save(tx, after):
            raise RuntimeError(f"Request {after.id} was moved by somebody else while it was held.")
        text = after.sentence if before.state is State.ASKED else self._said(before, after)
        door = after.origin.door
        await self._parts.audit.add(tx, by or after.actor, door, after.state, text, request=after.id)
        if after.answer and after.answer.all_buttons():
            now = self._parts.clock()
            await self._parts.requests.offer(tx, after.token, after.answer.all_buttons(), now)
        if before.state is State.WAITING and after.state is not State.WAITING:
            await self._unwait(tx, after)
        for effect in effects:
            await self._carry_out(tx, before, after, effect)

    def _said(self, before: Request, after: Request) -> str:
        said = after.answer or _step(before, after)
        return self._cards.plain.text(said) if said else after.sentence

    async def _carry_out(
        self, tx: AsyncConnection, before: Request, after: Request, effect: FollowUp
    ) -> None:
        match effect:
            case Run():
                await self._parts.work.later(tx, job_of(after.id))
            case Wait():
                await self._wait(tx, after, effect.until)
            case Release() if before.state is State.WAITING and after.yes > Yes.ACTOR:
                await self._parts.work.later(tx, Job("release", f"release:{after.id}", {"id": after.id}))
            case Show():
                await self._show(tx, before, after)
            case _:
                pass

    async def _wait(self, tx: AsyncConnection, request: Request, until: datetime) -> None:
        subject = str(request.id)
        await self._parts.timers.set(tx, Timer(EXPIRY, subject, until))
        if request.yes > Yes.ACTOR:
            halftime = request.asked_at + (until - request.asked_at) / 2
            await self._parts.timers.set(tx, Timer(HALFTIME, subject, halftime))

    async def _unwait(self, tx: AsyncConnection, request: Request) -> None:
        for kind in (EXPIRY, HALFTIME):
            await self._parts.timers.cancel(tx, kind, str(request.id))

    async def _show(self, tx: AsyncConnection, before: Request, after: Request) -> None:
        """Plan the card that others see, or bring it up to date."""
        shown = before.state is State.WAITING and before.yes > Yes.ACTOR
        if not shown and not (after.state in {State.DONE, State.UNKNOWN} or after.yes > Yes.ACTOR):
            return
        if (after.state is State.RUNNING and not shown) or self._is_aside(after):
            return
        message = self._cards.public(after, await self._deciders(after))
        for place in after.places:
            key = f"request:{after.id}:{place}"
            if place in before.places and _had_card(before):
                await self._parts.voice.edit(tx, key, message)
            else:
                await self._parts.voice.post(
                    tx, key, Place(place, after.origin.thread), message, request=after.id
                )

    async def _deciders(self, request: Request) -> list[str]:
        if request.state is not State.WAITING or request.yes <= Yes.ACTOR:
            return []
        able = await self._parts.access.deciders(
            request.yes.level, room=request.room, besides=request.actor.id, before=request.asked_at
        )
        return [user for user in able if not request.has_yes_of(user)]


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


def _had_card(before: Request) -> bool:
    return before.yes > Yes.ACTOR and before.state in {State.WAITING, State.RUNNING}
