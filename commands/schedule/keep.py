from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, LocalDate, RoomRef
from bot.errors import UserError
from bot.features.schedule import acts, door
from bot.reply import Reply


class ScheduleKeep(Command):
    """Do not leave out a date that was to be skipped."""

    level = Level.MODERATOR
    verb = "keep a day"
    examples = ("schedule keep 2026-12-25", "schedule keep fri --number 12")

    day: LocalDate
    room: RoomRef
    number: Annotated[int | None, Field(description="Which hours, by their number, if there are several")] = (
        None
    )

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Keep {day} in {room}?", button="Keep it", day=self.day, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        window = await acts.chosen(ctx, self.room, self.number)
        day = self.day.on
        if day is None or day not in window.exceptions.skipped:
            raise UserError("{day} is not skipped in {room}.", day=self.day, room=self.room).at("day")
        changed = await acts.change(ctx, window, lambda held: held.exceptions.keeping(day))
        await door.apply(ctx, changed)
        return Reply(
            "{by} keeps {day} in the hours of {room} (#{number}).",
            by=ctx.actor.mention,
            day=self.day,
            room=self.room,
            number=window.id,
        )
