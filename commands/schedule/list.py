from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.room import later
from bot.features.room.locks import Locks
from bot.features.room.stops import Stop
from bot.features.schedule import asking, cards, door, lines, past
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.lines import ScheduledLine, ScheduledLines
from bot.features.schedule.outcomes import MomentOutcome, Outcomes
from bot.reply import Reply

MOST = 20


class ScheduleList(Command):
    """See everything that a room does by the clock: when next, when last, and what was left out and why."""

    level = Level.VIEWER
    reads = True
    verb = "list the schedule"
    examples = ("schedule list", "schedule list --next 3")

    room: RoomRef
    next: Annotated[int, Field(ge=1, le=MOST, description="How many of the next times to show")] = 1

    async def run(self, ctx: Context) -> Reply:
        windows, scheduled = await ctx[Windows].of(self.room.id), await ctx[ScheduledLines].of(self.room.id)
        numbers = [*(window.id for window in windows), *(line.id for line in scheduled)]
        outcomes = await ctx[Outcomes].of(*numbers)
        planned = await later.planned(ctx, self.room)
        stops = [stop for stop in planned if not any(window.named(stop) for window in windows)]
        lock = await ctx[Locks].of(self.room.id)
        until = lock.until if lock and not lock.hours else None
        unlocks = await door.opens_after(ctx, self.room.id, until) if until else None
        if not (windows or stops or scheduled or unlocks):
            return Reply(
                "Nothing happens by the clock in {room}. Give it hours: `/hms schedule window`.",
                room=self.room,
            )
        chart = cards.week(windows, ctx.now) if windows else None
        said = Reply("By the clock in {room}:", room=self.room, chart=chart)
        for window in windows:
            said += self._hours(cards.said(window, ctx.now, lock), window, outcomes[window.id], ctx.now)
        for stop in stops:
            said += self._stop(stop)
        if lock and unlocks:
            said += Reply("\nIt is locked until {at}, by {by}.", at=unlocks, by=lock.by)
        for line in scheduled:
            said += self._line(line, outcomes[line.id], ctx.now)
        return said

    def _hours(self, line: Reply, window: Window, outcomes: Sequence[MomentOutcome], now: datetime) -> Reply:
        said = sum(cards.soon(window, now), start=Reply("\n") + line)
        said = sum(past.newest(window, outcomes, now), start=said)
        return sum(cards.spans(window, now, self.next), start=said)

    def _stop(self, stop: Stop) -> Reply:
        about: dict[str, Any] = {"at": stop.ends_at, "by": stop.cause.by}
        if stop.window:
            return Reply("\nIt is open besides its hours until {at}, by {by}.", **about)
        return Reply("\nIts session ends {at}, asked by {by}.", **about)

    def _line(self, line: ScheduledLine, outcomes: Sequence[MomentOutcome], now: datetime) -> Reply:
        said = Reply("\n") + lines.said(line, now)
        said = sum(map(past.said, outcomes[:1]), start=said)
        more = line.upcoming(now, self.next) if line.cadence and self.next > 1 else []
        return sum(asking.moments(more), start=said)
