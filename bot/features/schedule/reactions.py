"""What the hours of a room do when the clock says so; whatever is true by then is what counts."""

import structlog

from bot.command import RoomRef
from bot.command.reaction import Reaction, ReactionContext, result_of
from bot.features.room import stopping
from bot.features.room.stops import END_WINDOW, Stop, Stops
from bot.features.schedule import asking, cards, door
from bot.features.schedule.book import OPEN, Window, Windows
from bot.features.schedule.lines import RUN, ScheduledLines
from bot.work import Moment

log = structlog.get_logger()


class WindowOpens(Reaction):
    """Open a room because its hours begin."""

    on = OPEN

    window: str

    async def react(self, ctx: ReactionContext) -> None:
        """Open it for the span that runs now; after a long sleep that may be another one, or none."""
        window = await ctx[Windows].find(self.window)
        span = window.span(ctx.now) if window else None
        if window and span and window.opened != span.date:
            await door.open_for(ctx, window, span)


class WindowEnds(Reaction):
    """End the session and lock the door because the hours of a room are over."""

    on = END_WINDOW

    stop: str
    room: RoomRef

    async def react(self, ctx: ReactionContext) -> None:
        """Do it unless the end was moved, or missed for so long that the next hours have begun."""
        stop = await ctx[Stops].find(self.stop)
        if stop is None or stop.ends_at > ctx.occurrence.moment:
            return
        window = await ctx[Windows].find(stop.window or "")
        if window and not await _is_over(ctx, window, stop):
            await door.close(ctx, window, stop)
        elif window:
            async with ctx.transaction() as tx:
                await stopping.over(ctx, tx, [stop], cards.open_again(window))


class LineRuns(Reaction):
    """Ask for what somebody has scheduled, as the schedule itself."""

    on = RUN

    line: str

    async def react(self, ctx: ReactionContext) -> None:
        """Do it unless it was removed, or waits for somebody who answers for it."""
        line = await ctx[ScheduledLines].find(self.line)
        if line and not line.paused:
            await asking.run(ctx, line)


class HoursHold(Reaction):
    """Compare the hours of every room with what is so: at start, after a clock jump, every five minutes."""

    on = Moment("hours hold", standing=("rooms",), reconciles=True)

    async def react(self, ctx: ReactionContext) -> None:
        """Mend what was left undone, and tell what somebody did at 100ms; what fails is for the next look."""
        for number in await ctx[Windows].ids():
            wrong = await result_of(_look_after(ctx, number))
            if wrong:
                log.warning("the hours of a room could not be looked after", window=number, exc_info=wrong)


async def _look_after(ctx: ReactionContext, number: str) -> None:
    """Read as they are by now: ten thousand at once hold the event loop, and the last waits for minutes."""
    window = await ctx[Windows].find(number)
    if window:
        await door.mend(ctx, window)


async def _is_over(ctx: ReactionContext, window: Window, stop: Stop) -> bool:
    """Whether the next hours have begun; after what was opened besides, any hours of the room count."""
    several = [window] if window.named(stop) else await ctx[Windows].of(window.room.id)
    spans = [(each, each.span(ctx.now)) for each in several]
    return any(span and each.stop_of(span) != stop.id for each, span in spans)
