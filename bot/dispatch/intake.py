"""On disk, then acked, then taken on: nothing acked is lost, nothing unacked is done."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Line, Unreadable
from bot.dispatch import ledger, reads, saying
from bot.dispatch.awaited import Step, at_work
from bot.dispatch.cards import HIDES, OPENS, ButtonValue
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.excuses import confess
from bot.dispatch.taking import TOO_LATE, Ack, Late, Taking, in_time, taken
from bot.people import Actor
from bot.reply import Invocation, Message, Reply
from bot.request.advance import decided
from bot.request.book import Click, fresh_token
from bot.request.facts import Unacked
from bot.request.request import Origin, Request, State
from bot.work import Job


async def submit(
    road: Dispatcher,
    said: str | Invocation,
    who: str,
    origin: Origin,
    ack: Ack,
    late: Late = in_time,
    *,
    sure: bool = False,
) -> None:
    """Take a typed line or an invocation: a look is acked at once, an act when it is on disk.

    ``late`` says why an act is not done any more. A redelivery of an act that is here is acked and changes
    nothing. Who is ``sure`` has seen what it would do, and is not asked again.
    """
    heard = reads.heard(road, said, who)
    if not isinstance(heard, Line) or heard.reads or heard.dry_run:
        step = road.awaited.look(
            origin, who, road.registry.words(heard.command) if isinstance(heard, Line) else ""
        )
        await ack()
        road.tasks.spawn(_answered(road, step, _answer(road, heard, str(said), who, origin)))
        return
    act = replace(heard, sure=heard.sure or sure)
    taking = Taking(
        _write(road, act, who, origin),
        partial(_accept, road),
        partial(_too_late, road),
        partial(reads.decline, road, act, who, origin),
        TOO_LATE,
    )
    await taken(road, taking, ack, late)


async def click(
    road: Dispatcher, pressed: str, who: str, origin: Origin, ack: Ack, late: Late = in_time
) -> None:
    """Take a click on a button: acked when it is on disk, handled in the order of its card.

    One that opens a form does nothing that could be lost: its trigger is good for three seconds. Nor does
    one that hides an answer.
    """
    value = ButtonValue.read(pressed)
    if value and value.word in {HIDES, OPENS}:
        step = road.awaited.look(origin, who)
        await ack()
        hides = value.word == HIDES
        work = reads.hide(road, who, origin) if hides else reads.open_form(road, value, who, origin)
        road.tasks.spawn(_answered(road, step, work))
        return
    taking = Taking(
        _write_click(road, pressed, who, origin),
        partial(_accept_click, road, pressed, who, origin),
        partial(_forget, road),
        partial(_undecided, road, value, who, origin),
    )
    await taken(road, taking, ack, late)


async def recover(road: Dispatcher, since: timedelta = timedelta(0)) -> None:
    """Take back what was written down at least so long ago and never acked, and tell who asked.

    ``since`` spares what a living process is just writing.
    """
    before = road.clock() - since
    async with road.db.read() as tx:
        loose = await road.requests.unacked(tx, before)
        clicks = await road.requests.unacked_clicks(tx, before)
    for request in loose:
        moved = await ledger.move(road, request.id, Unacked(saying.STOPPED))
        if moved.happened:
            await road.voice.answer(request.origin, request.actor.id, saying.stopped(request.sentence))
    for lost in clicks:
        if await _forget(road, lost.id):
            await road.voice.answer(
                lost.origin, lost.who, Message(saying.STOPPED + await _pressed(road, lost))
            )


async def _pressed(road: Dispatcher, lost: Click) -> Reply:
    """What a click was on, for whoever has pressed more than one button."""
    value = ButtonValue.read(lost.value)
    async with road.db.read() as tx:
        number = await road.requests.number_of(tx, value.token) if value else None
    if number is None:
        return Reply("It was a click on a button.")
    return Reply("It was a click on request {number}.", number=str(number))


async def ask(
    road: Dispatcher, tx: AsyncConnection, line: Line, actor: Actor, origin: Origin
) -> Request | None:
    """Write a request in the caller's transaction; None when it is here already."""
    return await road.requests.ask(tx, _asked(road, line, actor, origin))


