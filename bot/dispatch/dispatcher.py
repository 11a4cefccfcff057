"""``Dispatcher``: what the doors hand lines, forms and clicks to."""

import asyncio
from collections.abc import Coroutine, Mapping
from datetime import timedelta
from typing import Any

from bot.command import Line, Unreadable, may_act
from bot.dispatch.cards import ButtonValue, Cards
from bot.dispatch.carrying import Carrying
from bot.dispatch.deciding import Deciding, Decision
from bot.dispatch.excuses import confess
from bot.dispatch.ledger import Ledger
from bot.dispatch.looking import Looking
from bot.dispatch.offering import Offering
from bot.dispatch.parts import Parts
from bot.dispatch.reacting import Reacting, Reaction
from bot.dispatch.taking import Ack, Taking
from bot.people import Actor, Yes
from bot.reply import Invocation, Reply
from bot.request.request import Origin, Request
from bot.work import Handler
from bot.work.tasks import Tasks

AT_ONCE = 32  # answers being made; more would only slow each other, and the acks between them


class Dispatcher:
    """The road of requests. Doors come through ``submit`` and ``click``; both ack before they return."""

    def __init__(self, parts: Parts, cards: Cards, reactions: Mapping[str, Reaction], tasks: Tasks) -> None:
        self._parts = parts
        self._tasks = tasks
        self._offering = Offering(parts)
        self._places = asyncio.Semaphore(AT_ONCE)
        ledger = Ledger(parts, cards)
        self._taking = Taking(parts, ledger, self._tasks)
        self._deciding = Deciding(parts, ledger, self)
        self._looking = Looking(parts, self._offering, self)
        self._carrying = Carrying(parts, ledger, self._taking, self._looking, self)
        self._reacting = Reacting(parts, self, reactions)

    def handlers(self) -> Mapping[str, Handler]:
        """The jobs that the road gives to the carrier, by kind."""
        return {**self._carrying.handlers(), **self._reacting.handlers()}

    async def submit(self, said: str | Invocation, who: str, origin: Origin, ack: Ack) -> None:
        """Take a typed line or an invocation: a look is acked at once, an act when it is on disk."""
        act = self._act(said)
        if act:
            await self._taking.take(act, who, origin, ack)
        else:
            await ack()
            self._spawn(origin, who, self._looking.answer(said, who, origin))

    async def click(self, pressed: str, who: str, origin: Origin, ack: Ack) -> None:
        """Take a click on a button: acked when it is on disk, handled in the order of its card."""
        value = ButtonValue.read(pressed)
        lane = f"card:{value.token}" if value else ""
        await self._taking.take_click(pressed, who, origin, ack, lane)

    async def recover(self, since: timedelta = timedelta(0)) -> None:
        """Take back what a process that is dead wrote down but never acked; ``since`` spares living ones."""
        await self._taking.recover(since)

    async def idle(self) -> None:
        """Wait until the road has nothing under way outside the carrier."""
        await self._tasks.idle()

    async def drain(self, seconds: float) -> None:
        """Finish what was taken."""
        await self._tasks.drain(seconds)

    async def waiting_for(self, who: str) -> list[Request]:
        """What waits for a yes that this person could give, and what they asked for themselves."""
        actor = await self._parts.voice.actor(who)
        return [request for request in await self.waiting() if await self._concerns(request, actor)]

    async def waiting(self) -> list[Request]:
        """Every request that waits for a yes, the oldest first."""
        async with self._parts.db.read() as tx:
            return await self._parts.requests.waiting(tx)

    async def asked_as(self, key: str) -> Request | None:
        """The request that was asked with this key, as it is now."""
        async with self._parts.db.read() as tx:
            return await self._parts.requests.asked_as(tx, key)

    async def decide(
        self, number: int, actor: Actor, *, yes: bool, channel: str = "", why: str = ""
    ) -> Reply | None:
        """Bring a yes or no by words; answers what stood in its way, None when it was taken."""
        return await self._deciding.decide(number, Decision(yes, actor, channel=channel, why=why))

    async def withdraw(self, number: int, actor: Actor, *, channel: str = "") -> Reply | None:
        """Take a request back by words; answers what stood in its way, None when it was taken."""
        return await self._deciding.withdraw(number, actor, channel)

    def _act(self, said: str | Invocation) -> Line | None:
        """What is asked for, if it is an act; whatever else it may be is found out after the ack."""
        if isinstance(said, str) and not may_act(self._parts.registry, said):
            return None
        try:
            line = self._looking.line(said)
        except Unreadable:
            return None
        return None if line.reads or line.dry_run else line

    async def _concerns(self, request: Request, actor: Actor) -> bool:
        if request.actor.id == actor.id or request.yes <= Yes.ACTOR:
            return request.actor.id == actor.id
        if request.has_yes_of(actor.id):
            return False
        verdict = await self._parts.access.may(actor, request.yes.level, room=request.room)
        return verdict.allowed

    def _spawn(self, origin: Origin, who: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.spawn(self._answered(origin, who, work))

    async def _answered(self, origin: Origin, who: str, work: Coroutine[Any, Any, None]) -> None:
        """Let work end in an answer, whatever happens in it."""
        async with self._places:
            try:
                await work
            except Exception as error:  # noqa: BLE001 -- an answer always comes
                await self._offering.tell(origin, who, confess(error, door=origin.door), failed=True)
