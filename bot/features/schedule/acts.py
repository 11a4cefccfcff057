"""The hours of a room: made, changed, and taken away."""

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Ambiguous, Context, LocalDate, RoomRef
from bot.errors import UserError
from bot.features.room import live, stopping
from bot.features.room.locks import Locks
from bot.features.room.stops import Stops
from bot.features.schedule import cards, door, finding
from bot.features.schedule.book import OPEN, Window, Windows, running
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.holiday import learn
from bot.features.schedule.outcomes import Outcomes
from bot.features.schedule.rule import Rule, Span, clash
from bot.hms import HmsError, Room
from bot.reply import Button, Invocation, Reply
from bot.work import Timers

Change = Callable[[Window], Exceptions]


async def refuse_overlap(ctx: Context, window: Window) -> None:
    """Raise UserError where a room would have two hours at once: one would open what the other locks.

    An end that somebody moved or called off is no matter: it gives way to the opening of others.
    """
    for other in await ctx[Windows].of(window.room.id):
        if other.id == window.id:
            continue
        ours = window.exceptions.resuming(ctx.now)
        theirs = other.exceptions.resuming(ctx.now).model_copy(update={"ends": {}})
        both = await to_thread(clash, window.rule, ours, other.rule, theirs, ctx.now)
        if both:
            raise UserError(
                "These hours overlap with #{other} ({rule}) on {date}. Choose others, or remove those first: "
                "`/hms schedule remove`.",
                other=other.id,
                rule=other.rule.said(),
                date=both[0].date,
            )


async def make(ctx: Context, window: Window) -> None:
    """Let a room have hours from now on; made twice they are one.

    Where 100ms does not let its door follow it has none, as is said then.
    """
    async with ctx.transaction() as tx:
        if await ctx[Windows].held(tx, window.id) is None:
            await door.keep(ctx, tx, window)
    try:
        await door.apply(ctx, window)
    except HmsError:
        await remove(ctx, window)
        raise


async def change_at_once(ctx: Context, window: Window, exceptions: Change, back: Change) -> None:
    """Let something be otherwise than with the ``window`` that was found, and the door follow.

    Where 100ms does not let it, it is put ``back``.
    """
    changed = await change(ctx, window, exceptions)
    try:
        await door.apply(ctx, changed, window)
    except HmsError:
        await change(ctx, window, back)
        raise


async def becomes_of_door(ctx: Context, window: Window, there: Room) -> Reply:
    """What becomes of a door at once where these hours are to hold: nobody is thrown out by it."""
    room = window.room
    others = [one for one in await ctx[Windows].of(room.id) if one.id != window.id]
    runs = running([window, *others], ctx.now)
    if runs and there.enabled:
        return Reply("is open now, until {ends}", ends=runs[1].ends)
    stays = door.outlasting(await ctx[Locks].of(room.id), ctx.now)
    if runs and runs[0].id == window.id and not stays:
        return Reply("opens now, until {ends}", ends=runs[1].ends)
    now = await live.find(ctx, room, hosts=False)
    if now:
        about: dict[str, Any] = {"people": now.people}
        return Reply("locked now: {people} inside can stay, nobody new can come in", **about)
    return Reply("locked now") if there.enabled else Reply("stays locked now")


async def change(ctx: Context, window: Window, exceptions: Change) -> Window:
    """Let something be otherwise than the rule says; what follows for the door is for ``apply``."""
    await learn(exceptions(window).holidays, ctx.now)
    async with ctx.transaction() as tx:
        held = await ctx[Windows].held(tx, window.id)
        if held is None:
            raise UserError("The hours #{number} were removed meanwhile.", number=window.id)
        changed = held.but(exceptions(held))
        if changed.span(ctx.now) is None:  # counts it again while it lasts, it opens anew, with its end
            changed = replace(changed, opened=None)
        await door.keep(ctx, tx, changed)
        await _follow(ctx, tx, changed)
    return changed


def observing(window: Window, calendar: str, now: datetime) -> Exceptions:
    """Leave the holidays of a calendar out; hours that have begun by now end as they would."""
    exceptions, span = window.exceptions.observing(calendar), window.span(now)
    return exceptions.ending(span.date, span.ends) if span and not span.held else exceptions


