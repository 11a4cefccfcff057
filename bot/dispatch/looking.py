"""A card never outlives its subject: whenever a room was looked at, so is what waits about it."""

from collections.abc import Collection

import structlog

from bot.dispatch import ledger
from bot.dispatch.decisions import Decision, look_again
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.hms import HmsError, one_look
from bot.people import Yes
from bot.request.request import Request
from bot.work import Job

log = structlog.get_logger()


async def notice(road: Dispatcher, *rooms: str) -> None:
    """After an answer about these rooms: let what waits about them be looked at again, if anything does."""
    async with road.db.read() as tx:
        waits = await road.requests.waits_in(tx, rooms)
    await hand_over(road, waits)


async def hand_over(road: Dispatcher, rooms: Collection[str]) -> None:
    """Let what is known to wait about these rooms be looked at again: one job a room."""
    if rooms:
        async with road.db.write() as tx:
            await ledger.notice(road, tx, rooms)


async def again(road: Dispatcher, room: str) -> None:
    """Look at all that waits about a room again: one look at 100ms, however many they are."""
    async with road.db.read() as tx:
        waiting = await road.requests.waiting_in(tx, room)
    with one_look():
        for request in waiting:
            await _again(road, request)


async def handle(road: Dispatcher, job: Job) -> None:
    """The job of it."""
    await again(road, job.payload["room"])


async def _again(road: Dispatcher, request: Request) -> None:
    try:
        command = road.registry.load(request.invocation)
        await look_again(road, request, command, Decision(yes=True, by=ledger.ITS_OWN), Yes.NONE)
    except (UserError, HmsError) as error:  # what cannot be seen now is seen when somebody decides
        log.info("what waits could not be looked at", request=request.id, reason=type(error).__name__)
