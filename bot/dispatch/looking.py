"""A card never outlives its subject: whenever a room was looked at, so is what waits about it."""

from collections.abc import Collection
from datetime import datetime

import structlog

from bot.command import Command, RoomRef, Time
from bot.dispatch import ledger
from bot.dispatch.context import context
from bot.dispatch.decisions import Decision, look_again
from bot.dispatch.dispatcher import Dispatcher
from bot.errors import UserError
from bot.features.room import live
from bot.features.room.book import RoomBook
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
            await _again(road, request, now)
    at_large = [ledger.job_of(request) for request in waiting if _is_at_large(road, request, now)]
    if at_large and (await ctx[RoomBook].defaults(room)).muted_role:
        async with road.db.write() as tx:
            await road.work.later(tx, *at_large)


async def handle(road: Dispatcher, job: Job) -> None:
    """The job of it."""
    await again(road, job.payload["room"])


def _is_at_large(road: Dispatcher, request: Request, now: live.Live | None) -> bool:
    """Whether somebody from whom harm is kept away while others decide has come back as they were."""
    command = road.registry.commands.get(request.invocation.command, Command)
    if now is None or request.stakes is None or command.on_wait is Command.on_wait:
        return False
    targets = request.stakes.targets
    return request.yes > Yes.ACTOR and any(targets.get(one.key) == one.role for one in now.here)


def _stands(request: Request, now: live.Live | None) -> bool:
    """Whether a glance at the room shows that all is as on the card; what may be otherwise is asked of it."""
    then = request.stakes
    by_name = then and (not then.targets or request.invocation.arguments.get("person"))
    if then is None or now is None or not by_name:
        return False  # nobody is there, or whom it would hit is more than who is named
    here = {someone.key: someone for someone in now.here}
    named = [here[key] for key in then.targets if key in here]
    return len(named) == len(then.targets) and not changes(then, now.stakes(named))


def _is_late(command: Command, now: datetime) -> bool:
    """Whether a moment that it was asked for has passed: no glance at a room shows that."""
    return any(isinstance(said, Time) and said.at and said.at <= now for _, said in command)


async def _again(road: Dispatcher, request: Request, now: live.Live | None) -> None:
    try:
        command = road.registry.load(request.invocation)
        if not _stands(request, now) or _is_late(command, road.clock()):
            await look_again(road, request, command, Decision(yes=True, by=ledger.ITS_OWN), Yes.NONE)
    except (UserError, HmsError) as error:  # as above
        log.info("what waits could not be looked at", request=request.id, reason=type(error).__name__)
