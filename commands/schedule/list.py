from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.room import later
from bot.features.schedule import cards, lines
from bot.features.schedule.book import Windows
from bot.features.schedule.lines import ScheduledLines
from bot.reply import Reply

MOST = 20


class ScheduleList(Command):
    """See everything that a room does by the clock, and when it does it next."""

    level = Level.VIEWER
    reads = True
    examples = ("schedule list", "schedule list --next 3")

    room: RoomRef
    next: Annotated[int, Field(ge=1, le=MOST, description="How many of the next times to show")] = 1

    async def run(self, ctx: Context) -> Reply:
        windows = await ctx[Windows].of(self.room.id)
        chart = cards.week(windows, ctx.now) if windows else None
        said = Reply("By the clock in {room}:", room=self.room, chart=chart)
        for window in windows:
            said += Reply("\n") + cards.said(window, ctx.now)
            said = sum(cards.spans(window, ctx.now, self.next), start=said)
        stops = [stop for stop in await later.planned(ctx, self.room) if not stop.window]
        for stop in stops:
            said += Reply("\nIts session ends at {at}, asked by {by}.", at=stop.ends_at, by=stop.cause.by)
        scheduled = await ctx[ScheduledLines].of(self.room.id)
        for line in scheduled:
            said += Reply("\n") + lines.said(line)
        if windows or stops or scheduled:
            return said
        return Reply(
            "Nothing happens by the clock in {room}. Give it hours: `/hms schedule window`.", room=self.room
        )
