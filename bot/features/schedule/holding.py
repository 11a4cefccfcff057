"""The hours of rooms held against what is so: of many at once, and no more than can be read in a moment."""

from asyncio import Semaphore, TaskGroup, sleep
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from bot.command import Context
from bot.features.room import later
from bot.features.room.locks import Lock, Locks
from bot.features.room.stops import GIVEN_UP, Stop, Stops
from bot.features.schedule import cards, door
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.lines import ScheduledLine, ScheduledLines
from bot.features.schedule.rule import MINUTE, Span
from bot.work import Timer, Timers

log = structlog.get_logger()

SET_BACK = MINUTE  # by less it is no clock that somebody set: those of two processes differ too
AT_ONCE = 16  # rooms; 100ms is asked by people meanwhile too

Scheduled = TypeVar("Scheduled", Window, ScheduledLine)
Schedules = Windows | ScheduledLines


@dataclass(frozen=True)
class Known:
    """What we know of some rooms that have hours: locks by room, ends by window."""

    windows: Sequence[Window]
    locks: Mapping[str, Lock]
    ends: Mapping[str, Sequence[Stop]]


async def parts(
    beyond: Callable[[str], Awaitable[Sequence[str]]], of: Callable[..., Awaitable[Sequence[Scheduled]]]
) -> AsyncIterator[Sequence[Scheduled]]:
    """All there is, of so many rooms at a time: to read ten thousand at once would hold up everybody."""
    rooms = await beyond("")
    while rooms:
        yield await of(*rooms)
        rooms = await beyond(rooms[-1])


async def known(ctx: Context, windows: Sequence[Window]) -> Known:
    """Read it: two reads, however many rooms there are."""
    rooms = {window.room.id for window in windows}
    ends: dict[str, list[Stop]] = {}
    for stop in await ctx[Stops].of_hours(rooms):
        ends.setdefault(stop.window or "", []).append(stop)
    return Known(windows, await ctx[Locks].of_all(rooms), ends)


async def set_missing(
    ctx: Context,
    book: Schedules,
    kind: str,
    several: Sequence[Scheduled],
    comes: Callable[[Scheduled], datetime | None],
) -> int:
    """Set the moments of hours, or of scheduled lines, that are gone; answers how many there were."""
    async with ctx.reading() as tx:
        there = await ctx[Timers].expected(tx, kind, of=[one.id for one in several])
    number = 0
    for one in several:
        if (kind, one.id) not in there and (at := comes(one)):
            number += await _set(ctx, book, one.timer(at))
            await sleep(0)  # which moment is next takes a moment itself
    return number


async def _set(ctx: Context, book: Schedules, timer: Timer) -> bool:
    """Set one unless what it is of was changed or removed meanwhile, which sets its own."""
    async with ctx.transaction() as tx:
        held = await book.held(tx, timer.subject)
        same = held is not None and held.timer(timer.fire_at) == timer
        await ctx[Timers].set(tx, *([timer] if same else []))
    if same:
        log.warning("a moment was missing and is set anew", kind=timer.kind, subject=timer.subject)
    return same


async def mend_all(ctx: Context, found: Known) -> int:
    """Hold each of these rooms against its hours, some at once; answers how much was not so."""
    rooms: dict[str, list[Window]] = {}
    for window in found.windows:
        rooms.setdefault(window.room.id, []).append(window)
    limit, looking = Semaphore(AT_ONCE), []
    async with TaskGroup() as together:
        for windows in rooms.values():
            looking.append(together.create_task(_look_after(ctx, windows, found, limit)))
            await sleep(0)  # what a rule says takes a moment: acks have their turn between two rooms
    return sum(task.result() for task in looking)


async def _look_after(ctx: Context, windows: Sequence[Window], found: Known, limit: Semaphore) -> int:
    """Mend the hours of one room; what fails is for the next look, and holds up no other."""
    mended = 0
    async with limit:
        for window in windows:
            try:
                mended += await mend(ctx, window, found)
            except Exception:
                log.exception("the hours of a room could not be looked after", room=window.room.id)
    return mended


async def mend(ctx: Context, window: Window, found: Known) -> int:
    """Compare what the hours of a room say with what 100ms says; answers how much was not so.

    What we left undone is done. What somebody opened at 100ms is locked, and told; what they closed is told.
    """
    span, lock = window.span(ctx.now), found.locks.get(window.room.id)
    if early := _opened_early(window, ctx.now):
        if await _stands(ctx, window, lock):
            await door.take_back(ctx, window, early)
        return 1
    if span is None and await _end_again(ctx, found.ends.get(window.id, ())):
        return 1
    if span and _has_just_begun(window, span, ctx.now):
        return 0  # its own moment opens it: both at once would ask 100ms twice
    if span and (window.opened != span.date or _shut_early(lock, span, ctx.now)):
        if await _stands(ctx, window, lock):
            await door.open_for(ctx, window, span, max(span.opens, window.cause.since))
        return 1
    return int(await _is_off(ctx, window, span, lock) and await _tell_off(ctx, window, span, lock))


def _opened_early(window: Window, now: datetime) -> Span | None:
    """The span for which a clock that was ahead, and was set back since, has opened a room too early."""
    comes = window.next(now)
    ahead = comes is not None and window.opened == comes.date and comes.opens - now >= SET_BACK
    return comes if ahead else None


def _has_just_begun(window: Window, span: Span, now: datetime) -> bool:
    """Whether a room is yet to be opened for a span that began a moment ago."""
    return window.opened != span.date and now - span.opens < MINUTE


def _shut_early(lock: Lock | None, span: Span, now: datetime) -> bool:
    """Whether a clock that was ahead, and was set back since, has ended these hours too early."""
    ahead = lock is not None and lock.hours and lock.since > now
    return ahead and span.ends - now >= SET_BACK


async def _is_off(ctx: Context, window: Window, span: Span | None, lock: Lock | None) -> bool:
    """Whether somebody did at 100ms what the hours do not say; what cannot be is not asked for.

    In a pause the hours say nothing: whoever opens or locks the door then has it as they left it.
    """
    if window.exceptions.paused(ctx.now):
        return False
    if lock is not None if span else not (lock and lock.hours):
        return False
    enabled = (await ctx.hms.rooms.retrieve(window.room.id)).enabled
    return enabled is (span is None)


async def _tell_off(ctx: Context, window: Window, span: Span | None, lock: Lock | None) -> bool:
    """Lock what was opened, leave what was locked, and tell it; False where somebody changed it meanwhile."""
    if not await _stands(ctx, window, lock):
        return False
    if span is None:
        await door.shut(ctx, window)
        said = cards.shut_again(window, window.next(ctx.now))
    else:
        said = cards.found_shut(window, span)
    async with ctx.transaction() as tx:
        day = span.date if span else ctx.now.date()
        await door.tell(ctx, tx, window, f"drift:{day}", said)
    return True


async def _stands(ctx: Context, window: Window, lock: Lock | None) -> bool:
    """Whether all is as it was read, before something is done about it: looking took a while."""
    same = await ctx[Windows].find(window.id) == window
    return same and await ctx[Locks].of(window.room.id) == lock


async def _end_again(ctx: Context, ends: Sequence[Stop]) -> bool:
    """Let an end come once more that was given up long after its moment."""
    given_up = [stop for stop in ends if stop.ends_at < ctx.now - GIVEN_UP]
    if given_up:
        async with ctx.transaction() as tx:
            for stop in given_up:
                await later.arm(ctx, tx, stop)
    return bool(given_up)
