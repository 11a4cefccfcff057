"""What the hours of a room mean for its door: opened, locked, and held so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.features.room import acts as room_acts
from bot.features.room import later, live, stopping
from bot.features.room.acts import Ended
from bot.features.room.locks import Lock, Locks
from bot.features.room.stops import Note, Stop, Stops
from bot.features.schedule import cards, past, waiting
from bot.features.schedule.book import OPEN, ROOMS, Window, Windows, running
from bot.features.schedule.outcomes import Came, MomentOutcome
from bot.features.schedule.rule import Span
from bot.reply import Button, Invocation, Place, Reply
from bot.work import Timers

HoursOfRooms = Mapping[str, tuple[Sequence[Window], Sequence[Stop]]]  # with the ends that they have planned


async def keep(ctx: Context, tx: AsyncConnection, window: Window) -> None:
    """Write a window down with the moment at which it opens next."""
    await ctx[Windows].keep(tx, window)
    opens = window.opens(ctx.now)
    if opens:
        await ctx[Timers].set(tx, window.timer(opens))
    else:
        await ctx[Timers].cancel(tx, OPEN.kind, window.id)


async def apply(ctx: Context, window: Window, before: Window | None = None) -> None:
    """Make the door what all the hours of its room say now; done twice it is the same.

    What somebody opened by hand is left alone where the hours said as much with the window as ``before``.
    """
    windows = await ctx[Windows].of(window.room.id)
    runs = running(windows, ctx.now)
    if runs is None:
        were = [before if each.id == window.id else each for each in windows] if before else []
        if _shuts(were, (), ctx.now) is None or await ctx[Locks].of(window.room.id):
            await shut(ctx, window)
    elif runs[0].opened != runs[1].date:
        await open_for(ctx, *runs)


async def open_for(ctx: Context, window: Window, span: Span, due: datetime | None = None) -> None:
    """Open a room for one span, and plan its end; a lock that is to outlast its hours stays, and is told.

    ``due`` is when that was to be, where it was not now.
    """
    lock = await ctx[Locks].of(window.room.id)
    stays = outlasting(lock, ctx.now)
    await room_acts.set_enabled(ctx, window.room, enabled=stays is None)  # it may be open at 100ms
    look = await waiting.first_look(ctx, window, span)
    came = await _came(ctx, window, due or ctx.now, Came.STAYED_LOCKED if stays else Came.OPENED)
    async with ctx.transaction() as tx:
        held = await ctx[Windows].held(tx, window.id)
        if held is None:
            return
        await keep(ctx, tx, replace(held, opened=span.date))
        await past.note(ctx, tx, window.id, *came)
        if stays:
            await tell(ctx, tx, window, f"stays:{span.date}", cards.stays_locked(window, stays))
        else:
            await room_acts.forget_lock(ctx, tx, window.room)
            await ctx.road.done(tx, room_acts.opened(window.room, cards.opened(window)))
            await ctx[Timers].set(tx, look)
        await ctx.road.notice(tx, window.room.id)
        await _forget_before(ctx, tx, window, span)
        if not span.held:
            await later.plan(ctx, tx, _stop(window, span, came))


async def _came(ctx: Context, window: Window, due: datetime, came: Came) -> list[MomentOutcome]:
    """What comes of an opening: itself, and those that were missed before it."""
    opened = MomentOutcome(came, due, ctx.now)
    missed = await past.missed_openings(ctx, window, due) if opened.lateness >= past.LATE else []
    return [*missed, opened]


async def missed(ctx: Context, window: Window) -> None:
    """Note the openings that did not come, where the hours are over by now."""
    gone = await past.missed_openings(ctx, window, ctx.now)
    async with ctx.transaction() as tx:
        await past.note(ctx, tx, window.id, *gone)


async def open_besides(ctx: Context, window: Window, ends: datetime) -> None:
    """Open a room as its hours would, until ``ends``, and lock it then; the rule knows nothing of it."""
    await room_acts.set_enabled(ctx, window.room, enabled=True)
    goes_on = ends == await next_opening_of(ctx, window.room)  # then nobody is to hear that it ends
    stop = Stop(
        id=besides(ctx, window),
        room=window.room,
        ends_at=ends,
        cause=ctx.cause,
        counted=not goes_on,
        warn=() if goes_on else window.warn,
        lock=True,
        window=window.id,
    )
    async with ctx.transaction() as tx:
        await room_acts.forget_lock(ctx, tx, window.room)
        await ctx.road.notice(tx, window.room.id)
        await later.plan(ctx, tx, stop)


def besides(ctx: Context, window: Window) -> str:
    """The id of the stop that ends what a request has opened besides the hours of a room."""
    return f"{window.id}:now:{ctx.cause.request}"


async def _forget_before(ctx: Context, tx: AsyncConnection, window: Window, span: Span) -> None:
    """Forget the end of earlier hours: it was moved to behind this opening, or missed until now."""
    held = await ctx[Stops].held(tx, window.room.id)
    await left_open(ctx, tx, [stop for stop in held if stop.window and stop.id != window.stop_of(span)])


async def left_open(ctx: Context, tx: AsyncConnection, ends: Sequence[Stop]) -> None:
    """Forget ends that did not come before the next hours began, and say so."""
    for stop in ends:
        await stopping.over(ctx, tx, [stop], cards.open_again(stop))
        await past.note(
            ctx, tx, stop.window or "", MomentOutcome(Came.STAYED_OPEN, min(stop.ends_at, ctx.now), ctx.now)
        )


async def take_back(ctx: Context, window: Window, comes: Span) -> None:
    """Lock a room that a clock which was ahead, and was set back since, has opened too early."""
    async with ctx.transaction() as tx:
        await keep(ctx, tx, replace(window, opened=None))
        held = await ctx[Stops].held(tx, window.room.id)
        gone = [stop for stop in held if stop.id == window.stop_of(comes)]
        await stopping.over(ctx, tx, gone, cards.opened_early(window, comes))
    await shut(ctx, window)


async def moved(ctx: Context, room: RoomRef) -> None:
    """Write down what became of the ends of a room's hours: moved by a press, or called off."""
    stops, windows = {stop.id: stop for stop in await ctx[Stops].of(room.id)}, await ctx[Windows].of(room.id)
    for late in windows:  # an end that was still to be done behind its moment, and was moved from there
        stop = stops.get(late.stop_on(late.opened)) if late.opened else None
        if stop and late.opened and late.span(ctx.now) is None:
            await change_end(ctx, late, late.opened, stop.ends_at)
    window, span = running(windows, ctx.now) or (None, None)
    if window is None or span is None or window.opened != span.date:
        return
    stop = stops.get(window.stop_of(span))
    ends = stop.ends_at if stop else None
    if ends != (None if span.held else span.ends):
        await change_end(ctx, window, span.date, ends)


