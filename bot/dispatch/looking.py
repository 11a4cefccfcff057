"""A card never outlives its subject: whenever a room was looked at, so is what waits about it."""

from collections.abc import Collection

import structlog

from bot.command import Command, RoomRef
from bot.dispatch import ledger
from bot.dispatch.context import context
from bot.dispatch.decisions import Decision, look_again
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.features.room import live
from bot.hms import HmsError, one_look
from bot.people import Level, Yes
from bot.reply import changes
from bot.request.request import Request
from bot.work import Job

log = structlog.get_logger()


async def notice(road: Dispatcher, *rooms: str) -> None:
    """After an answer about these rooms: let what waits about them be looked at again, if anything does."""
    async with road.db.read() as tx:
        waits = await road.requests.waits_in(tx, rooms)
    await hand_over(road, waits)


async def by(road: Dispatcher, who: str) -> None:
    """After somebody has looked at all of their rooms: the same for each of those."""
    async with road.db.read() as tx:
        rooms = await road.requests.rooms_waiting(tx)
    if rooms:
        rights = await road.access.rights(await road.voice.actor(who))
        await hand_over(road, {room for room in rooms if rights(Level.VIEWER, room).allowed})


async def hand_over(road: Dispatcher, rooms: Collection[str]) -> None:
    """Let what is known to wait about these rooms be looked at again: one job a room."""
    if rooms:
        async with road.db.write() as tx:
            await ledger.notice(road, tx, rooms)


async def again(road: Dispatcher, room: str) -> None:
    """Look at all that waits about a room again: one look at 100ms, however many they are."""
    async with road.db.read() as tx:
        waiting = await road.requests.waiting_in(tx, room)
    if not waiting:
        return
    with one_look():
        try:
            ctx = context(road, waiting[0].actor, waiting[0])
            now = await live.find(ctx, RoomRef(id=room))
        except HmsError as error:  # what cannot be seen now is seen when somebody decides
            log.info("what waits could not be looked at", reason=type(error).__name__)
            return
        for request in waiting:
            if not _stands(request, now):
                await _again(road, request)
    if guarded := [ledger.job_of(request) for request in waiting if _is_guarded(road, request)]:
        async with road.db.write() as tx:  # whoever has come back is kept from harm again
            await road.work.later(tx, *guarded)


async def handle(road: Dispatcher, job: Job) -> None:
    """The job of it."""
    await again(road, job.payload["room"])


def _is_guarded(road: Dispatcher, request: Request) -> bool:
    """Whether its command keeps harm away while a second person is asked."""
    command = road.registry.commands.get(request.invocation.command, Command)
    return request.yes > Yes.ACTOR and command.on_wait is not Command.on_wait


def _stands(request: Request, now: live.Live | None) -> bool:
    """Whether a glance at the room shows that all is as on the card; what may be otherwise is asked of it."""
    then = request.stakes
    by_name = then and (not then.targets or request.invocation.arguments.get("person"))
    if then is None or now is None or not by_name:
        return False  # nobody is there, or whom it would hit is more than who is named
    here = {someone.key: someone for someone in now.here}
    named = [here[key] for key in then.targets if key in here]
    return len(named) == len(then.targets) and not changes(then, now.stakes(named))


async def _again(road: Dispatcher, request: Request) -> None:
    try:
        command = road.registry.load(request.invocation)
        await look_again(road, request, command, Decision(yes=True, by=ledger.ITS_OWN), Yes.NONE)
    except (UserError, HmsError) as error:  # as above
        log.info("what waits could not be looked at", request=request.id, reason=type(error).__name__)
