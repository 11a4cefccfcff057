from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.errors import UserError
from bot.features.room import channels
from bot.features.schedule import acts, cards, finding
from bot.features.schedule.book import Window
from bot.features.schedule.holiday import calendar_called, holiday
from bot.reply import Reply


class ScheduleSkipHolidays(Command):
    """Leave the public holidays of a country, or of a part of one, out of the hours of a room."""

    level = Level.MODERATOR
    verb = "skip holidays"
    examples = ("schedule skip-holidays IT", "schedule skip-holidays DE-BY --number 12")

    calendar: Annotated[str, Field(description="A country or a part of one, such as IT or DE-BY")]
    room: RoomRef
    number: Annotated[int | None, Field(description="Which hours, by their number, if there are several")] = (
        None
    )

    async def consequence(self, ctx: Context) -> Reply:
        calendar = await self._left_out(await finding.chosen(ctx, self.room, self.number))
        return Reply(
            "Leave the holidays of {calendar} out of the hours of {room}?",
            button="Leave them out",
            calendar=calendar,
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        window = await finding.as_found(ctx, self.room, self.number)
        calendar = await self._left_out(window)
        changed = await acts.change(ctx, window, lambda held: acts.observing(held, calendar, ctx.now))
        said = Reply(
            "{by} leaves the holidays of {calendar} out of the hours of {room} (#{number}).",
            by=ctx.actor.mention,
            calendar=calendar,
            room=self.room,
            number=window.id,
        )
        runs = changed.span(ctx.now)
        if runs and not runs.held and holiday(calendar, runs.date):
            said += Reply("It is open by now, so it is left open until {ends} this time.", ends=runs.ends)
        alone = {"holidays": (calendar,), "skipped": (), "pauses": ()}  # why else it is closed is no news
        news = changed.but(changed.exceptions.model_copy(update=alone))
        return await channels.tell(ctx, self.room, sum(cards.omitted(news, ctx.now), start=said))

    async def _left_out(self, window: Window) -> str:
        """The calendar; UserError where these hours leave its holidays out already."""
        calendar = await calendar_called(self.calendar)
        if calendar in window.exceptions.holidays:
            raise UserError(
                "The holidays of {calendar} are left out of the hours of {room} already.",
                calendar=calendar,
                room=self.room,
            ).at("calendar")
        return calendar