async def next_opening_of(ctx: Context, room: RoomRef) -> datetime | None:
    """When the hours of a room open it next; None where it has none."""
    return _next_opening(await ctx[Windows].of(room.id), ctx.now)


async def now_stands(ctx: Context, window: Window) -> Reply:
    """How the door is, now that it follows these hours: where they locked it, with what opens it."""
    room, lock = window.room, await ctx[Locks].of(window.room.id)
    if lock is None or not lock.hours:
        return cards.stands(window, ctx.now, lock)
    opens = await next_opening_of(ctx, room)
    unlock = [Button("Open it", Invocation("room unlock", room=room), once=True)]
    if opens:
        return Reply("It is locked now, and opens {opens}.", opens=opens, buttons=unlock)
    return Reply("It is locked now, and does not open again by itself.", buttons=unlock)


def _next_opening(windows: Sequence[Window], now: datetime) -> datetime | None:
    return min(filter(None, (window.opens(now) for window in windows)), default=None)


async def change_end(ctx: Context, window: Window, day: date, ends: datetime | None) -> None:
    """Let one span end at another moment, or not at all."""
    async with ctx.transaction() as tx:
        held = await ctx[Windows].held(tx, window.id)
        if held:
            await keep(ctx, tx, held.but(held.exceptions.ending(day, ends)))


def outlasting(lock: Lock | None, now: datetime) -> Lock | None:
    """A lock by hand where it is stronger than the hours that begin."""
    return lock if lock and lock.outlasts(now) else None


def _shuts(windows: Sequence[Window], stops: Sequence[Stop], at: datetime) -> Window | None:
    """The hours that say a room is closed at a moment; None where it is open by then, or all say nothing."""
    counting = [each for each in windows if not each.exceptions.paused(at)]
    lasts = running(windows, at) or any(stop.window and stop.ends_at > at for stop in stops)
    return counting[0] if counting and not lasts else None