async def remove(ctx: Context, window: Window) -> None:
    """Take the hours of a room away; its door stays as it is."""
    async with ctx.transaction() as tx:
        await ctx[Windows].remove(tx, window.id)
        await ctx[Outcomes].forget(tx, window.id)
        await ctx[Timers].cancel(tx, OPEN.kind, window.id)
        held = await ctx[Stops].held(tx, window.room.id)
        await stopping.over(ctx, tx, [one for one in held if one.window == window.id], cards.removed(window))


async def _follow(ctx: Context, tx: AsyncConnection, window: Window) -> None:
    """Bring the stop of the span that runs to what its window says now."""
    span = window.span(ctx.now)
    wanted = window.stop_of(span) if span and not span.held else ""
    held = await ctx[Stops].held(tx, window.room.id)
    gone = [stop for stop in held if window.named(stop) and stop.id != wanted]
    await stopping.over(ctx, tx, gone, cards.removed(window))


async def skipped(ctx: Context, room: RoomRef, day: LocalDate, number: int | None) -> tuple[Window, date]:
    """The hours and the date to be skipped; UserError where nothing would come on it, or it runs already."""
    window = await finding.chosen(ctx, room, number)
    wanted, runs = day.on, running(await ctx[Windows].of(room.id), ctx.now)
    if runs and runs[0].id == window.id and runs[1].date == wanted:
        raise (await _runs_already(ctx, *runs)).at("day")
    if wanted is None or wanted not in window.rule.days:
        wrong = UserError(
            "{room} has no hours on {day}: {rule}.", room=room, day=day, rule=window.rule.said()
        )
        raise wrong.at("day")
    refuse_over(ctx, window, day)
    return window, wanted


def refuse_over(ctx: Context, window: Window, day: LocalDate) -> None:
    """Raise UserError for a date whose hours were over when this was asked: what has been is so."""
    if day.on and window.rule.ends(day.on) <= min(ctx.now, ctx.cause.since):
        raise UserError(
            "The hours of {room} on {day} are over, so nothing was changed.", room=window.room, day=day
        ).at("day")


async def _runs_already(ctx: Context, window: Window, span: Span) -> UserError:
    """What to do instead about a day whose hours have begun: close the door now, or let it stay open."""
    room = window.room
    if await live.session(ctx, room):
        closes = Button("End and lock it", Invocation("end-room", room=room, lock=True))
    else:
        closes = Button("Lock it", Invocation("room lock", room=room))
    about: dict[str, Any] = {"room": room, "opened": span.opens}
    if span.held:
        return Ambiguous(
            "{room} has been open since {opened}, so these hours cannot be skipped any more. "
            "Their end was called off. Close it now?",
            **about,
        ).offering([closes])
    stays = Invocation("end-room", room=room, cancel=True, stop=window.stop_of(span))
    return Ambiguous(
        "{room} has been open since {opened}, so these hours cannot be skipped any more. They end {ends}. "
        "Close it now, or let it stay open?",
        ends=span.ends,
        **about,
    ).offering([closes, Button("Call off its end", stays)])


async def gone(ctx: Context, room: RoomRef, number: int | None) -> tuple[str, Rule]:
    """Take the hours of a room away; answers their number and rule, also where that was cut off."""
    seen = await ctx.first_seen("see hours", room.id, lambda: _seen(ctx, room, number))
    window = await ctx[Windows].find(seen["id"])
    if window:
        await remove(ctx, window)
    return seen["id"], Rule.model_validate(seen["rule"])


async def _seen(ctx: Context, room: RoomRef, number: int | None) -> dict[str, Any]:
    window = await finding.chosen(ctx, room, number)
    return {"id": window.id, "rule": window.rule.model_dump(mode="json")}


async def left_so(ctx: Context, there: Room, room: RoomRef) -> Reply:
    """What becomes of a door that some hours leave alone now: others may open it, or the end of its lock."""
    if there.enabled:
        return Reply("")
    lock = await ctx[Locks].of(room.id)
    if lock and lock.for_good:
        return cards.door(room, None)
    until = lock.until if lock and not lock.hours else None
    opens = await (door.opens_after(ctx, room.id, until) if until else door.next_opening_of(ctx, room))
    return cards.door(room, opens)
