"""The jobs of the road: a request carried on from wherever it is, a click brought to what it was on.

Each can be cut off anywhere and is run again.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.command import Ambiguous, Incomplete
from bot.command.forms import given_by
from bot.dispatch import asked_once, intake, ledger, looking, reads, reminders, saying
from bot.dispatch.awaited import at_work
from bot.dispatch.cards import LISTED, OLD, ButtonValue
from bot.dispatch.considering import actor_of, consider
from bot.dispatch.context import context
from bot.dispatch.decisions import Decision, decide, withdraw
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.excuses import confess, is_lost
from bot.hms import one_look
from bot.people import Yes
from bot.reply import Message, Reply
from bot.request.book import Click
from bot.request.facts import Fact, Failed, Finished, Lost, NeedsYes, Refused
from bot.request.request import Request, State
from bot.store import is_down
from bot.work import Handler, Job, Later


def handlers(road: Dispatcher) -> Mapping[str, Handler]:
    """Every kind of job of the road."""
    return {
        "request": partial(_carry_on, road),
        "click": partial(_click, road),
        "release": partial(_release, road),
        ledger.LOOK: partial(looking.handle, road),
        ledger.REMINDER: partial(reminders.handle, road),
    }


async def _carry_on(road: Dispatcher, job: Job) -> None:
    request = await ledger.load(road, job.payload["id"])
    if request is None:
        return
    with at_work(road.awaited.request(request)):
        match request.state:
            case State.ASKED:
                await _consider(road, request)
            case State.RUNNING:
                await ledger.move(road, request.id, await _perform(road, request))
            case State.WAITING:
                await _wait(road, request)
                await ledger.tell_asker(road, request, cut_off=True)
            case _:
                await ledger.tell_asker(road, request)


async def _consider(road: Dispatcher, request: Request) -> None:
    fact: Fact
    try:
        with one_look():  # nothing is done to 100ms in it: who is meant is who is shown
            fact = await consider(road, request, await actor_of(road, request))
    except Incomplete as lacking:
        fact = await _lacks(road, request, lacking)
    except Exception as error:  # noqa: BLE001 -- a defect is answered too: nobody is left waiting
        _let_come_back(error)
        fact = await _refused(road, request, error)
    if isinstance(fact, NeedsYes):
        moved = await asked_once.hold(road, request.id, fact)
    else:
        moved = await ledger.move(road, request.id, fact)
    if moved.request.state is State.WAITING:
        await _wait(road, moved.request)


def _let_come_back(error: Exception) -> None:
    """Raise what says nothing of what was asked, so that the job is run again; anything else is answered."""
    if isinstance(error, Later) or is_down(error):
        raise error


async def _lacks(road: Dispatcher, request: Request, lacking: Incomplete) -> Refused:
    """Open the form that asks for the rest, where there is somebody to fill it in."""
    if request.actor.behind:
        return Refused(Reply.of(lacking))
    await reads.fill_in(road, lacking, request.actor.id, request.origin)
    return Refused(Reply.of(lacking), said=True)


async def _refused(road: Dispatcher, request: Request, error: Exception) -> Refused:
    """Say why; what was filled in stands in a form that can be opened again."""
    why = confess(error, request=request.id)
    if not request.origin.form or isinstance(error, Ambiguous):
        return Refused(why)
    command = road.registry.load(request.invocation)
    lacking = Incomplete(why.template, **why.values)
    lacking = lacking.lacking(road.registry.words(command), given_by(command), ())
    await reads.fill_in(road, lacking, request.actor.id, request.origin)
    return Refused(why, said=True)


async def _wait(road: Dispatcher, request: Request) -> None:
    """Keep harm away while somebody else is asked."""
    if request.yes > Yes.ACTOR:
        command = road.registry.load(request.invocation)
        await command.on_wait(context(road, request.actor, request))


async def _release(road: Dispatcher, job: Job) -> None:
    request = await ledger.load(road, job.payload["id"])
    if request:
        command = road.registry.load(request.invocation)
        await command.on_no(context(road, request.actor, request))


async def _perform(road: Dispatcher, request: Request) -> Fact:
    try:
        command = road.registry.load(request.invocation)
        return Finished(await saying.complete(command.run(context(road, request.actor, request))))
    except Exception as error:  # noqa: BLE001 -- a defect is answered too: nobody is left waiting
        _let_come_back(error)
        why = confess(error, request=request.id)
        return Lost(why) if is_lost(error) else Failed(why)


async def _click(road: Dispatcher, job: Job) -> None:
    async with road.db.read() as tx:
        click = await road.requests.clicked(tx, job.payload["id"])
    if click is None:
        return
    value = ButtonValue.read(click.value)
    step = road.awaited.click(click, value.token if value else "")
    with at_work(step):
        try:
            told = await _bring(road, click, value)
        except Exception as error:  # noqa: BLE001 -- a defect is answered too: nobody is left waiting
            _let_come_back(error)
            told = confess(error, click=click.id)
        if told:
            await saying.tell(road, click.origin, click.who, told)
    road.awaited.over(step.key)
    road.voice.clicked(click.origin, click.who)


async def _bring(road: Dispatcher, click: Click, value: ButtonValue | None) -> Reply | None:
    if value is None:
        return OLD
    return await (_accept(road, click, value) if value.kind == "offer" else _decide(road, click, value))


async def _decide(road: Dispatcher, click: Click, value: ButtonValue) -> Reply | None:
    async with road.db.read() as tx:
        number = await road.requests.number_of(tx, value.token)
        request = await road.requests.find(tx, number) if number else None
    if request is None:
        return OLD
    listed = value.kind == LISTED
    if over := await _over(road, request, click):
        await road.voice.answer(click.origin, click.who, replace(over, replace=not listed))
        return None
    by, origin = await road.voice.actor(click.who), click.origin
    if value.word == "withdraw":
        return await withdraw(road, request, by, origin.channel)
    card = "" if listed else origin.address  # what comes of it takes the place of its card, never of a list
    decision = Decision(value.word == "yes", by, value.number, origin.channel, card)
    told = await decide(road, request, decision)
    if told is None and decision.yes and listed and origin.channel and request.yes > Yes.ACTOR:
        return Reply("You said yes to #{number}.", number=request.id)
    return told


async def _over(road: Dispatcher, request: Request, click: Click) -> Message | None:
    """What is so now where an own confirm was pressed that is over; None for any other card.

    Slack changes no private card by itself: what was decided elsewhere, or asked again since, is shown now.
    """
    own = request.yes is Yes.ACTOR and click.who in request.actor.askers
    if not own or not request.state.final or not click.origin.channel:  # Home is drawn anew
        return None
    return road.cards.private(await asked_once.stands_now(road, request))


async def _accept(road: Dispatcher, click: Click, value: ButtonValue) -> Reply | None:
    """Ask for what the button holds, as whoever pressed it."""
    async with road.db.write() as tx:
        button = await road.requests.offered(tx, value.token, value.number)
        if button is None:
            return OLD
        line = reads.line_of(road, button.invocation)
        if not line.reads:
            origin = replace(click.origin, instead=button.alone)
            request = await intake.ask(road, tx, line, intake.typist(road, click.who), origin)
            if request:
                await intake.accept(road, tx, request.id)
            return None
    await reads.look(road, line, click.who, click.origin, instead=button.alone)
    return None
