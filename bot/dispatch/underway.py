"""Nobody waits in silence: who has heard nothing for twenty seconds reads what their line waits for."""

import asyncio
from datetime import timedelta
from functools import partial

import structlog

from bot.dispatch import intake, saying
from bot.dispatch.awaited import OPEN, Step, Whom
from bot.dispatch.dispatcher import Dispatcher
from bot.reply import Message, Reply
from bot.store import is_down
from bot.work.inbox import Inbox

log = structlog.get_logger()

EVERY = 1.0  # seconds between two looks
SILENT = timedelta(seconds=19)  # with a look each second that is within twenty
MENDS = 5  # looks; what is found then has its twenty seconds left
UNANSWERED = timedelta(seconds=10)  # an ack takes 1.5 s at most; older ones belong to a process that died

_WAITS = {
    Whom.HMS: "Still under way: waiting for 100ms (it has not answered for {since}).",
    Whom.PUT_OFF: "Still under way: waiting for 100ms (it does not want to be asked yet, for {since} now).",
    Whom.SLACK: "Still under way: waiting for Slack (it has not answered for {since}).",
}
DATABASE = Reply("Still under way: waiting for my database (it does not answer or takes no writes).")
TURN = Reply("Still under way: waiting for its turn, after what others asked for before.")


async def go_on(road: Dispatcher) -> None:
    """Look every second, and after what others left every five, until cancelled."""
    looks = 0
    while True:
        # Each look is its own task: somebody whom Slack does not let us tell holds up nobody else.
        road.tasks.spawn(look(road))
        if looks % MENDS == 0:
            road.tasks.spawn(mend(road))
        looks += 1
        await asyncio.sleep(EVERY)


async def look(road: Dispatcher) -> None:
    """Tell whoever has waited for long enough without a word, once for each line or click."""
    await asyncio.gather(*(_tell(road, step) for step in road.awaited.silent(SILENT)))


async def mend(road: Dispatcher, since: timedelta = UNANSWERED) -> None:
    """Take back what was never acked so long ago, and go on with what a process that died left open."""
    try:
        await intake.recover(road, since)
        await answer_left(road)
        await find(road)
        await road.books[Inbox].take_up()
    except Exception as error:
        if not is_down(error):
            raise
        log.debug("nobody can be found for whom something is under way", exc_info=True)


async def answer_left(road: Dispatcher) -> None:
    """Tell those whose look died with its process: no database knows of it."""
    for left in await road.awaited.left():
        await road.voice.answer(left.origin, left.who, saying.stopped(left.said))


async def find(road: Dispatcher) -> None:
    """Keep in sight every request that somebody waits for."""
    async with road.db.read() as tx:
        for request in await road.requests.open(tx):
            road.awaited.request(request)


async def _tell(road: Dispatcher, step: Step) -> None:
    try:
        if not await _is_open(road, step):
            road.awaited.over(step.key)
        elif step.mark:
            await road.effects.first(step.mark, partial(_say, road, step))
        else:
            await _say(road, step)
    except Exception as error:
        if not is_down(error):
            raise
        if not step.said:  # what cannot be remembered is said all the same
            await _say(road, step)


async def _is_open(road: Dispatcher, step: Step) -> bool:
    """Whether somebody still waits: another process may have been faster."""
    kind, _, number = step.key.partition(":")
    if kind == "look":
        return True
    async with road.db.read() as tx:
        if kind == "click":
            return await road.work.is_open(tx, step.key)
        request = await road.requests.find(tx, int(number))
    return request is not None and request.state in OPEN


async def _say(road: Dispatcher, step: Step) -> None:
    step.said = True
    message = Message(_waits(step) + step.then, replace=step.replace)
    await road.voice.answer(step.origin, step.who, message)


def _waits(step: Step) -> Reply:
    if step.unanswered:
        last = step.unanswered[-1]
        since = max(round((step.clock() - last.since).total_seconds()), 1)
        return Reply(_WAITS[last.whom], since=timedelta(seconds=since))
    # What is at work and asks nobody else waits for the disk.
    return DATABASE if step.at_work or step.held else TURN
