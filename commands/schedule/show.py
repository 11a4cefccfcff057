from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.room.locks import Locks
from bot.features.schedule import asking, cards, finding, lines, past
from bot.features.schedule.book import Window
from bot.features.schedule.lines import ScheduledLine
from bot.features.schedule.outcomes import Outcomes
from bot.reply import Button, Invocation, Reply

ACTS = {
    "pause": ("Pause", Level.MODERATOR),
    "resume": ("Resume", Level.MODERATOR),
    "adopt": ("Answer for it", Level.ADMIN),
}


class ScheduleShow(Command):
    """See the hours of a room, or one line that is scheduled: when next, when last, what not and why."""

    level = Level.VIEWER
    reads = True
    verb = "show the schedule"
    examples = ("schedule show", "schedule show 12")

    number: Annotated[
        int | None, Positional, Field(description="Which, by its number, if there are several")
    ] = None
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        meant = await finding.meant(ctx, self.room, self.number)
        if isinstance(meant, ScheduledLine):
            said = await self._line(ctx, meant)
            word = "adopt" if meant.paused else "resume" if meant.rests(ctx.now) else "pause"
        else:
            said = await self._hours(ctx, meant)
            word = "resume" if cards.is_paused(meant, ctx.now) else "pause"
        return said + Reply("", buttons=await self._acts(ctx, int(meant.id), word))

    async def _hours(self, ctx: Context, window: Window) -> Reply:
        said = cards.said(window, ctx.now, await ctx[Locks].of(self.room.id))
        said = sum(cards.spans(window, ctx.now), start=said + Reply("\nNext:"))
        said = sum(cards.omitted(window, ctx.now), start=said)
        outcomes = await ctx[Outcomes].of(window.id)
        return sum(cards.past_of(window, outcomes[window.id], ctx.now), start=said)

    async def _line(self, ctx: Context, line: ScheduledLine) -> Reply:
        said, outcomes = lines.said(line, ctx.now), (await ctx[Outcomes].of(line.id))[line.id]
        upcoming = line.upcoming(ctx.now, asking.SHOWN) if line.cadence else []
        if upcoming:
            said = sum(asking.moments(upcoming), start=said + Reply("\nNext:"))
        return sum(past.each(outcomes), start=said + Reply("\nUntil now:") if outcomes else said)

    async def _acts(self, ctx: Context, number: int, word: str) -> list[Button]:
        """What its reader may do about it."""
        rights = await ctx.rights()
        label, level = ACTS[word]
        buttons = [
            (level, Button(label, Invocation(f"schedule {word}", room=self.room, number=number))),
            (Level.ADMIN, Button("Remove…", Invocation("schedule remove", room=self.room, number=number))),
        ]
        return [button for level, button in buttons if rights(level, self.room.id).allowed]
