"""What the hours of a room do when the clock says so; whatever is true by then is what counts."""

from collections.abc import Sequence
from typing import Self

from bot.command import RoomRef
from bot.command.reaction import Reaction, ReactionContext, result_of
from bot.features.room.stops import END_WINDOW
from bot.features.schedule import asking, closing, door, holding, past
from bot.features.schedule.book import OPEN, Windows
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

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Do those that end at one moment together."""
        return await closing.close([(one.stop, ctx) for one, ctx in due])


class LineRuns(Reaction):
    """Ask for what somebody has scheduled, as the schedule itself."""

    on = RUN

    line: str

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Ask for one after the other: of two that were missed in a room the later one has the last word."""
        return [await result_of(one.react(ctx)) for one, ctx in due]

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
        missing = mended = 0
        windows, lines = ctx[Windows], ctx[ScheduledLines]
        async for several in holding.parts(windows.beyond, windows.of):
            missing += await holding.set_missing(
                ctx, windows, OPEN.kind, several, lambda one: one.opens(ctx.now)
            )
            mended += await holding.mend_all(ctx, await holding.known(ctx, several))
        async for some in holding.parts(lines.beyond, lines.of):
            missing += await holding.set_missing(ctx, lines, RUN.kind, some, lambda one: one.next(ctx.now))
        ctx[Drift].found("moments", missing)
        ctx[Drift].found("rooms", mended)