def shut_by_hours(ctx: Context, hours: HoursOfRooms) -> dict[str, Lock]:
    """How the hours of rooms lock those that they say are closed now."""
    shut: dict[str, Lock] = {}
    for room, (windows, ends) in hours.items():
        whose = _shuts(windows, ends, ctx.now)
        if whose:
            shut[room] = lock_of(ctx, whose, _next_opening(windows, ctx.now))
    return shut


async def opens_after(ctx: Context, room: str, until: datetime) -> datetime | None:
    """When a room opens that is locked by hand until a moment: outside its hours with the next of them."""
    return (await all_open_after(ctx, {room: until}))[room]


async def all_open_after(ctx: Context, locked: Mapping[str, datetime]) -> Mapping[str, datetime | None]:
    """The same of many rooms, each with the moment of its lock."""
    opens: dict[str, datetime | None] = dict(locked)
    for room, (windows, ends) in (await with_hours(ctx, [*locked])).items():
        if _shuts(windows, ends, locked[room]):
            opens[room] = _next_opening(windows, locked[room])
    return opens


async def with_hours(ctx: Context, rooms: Sequence[str]) -> HoursOfRooms:
    """Those of these rooms that have hours, with these and the ends that they have planned."""
    found: dict[str, tuple[list[Window], list[Stop]]] = {}
    for start in range(0, len(rooms), ROOMS):
        some = rooms[start : start + ROOMS]
        for window in await ctx[Windows].of(*some):
            found.setdefault(window.room.id, ([], []))[0].append(window)
        if here := found.keys() & set(some):
            for stop in await ctx[Stops].of_hours(here):
                found[stop.room.id][1].append(stop)
    return found


def lock_of(ctx: Context, window: Window, until: datetime | None) -> Lock:
    """The lock that holds outside the hours of a room, until they open it next."""
    by, why = window.cause.by, "outside its hours"
    return Lock(window.room.id, by.user, by.name, why, ctx.now, until, int(window.id), hours=True)


async def shut(ctx: Context, window: Window) -> bool:
    """Lock a room outside all its hours: whoever is inside stays, and a lock by hand stays whose it is.

    False where it is not outside of all of them, and stays as it is.
    """
    if running(await ctx[Windows].of(window.room.id), ctx.now):
        return False
    if any(stop.window for stop in await ctx[Stops].of(window.room.id)):
        return False  # an end of its hours is still to come, or being done
    lock = await ctx[Locks].of(window.room.id)
    ours = lock_of(ctx, window, await next_opening_of(ctx, window.room))
    await room_acts.set_enabled(ctx, window.room, enabled=False)
    if lock is None or lock.hours:
        async with ctx.transaction() as tx:
            await ctx[Locks].put(tx, ours)
            await ctx.road.notice(tx, window.room.id)
    return True


async def end(ctx: Context, room: RoomRef) -> tuple[str, Ended | None]:
    """End the session and lock the door in one call; where none runs, who slipped in meanwhile goes too."""
    session = await live.session(ctx, room)
    ended = await _end_session(ctx, room, session)
    if ended is None:
        await room_acts.set_enabled(ctx, room, enabled=False)
        session = await live.session(ctx, room)
        ended = await _end_session(ctx, room, session)
    return session, ended


async def _end_session(ctx: Context, room: RoomRef, session: str) -> Ended | None:
    ending = room_acts.Ending(room, session, lock=True)
    return await room_acts.end_session(ctx, ending) if session else None


def _stop(window: Window, span: Span, came: Sequence[MomentOutcome]) -> Stop:
    """The end of a span, whose card says too what of its opening was late, or did not come before it."""
    notable = [one for one in came if one.lateness >= past.LATE]
    return Stop(
        id=window.stop_of(span),
        room=window.room,
        ends_at=span.ends,
        cause=window.cause,
        warn=window.warn,
        lock=True,
        window=window.id,
        notes=tuple(Note(window.cause.request, past.said(one)) for one in notable),
    )


async def tell(ctx: Context, tx: AsyncConnection, window: Window, what: str, said: Reply) -> None:
    """Say something of the hours of a room where they are read of; ``what`` is said once."""
    for place in window.cause.places:
        await ctx.show(tx, f"window:{window.id}:{what}", Place(place), said)
