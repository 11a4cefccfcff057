"""Which hours or which line of a room is meant: by its number, or chosen on a button."""

from collections.abc import Iterable
from typing import Any

from bot.command import Ambiguous, Context, RoomRef
from bot.errors import UserError
from bot.features.schedule import asking
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.lines import ScheduledLine, ScheduledLines
from bot.reply import Button, Invocation, Reply


async def some(ctx: Context, room: RoomRef, number: int | None = None) -> tuple[Window, ...]:
    """All the hours of a room, or those with this number; UserError when there are none."""
    if number is None and (several := await ctx[Windows].of(room.id)):
        return several
    return (await chosen(ctx, room, number),)


async def chosen(ctx: Context, room: RoomRef, number: int | None = None) -> Window:
    """The hours of a room, where there are several those with this number.

    UserError when there are none, or it is not clear which.
    """
    several = await ctx[Windows].of(room.id)
    found = [each for each in several if number is None or each.id == str(number)]
    if len(found) == 1:
        return found[0]
    if not several and number is not None:
        raise asking.unknown(room, number)
    if not several:
        raise UserError(
            "{room} has no hours: it opens and closes by hand. Give it some: `/hms schedule window`.",
            room=room,
        )
    about: dict[str, Any] = {"room": room, "numbers": _numbers(several)}
    if not found:
        wrong = Ambiguous("{room} has no hours #{number}, but {numbers}.", number=number, **about)
    else:
        wrong = Ambiguous("{room} has several hours: say which, {numbers}.", **about)
    raise wrong.offering(_each(ctx, room, several)).at("number")


def _numbers(several: Iterable[Window | ScheduledLine]) -> tuple[str, ...]:
    return tuple(f"#{each.id}" for each in several)


def _each(ctx: Context, room: RoomRef, several: Iterable[Window | ScheduledLine]) -> list[Button]:
    """What was asked for, on a button for each number that it may mean; a look shows the one."""
    asked = ctx.request.invocation if ctx.request else Invocation("schedule show")
    others = {**asked.arguments, "room": room}
    return [
        Button(_said(each), Invocation(asked.command, **{**others, "number": int(each.id)}))
        for each in several
    ]


def _said(one: Window | ScheduledLine) -> Reply:
    if isinstance(one, Window):
        return Reply("#{number}: {rule}", number=one.id, rule=one.rule.said())
    return Reply("#{number}: {line}", number=one.id, line=one.sentence)


async def as_found(ctx: Context, room: RoomRef, number: int | None) -> Window:
    """The hours as they were before this request did anything to them, also where that was cut off."""
    window = await chosen(ctx, room, number)
    found = await ctx.first_seen("see exceptions", window.id, lambda: _exceptions(window))
    return window.but(Exceptions.model_validate(found))


async def _exceptions(window: Window) -> dict[str, Any]:
    return window.exceptions.model_dump(mode="json")


async def meant(ctx: Context, room: RoomRef, number: int | None) -> Window | ScheduledLine:
    """The hours or the line of this number; without one the hours, or the only line of a room without hours.

    UserError when there are none, or it is not clear which.
    """
    line = await line_of(ctx, room, number)
    if line or number is None:
        return line or await chosen(ctx, room)
    hours, lines = await ctx[Windows].of(room.id), await ctx[ScheduledLines].of(room.id)
    if not lines or any(each.id == str(number) for each in hours):
        return await chosen(ctx, room, number)
    there: list[Window | ScheduledLine] = [*hours, *lines]
    there.sort(key=lambda each: int(each.id))
    wrong = Ambiguous(
        "{room} has no #{number}, but {numbers}.", room=room, number=number, numbers=_numbers(there)
    )
    raise wrong.offering(_each(ctx, room, there)).at("number")


async def line_of(ctx: Context, room: RoomRef, number: int | None) -> ScheduledLine | None:
    """The line that is meant; None where hours are. UserError where it is not clear which line."""
    lines = await ctx[ScheduledLines].of(room.id)
    if number is not None:
        return next((line for line in lines if line.id == str(number)), None)
    if not lines or await ctx[Windows].of(room.id):
        return None
    if len(lines) == 1:
        return lines[0]
    wrong = Ambiguous(
        "Several lines come by the clock in {room}: say which, {numbers}.", room=room, numbers=_numbers(lines)
    )
    raise wrong.offering(_each(ctx, room, lines)).at("number")
