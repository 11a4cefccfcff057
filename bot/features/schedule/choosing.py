"""Which of all that happens by the clock in a room somebody means by a number, or by none."""

from bot.command import Context, RoomRef
from bot.features.schedule import acts
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.lines import ScheduledLine, ScheduledLines


async def meant(ctx: Context, room: RoomRef, number: int | None) -> Window | ScheduledLine:
    """The hours or the line of this number; without one the hours, or the only line of a room without hours.

    UserError when there are none, or it is not clear which.
    """
    return await line_of(ctx, room, number) or await acts.chosen(ctx, room, number)


async def line_of(ctx: Context, room: RoomRef, number: int | None) -> ScheduledLine | None:
    """The line that is meant; None where hours are."""
    lines = await ctx[ScheduledLines].of(room.id)
    if number is not None:
        return next((line for line in lines if line.id == str(number)), None)
    alone = len(lines) == 1 and not await ctx[Windows].of(room.id)
    return lines[0] if alone else None
