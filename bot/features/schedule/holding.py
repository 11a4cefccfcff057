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
from bot.features.schedule.book import Window, Windows, running
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
    async with limit:
        try:
            return await mend(ctx, windows, found)
        except Exception:
            log.exception("the hours of a room could not be looked after", room=windows[0].room.id)
    return 0


async def mend(ctx: Context, windows: Sequence[Window], found: Known) -> int:
    """Compare what all the hours of a room say together with what 100ms says; answers how much was not so.

    What we left undone is done. What somebody opened at 100ms is locked, and told; what they closed is told.
    """
    lock, runs = found.locks.get(windows[0].room.id), running(windows, ctx.now)
    if runs and _has_just_begun(*runs, ctx.now):
        return 0  # its own moment opens it: both at once would ask 100ms twice
    if await _was_undone(ctx, windows, runs, found):
        return 1
    counting = [each for each in windows if not cards.is_paused(each, ctx.now)]
    window, span = runs or ((counting or windows)[0], None)
    off = await _is_off(ctx, window, span, lock) and await _stand(ctx, windows, lock)
    return int(off and await _tell_off(ctx, window, span, lock))


async def _was_undone(
    ctx: Context, windows: Sequence[Window], runs: tuple[Window, Span] | None, found: Known
) -> bool:
    """Do what the hours of a room left undone, or a clock did that was ahead; False where there is none."""
    lock = found.locks.get(windows[0].room.id)
    early = [(each, span) for each in windows if (span := _opened_early(each, ctx.now))]
    if early:
        if await _stand(ctx, windows, lock):
            await door.take_back(ctx, *early[0])
        return True
    if runs and _is_shut(*runs, lock, ctx.now):
        window, span = runs
        if await _stand(ctx, windows, lock):
            await door.open_for(ctx, window, span, max(span.opens, window.cause.since))
        return True
    ends = [stop for window in windows for stop in found.ends.get(window.id, ())]
    return runs is None and await _end_again(ctx, ends)


def _opened_early(window: Window, now: datetime) -> Span | None:
    """The span for which a clock that was ahead, and was set back since, has opened a room too early."""
    comes = window.next(now)
    ahead = comes is not None and window.opened == comes.date and comes.opens - now >= SET_BACK
    return comes if ahead else None


def _has_just_begun(window: Window, span: Span, now: datetime) -> bool:
    """Whether a room is yet to be opened for a span that began a moment ago."""
    return window.opened != span.date and now - span.opens < MINUTE


def _is_shut(window: Window, span: Span, lock: Lock | None, now: datetime) -> bool:
    """Whether a room is yet to be opened for a span, or is locked by its hours in the midst of them.

    So it is where a clock that was ahead, and was set back since, has ended them too early.
    """
    ours = lock is not None and lock.hours
    return window.opened != span.date or (ours and span.ends - now >= SET_BACK)


async def _is_off(ctx: Context, window: Window, span: Span | None, lock: Lock | None) -> bool:
    """Whether somebody did at 100ms what the hours do not say; what cannot be is not asked for.

    In a pause the hours say nothing: whoever opens or locks the door then has it as they left it.
    """
    if cards.is_paused(window, ctx.now):
        return False
    if (span is None) is (lock is None):
        return False
    enabled = (await ctx.hms.rooms.retrieve(window.room.id)).enabled
    return enabled is (span is None)


async def _tell_off(ctx: Context, window: Window, span: Span | None, lock: Lock | None) -> bool:
    """Lock what was opened, leave what was locked, and tell it; False where an end is still to lock it."""
    if span is None:
        if not await door.shut(ctx, window):
            return False
        opens = await door.next_opening_of(ctx, window.room)
        said = cards.shut_again(window, None if opens and door.outlasting(lock, opens) else opens)
    else:
        said = cards.found_shut(window, span)
    async with ctx.transaction() as tx:
        day = span.date if span else ctx.now.date()
        await door.tell(ctx, tx, window, f"drift:{day}", said)
    return True


async def _stand(ctx: Context, windows: Sequence[Window], lock: Lock | None) -> bool:
    """Whether all is as it was read, before something is done about it: looking took a while."""
    room = windows[0].room.id
    return await ctx[Windows].of(room) == tuple(windows) and await ctx[Locks].of(room) == lock


async def _end_again(ctx: Context, ends: Sequence[Stop]) -> bool:
    """Let an end come once more that was given up long after its moment."""
    given_up = [stop for stop in ends if stop.ends_at < ctx.now - GIVEN_UP]
    if given_up:
        async with ctx.transaction() as tx:
            for stop in given_up:
                await later.arm(ctx, tx, stop)
    return bool(given_up)
