"""What commands and reactions know of the road (``bot.command.ports.Road``)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.command import Line
from bot.dispatch import decisions, intake, ledger
from bot.dispatch.dispatcher import Dispatcher
from bot.people import Actor, Yes
from bot.reply import Button, Invocation, Reply, Row
from bot.request.facts import Expired
from bot.request.request import Origin, Request


@dataclass(frozen=True)
class RequestRoad:
    """The road as its port: by it a command decides on other requests, and a reaction asks for something."""

    dispatcher: Dispatcher

    async def waiting(self) -> Sequence[Request]:
        """Every request that waits for a yes, the oldest first."""
        return await ledger.waiting(self.dispatcher)

    async def rows(self, actor: Actor) -> Sequence[tuple[Request, Row]]:
        """What waits for somebody, or was asked by them and waits for others, as the rows they read."""
        there = await ledger.waiting_for(self.dispatcher, actor.id)
        row = self.dispatcher.cards.row
        return [(one, row(one, decides=_decides(actor, one))) for one in there]

    async def find(self, number: int) -> Request | None:
        """One request as it is now."""
        return await ledger.load(self.dispatcher, number)

    async def decide(
        self, number: int, actor: Actor, *, yes: bool, channel: str = "", why: str = "", revision: int = 0
    ) -> Reply | None:
        """Bring a yes or no by words; answers what stood in its way, None when it was taken."""
        decision = decisions.Decision(yes, actor, revision or None, channel, why=why)
        return await decisions.decide(self.dispatcher, number, decision)

    def choices(self, request: Request, who: str) -> tuple[Button, ...]:
        """What somebody can press about a request that waits, each as its text twin."""
        if request.yes > Yes.ACTOR and who in request.actor.askers:
            return (Button("Withdraw", Invocation("approval withdraw", number=request.id)),)
        yes, no = self.dispatcher.cards.choices(request)
        about = {"number": request.id, "revision": request.revision}
        approve, deny = Invocation("approval approve", **about), Invocation("approval deny", **about)
        return Button(yes.label, approve), Button(no.label, deny)

    async def withdraw(self, number: int, actor: Actor, *, channel: str = "") -> Reply | None:
        """Take a request back by words; answers what stood in its way, None when it was taken."""
        return await decisions.withdraw(self.dispatcher, number, actor, channel)

    async def expire(self, number: int) -> None:
        """Say that its time is up; nothing happens to one that is decided."""
        if await ledger.load(self.dispatcher, number):
            await ledger.move(self.dispatcher, number, Expired())

    async def submit(self, invocation: Invocation, *, as_: Actor, key: str) -> int | None:
        """Ask for something as oneself, in no channel and with no ack to wait for."""
        road = self.dispatcher
        line = Line.of(road.registry, road.registry.load(invocation))
        async with road.db.write() as tx:
            request = await intake.ask(road, tx, line, as_, Origin("clock", key))
            if request:
                await intake.accept(road, tx, request.id)
        return request.id if request else None


def _decides(actor: Actor, request: Request) -> bool:
    """Whether what concerns somebody waits for them, and not for somebody else whom they asked."""
    return (request.yes <= Yes.ACTOR) is (actor.id in request.actor.askers)
