"""What the hours of a room do when the clock says so; whatever is true by then is what counts."""

from bot.command import RoomRef
from bot.command.reaction import Reaction, ReactionContext
from bot.features.room.stops import END_WINDOW, Stop, Stops
from bot.features.schedule import asking, door, holding, past
from bot.features.schedule.book import OPEN, Window, Windows
from bot.features.schedule.lines import RUN, ScheduledLines
from bot.work import Drift, Moment


class WindowOpens(Reaction):
    """Open a room because its hours begin."""

    on = OPEN

    window: str

    async def react(self, ctx: ReactionContext) -> None:
        """Open it for the span that runs now; after a long sleep that may be another one, or none."""
        window = await ctx[Windows].find(self.window)
        span = window.span(ctx.now) if window else None
        if window and span and window.opened != span.date:
            await door.open_for(ctx, window, span, max(span.opens, window.cause.since))
        elif window and ctx.occurrence.lateness >= past.LATE:
            await door.missed(ctx, window)


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
                await door.left_open(ctx, tx, window, [stop])


class LineRuns(Reaction):
    """Ask for what somebody has scheduled, as the schedule itself."""

    on = RUN

    line: str

    async def react(self, ctx: ReactionContext) -> None:
        """Do it unless it was removed or paused, or waits for somebody who answers for it."""
        line = await ctx[ScheduledLines].find(self.line)
        if line and not line.paused and not line.rests(ctx.occurrence.moment):
            await asking.run(ctx, line)


class HoursHold(Reaction):
    """Compare the hours of every room with what is so: at start, after a clock jump, every five minutes."""

    on = Moment("hours hold", standing=("rooms",), reconciles=True)

    async def react(self, ctx: ReactionContext) -> None:
        """Set what is gone, mend what was left undone, tell what somebody did at 100ms; and count it."""
        found = await holding.known(ctx)
        missing = await holding.set_missing(ctx, found.windows)
        ctx[Drift].found("moments", missing)
        ctx[Drift].found("rooms", await holding.mend_all(ctx, found))


async def _is_over(ctx: ReactionContext, window: Window, stop: Stop) -> bool:
    """Whether the next hours have begun; after what was opened besides, any hours of the room count."""
    several = [window] if window.named(stop) else await ctx[Windows].of(window.room.id)
    spans = [(each, each.span(ctx.now)) for each in several]
    return any(span and each.stop_of(span) != stop.id for each, span in spans)
