from datetime import date
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, LocalDate, Positional, RoomRef
from bot.errors import UserError
from bot.features.room import channels
from bot.features.schedule import acts, door, finding
from bot.features.schedule.book import Window
from bot.reply import Reply


class ScheduleKeep(Command):
    """Do not leave out a date that was to be skipped."""

    level = Level.MODERATOR
    verb = "keep a day"
    examples = ("schedule keep 2026-12-25", "schedule keep 12 fri")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    day: Annotated[LocalDate, Field(description="The date, such as 2026-12-25, fri or tomorrow")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        self._skipped(ctx, await finding.chosen(ctx, self.room, self.number))
        return Reply(
            "Let {room} open on {day} after all?", button="Keep that day", room=self.room, day=self.day
        )

    async def run(self, ctx: Context) -> Reply:
        window = await finding.as_found(ctx, self.room, self.number)
        day = self._skipped(ctx, window)
        await acts.change_at_once(
            ctx,
            window,
            lambda held: held.exceptions.keeping(day),
            lambda held: held.exceptions.skipping(day),
        )
        said = Reply(
            "{by} keeps {day} in the hours of {room} (#{number}).",
            by=ctx.actor.mention,
            day=self.day,
            room=self.room,
            number=window.id,
        )
        said += await door.now_stands(ctx, await finding.chosen(ctx, self.room, int(window.id)))
        return await channels.tell(ctx, self.room, said)

    def _skipped(self, ctx: Context, window: Window) -> date:
        """The date; UserError where it is not skipped, is over, or is left out all the same."""
        day = self.day.on
        holiday = window.exceptions.keeping(day).why(day) if day and day in window.rule.days else None
        if holiday:
            raise UserError(
                "{room} stays closed on {day}: {why}. Open it for as long as its hours last: "
                "`/hms schedule run-now`.",
                room=self.room,
                day=self.day,
                why=holiday,
            ).at("day")
        if day is None or day not in window.exceptions.skipped:
            raise UserError("{day} is not skipped in {room}.", day=self.day, room=self.room).at("day")
        acts.refuse_over(ctx, window, self.day)
        return day
