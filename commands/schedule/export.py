from asyncio import to_thread
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.schedule import finding
from bot.features.schedule.book import Window
from bot.features.schedule.calendar import CalendarEntry, ics
from bot.reply import File, Reply


class ScheduleExport(Command):
    """Get the hours of a room as a file for your calendar."""

    level = Level.VIEWER
    reads = True
    examples = ("schedule export", "schedule export 12")

    number: Annotated[int | None, Positional, Field(description="Only these hours, by their number")] = None
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        windows = await finding.some(ctx, self.room, self.number)
        content = await to_thread(ics, [self._entry(window) for window in windows], ctx.now)
        return Reply(
            "The hours of {room}, for your calendar. Changes made later are not in it: export it again then.",
            room=self.room,
            file=File(f"{self.room.name}.ics", content.decode(), "The hours of {room}", "text/calendar"),
        )

    def _entry(self, window: Window) -> CalendarEntry:
        return CalendarEntry(f"{window.id}@hms-bot", self.room.name, window.rule, window.exceptions)