async def accept(road: Dispatcher, tx: AsyncConnection, number: int) -> None:
    """Hand a request whose ack was given, or who needs none, to the carrier; now the log knows it."""
    asked = await road.requests.acked(tx, number, road.clock())
    if asked:
        await road.audit.add(tx, asked.actor, asked.origin.door, asked.state, asked.sentence, request=number)
        await road.work.later(tx, ledger.job_of(asked))
        road.db.after_commit(tx, partial(road.awaited.request, asked))


def typist(road: Dispatcher, who: str) -> Actor:
    """Who asks, before the door is asked about them."""
    return Actor(who, who, via=road.via)


def _answer(
    road: Dispatcher, heard: Line | Unreadable, line: str, who: str, origin: Origin
) -> Coroutine[Any, Any, None]:
    """What is said where nothing is to be done."""
    if isinstance(heard, Line):
        return reads.look(road, heard, who, origin)
    return reads.misread(road, heard, line, who, origin)


async def _answered(road: Dispatcher, step: Step, work: Coroutine[Any, Any, None]) -> None:
    """Let work end in an answer, whatever happens in it."""
    origin, who = step.origin, step.who
    try:
        async with road.answering:
            with at_work(step):
                await work
    except asyncio.CancelledError:  # it takes longer than a stop waits
        await saying.tell(road, origin, who, saying.STOPPED, failed=True)
        raise
    except Exception as error:  # noqa: BLE001 -- an answer always comes
        await saying.tell(road, origin, who, confess(error, door=origin.door), failed=True)
    finally:
        road.awaited.over(step.key)


async def _undecided(
    road: Dispatcher, value: ButtonValue | None, who: str, origin: Origin, why: Reply
) -> None:
    """Tell somebody whose click did not count why; or who was faster, of which it would be untrue."""
    request = await _card_of(road, value)
    over = request and request.state is not State.WAITING
    await saying.tell(road, origin, who, decided(request) if request and over else why)


async def _card_of(road: Dispatcher, value: ButtonValue | None) -> Request | None:
    """The request on whose card a button stands; None where nobody can look now."""
    try:
        async with road.db.read() as tx:
            number = await road.requests.number_of(tx, value.token) if value else None
            return await road.requests.find(tx, number) if number else None
    except OperationalError:
        return None


async def _write(road: Dispatcher, line: Line, who: str, origin: Origin) -> int | None:
    async with road.db.write() as tx:
        request = await ask(road, tx, line, typist(road, who), origin)
    return request.id if request else None


async def _accept(road: Dispatcher, number: int) -> None:
    async with road.db.write() as tx:
        await accept(road, tx, number)


async def _too_late(road: Dispatcher, number: int, why: Reply) -> None:
    await ledger.move(road, number, Unacked(why))


async def _write_click(road: Dispatcher, value: str, who: str, origin: Origin) -> int | None:
    async with road.db.write() as tx:
        return await road.requests.click(tx, value, who, origin, road.clock())


async def _accept_click(road: Dispatcher, pressed: str, who: str, origin: Origin, number: int) -> None:
    value = ButtonValue.read(pressed)
    lane = f"card:{value.token}" if value else ""
    async with road.db.write() as tx:
        if value:
            await road.voice.pressed(tx, origin, value.token)
        await road.requests.click_acked(tx, number, road.clock())
        await road.work.later(tx, Job("click", f"click:{number}", {"id": number}, lane))
        waits = partial(road.awaited.click, Click(number, pressed, who, origin), value.token if value else "")
        road.db.after_commit(tx, waits)


async def _forget(road: Dispatcher, number: int, _: Reply = saying.STOPPED) -> bool:
    async with road.db.write() as tx:
        return await road.requests.forget_click(tx, number)


def _asked(road: Dispatcher, line: Line, actor: Actor, origin: Origin) -> Request:
    return Request(
        id=0,
        token=fresh_token(),
        invocation=road.registry.invocation(line.command),
        sentence=line.sentence,
        actor=actor,
        origin=origin,
        state=State.ASKED,
        asked_at=road.clock(),
        sure=line.sure,
        loosely=line.loosely,
        reason=line.reason,
    )
