"""What commands and reactions know of the road (``bot.command.ports.Road``)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Line
from bot.dispatch import choices, decisions, intake, ledger, reminders
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.taking_back import Done
from bot.people import Actor, Yes
from bot.reply import Invocation, Reply, Row, on_page
from bot.request.facts import Expired
from bot.request.request import Origin, Request


@dataclass(frozen=True)
class RequestRoad:
    """The road as its port: by it a command decides on other requests, and a reaction asks for something."""

    dispatcher: Dispatcher

    async def rows(self, actor: Actor, most: int, page: int = 1) -> tuple[Sequence[tuple[Request, Row]], int]:
        """What waits for somebody, or was asked by them and waits for others, as the rows they read."""
        there = await ledger.waiting_for(self.dispatcher, actor.id)
        row, shown = self.dispatcher.cards.row, there[on_page(page, most, len(there))]
        return [(one, row(one, decides=_decides(actor, one))) for one in shown], len(there) - len(shown)

    async def find(self, number: int) -> Request | None:
        """One request as it is now."""
        return await ledger.load(self.dispatcher, number)

    async def decide(
        self, number: int, actor: Actor, *, yes: bool, channel: str = "", why: str = "", revision: int = 0
    ) -> Reply | None:
        """Bring a yes or no by words; answers what stood in its way, None when it was taken."""
        decision = decisions.Decision(yes, actor, revision or None, channel, why=why)
        return await decisions.decide(self.dispatcher, await self._known(number), decision)

    async def withdraw(self, number: int, actor: Actor, *, channel: str = "") -> Reply | None:
        """Take a request back by words; answers what stood in its way, None when it was taken."""
        return await decisions.withdraw(self.dispatcher, await self._known(number), actor, channel)

    async def reason(self, number: int, actor: Actor, why: str, *, channel: str = "") -> Reply | None:
        """Say more about a request by words."""
        return await decisions.reason(self.dispatcher, await self._known(number), actor, why, channel)

    async def ask(self, number: int, actor: Actor) -> Reply | None:
        """Call somebody who could decide a request, in its card's thread."""
        return await choices.ask(self.dispatcher, number, actor)

    async def remind(self, number: int) -> None:
        """Say once that a request still waits, with all that wait beside it."""
        await reminders.remind(self.dispatcher, number)

    async def notice(self, tx: AsyncConnection, *rooms: str) -> None:
        """Look again, after ``tx``, at what waits about these rooms."""
        await ledger.notice(self.dispatcher, tx, rooms)

    async def done(self, tx: AsyncConnection, *several: tuple[Invocation, Reply]) -> None:
        """Say what came about without a request, each by what asks for it, where it is offered."""
        load = self.dispatcher.registry.load
        came = (Done(load(invocation), said, ledger.ITS_OWN) for invocation, said in several)
        await ledger.take_back(self.dispatcher, tx, *came)

    def card(self, request: Request, actor: Actor) -> Reply:
        """One request that waits as a sentence, with its buttons as the lines that they stand for."""
        decides = _decides(actor, request)
        said = self.dispatcher.cards.row(request, decides=decides).said
        theirs = choices.decides(self.dispatcher, request) if decides else (choices.withdraws(request),)
        return said + Reply("", buttons=theirs)

    async def expire(self, number: int) -> None:
        """Say that its time is up; nothing happens to one that is decided."""
        if await ledger.load(self.dispatcher, number):
            await ledger.move(self.dispatcher, number, Expired())

    async def submit(self, invocation: Invocation, *, as_: Actor, key: str, reason: str = "") -> int | None:
        """Ask for something as oneself, in no channel and with no ack to wait for."""
        road = self.dispatcher
        line = Line.of(road.registry, road.registry.load(invocation))
        line = replace(line, reason=line.reason or reason)
        async with road.db.write() as tx:
            request = await intake.ask(road, tx, line, as_, Origin("clock", key))
            if request:
                await intake.accept(road, tx, request.id)
        return request.id if request else None

    async def _known(self, number: int) -> Request:
        return await ledger.known(self.dispatcher, number)


def _decides(actor: Actor, request: Request) -> bool:
    """Whether what concerns somebody waits for them, and not for somebody else whom they asked."""
    return (request.yes <= Yes.ACTOR) is (actor.id in request.actor.askers)
