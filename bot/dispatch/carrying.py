"""The jobs of the road: a request carried on from wherever it is, a click brought to what it was on."""

from collections.abc import Mapping

from bot.command import Incomplete
from bot.command.ports import Place, Road
from bot.dispatch.cards import ButtonValue
from bot.dispatch.considering import consider
from bot.dispatch.context import context
from bot.dispatch.deciding import Deciding, Decision
from bot.dispatch.excuses import confess, is_lost
from bot.dispatch.ledger import EXPIRY, HALFTIME, Ledger
from bot.dispatch.looking import Looking
from bot.dispatch.offering import Offering
from bot.dispatch.parts import Parts
from bot.dispatch.taking import Taking
from bot.people import Yes
from bot.reply import Mention, Message, Reply
from bot.request.book import Click
from bot.request.facts import Expired, Fact, Failed, Finished, Lost, Refused
from bot.request.request import Request, State
from bot.work import Handler, Job, Later, due

OLD = Reply("This button is too old to know what it was for. Ask again: /hms status shows what is there now.")


class Carrying:
    """Handles what the carrier brings; each handler can be cut off anywhere and run again."""

    def __init__(self, parts: Parts, ledger: Ledger, taking: Taking, looking: Looking, road: Road) -> None:
        self._parts = parts
        self._ledger = ledger
        self._taking = taking
        self._looking = looking
        self._road = road
        self._offering = Offering(parts)
        self._deciding = Deciding(parts, ledger, road)

    def handlers(self) -> Mapping[str, Handler]:
        """Every kind of job of the road."""
        return {
            "request": self._request,
            "click": self._click,
            "release": self._release,
            EXPIRY: self._expire,
            HALFTIME: self._remind,
        }

    async def _request(self, job: Job) -> None:
        request = await self._ledger.load(job.payload["id"])
        if request is None:
            return
        match request.state:
            case State.ASKED:
                await self._consider(request)
            case State.RUNNING:
                await self._ledger.move(request.id, await self._perform(request))
            case State.WAITING:
                await self._wait(request)
                await self._ledger.tell_asker(request)
            case _:
                await self._ledger.tell_asker(request)

    async def _consider(self, request: Request) -> None:
        fact: Fact
        try:
            actor = await self._parts.voice.actor(request.actor.id)
            fact = await consider(self._parts, self._road, request, actor)
        except Later:
            raise
        except Incomplete as lacking:
            await self._looking.fill_in(lacking, request.actor.id, request.origin)
            fact = Refused(Reply.of(lacking), said=True)
        except Exception as error:  # noqa: BLE001 -- a defect is answered too: nobody is left waiting
            fact = Refused(confess(error, request=request.id))
        moved = await self._ledger.move(request.id, fact)
        if moved.request.state is State.WAITING:
            await self._wait(moved.request)

    async def _wait(self, request: Request) -> None:
        """Keep harm away while somebody else is asked."""
        if request.yes > Yes.ACTOR:
            command = self._parts.registry.load(request.invocation)
            await command.on_wait(context(self._parts, self._road, request.actor, request))

    async def _release(self, job: Job) -> None:
        request = await self._ledger.load(job.payload["id"])
        if request:
            command = self._parts.registry.load(request.invocation)
            await command.on_no(context(self._parts, self._road, request.actor, request))

    async def _perform(self, request: Request) -> Fact:
        try:
            ctx = context(self._parts, self._road, request.actor, request)
            return Finished(await self._parts.registry.load(request.invocation).run(ctx))
        except Later:
            raise
        except Exception as error:  # noqa: BLE001 -- a defect is answered too: nobody is left waiting
            why = confess(error, request=request.id)
            return Lost(why) if is_lost(error) else Failed(why)

    async def _click(self, job: Job) -> None:
        async with self._parts.db.read() as tx:
            click = await self._parts.requests.clicked(tx, job.payload["id"])
        try:
            told = await self._bring(click)
        except Exception as error:  # noqa: BLE001 -- a defect is answered too: nobody is left waiting
            told = confess(error, click=click.id)
        if told:
            await self._offering.tell(click.origin, click.who, told)
        self._parts.voice.clicked(click.origin, click.who)

    async def _bring(self, click: Click) -> Reply | None:
        value = ButtonValue.read(click.value)
        if value is None:
            return OLD
        return await (
            self._decide(click, value) if value.kind == "decision" else self._accept_offer(click, value)
        )

    async def _decide(self, click: Click, value: ButtonValue) -> Reply | None:
        async with self._parts.db.read() as tx:
            number = await self._parts.requests.number_of(tx, value.token)
        if number is None:
            return OLD
        actor = await self._parts.voice.actor(click.who)
        origin = click.origin
        decision = Decision(value.word == "yes", actor, value.number, origin.channel, origin.address)
        return await self._deciding.decide(number, decision)

    async def _accept_offer(self, click: Click, value: ButtonValue) -> Reply | None:
        """Ask for what the button holds, as whoever click it."""
        async with self._parts.db.write() as tx:
            button = await self._parts.requests.offered(tx, value.token, value.number)
            if button is None:
                return OLD
            line = self._looking.line(button.invocation)
            if not line.reads:
                request = await self._taking.ask(tx, line, click.who, click.origin)
                if request:
                    await self._taking.accept(tx, request.id)
                return None
        await self._looking.look(line, click.who, click.origin)
        return None

    async def _expire(self, job: Job) -> None:
        for moment in due(job):
            await self._ledger.move(int(moment.subject), Expired())

    async def _remind(self, job: Job) -> None:
        for moment in due(job):
            request = await self._ledger.load(int(moment.subject))
            if request and request.state is State.WAITING:
                await self._name_the_admins(request)

    async def _name_the_admins(self, request: Request) -> None:
        admins = [user for user in await self._parts.access.admins() if user != request.actor.id]
        if not admins:
            return
        named = tuple(Mention(user, user) for user in admins)
        still = Reply(
            "Request {number} still waits for a yes: {admins}.", number=str(request.id), admins=named
        )
        async with self._parts.db.write() as tx:
            for place in request.places:
                key = f"request:{request.id}:halftime:{place}"
                await self._parts.voice.post(tx, key, Place(place), Message(still), request=request.id)
