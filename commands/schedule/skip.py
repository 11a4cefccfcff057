from datetime import date
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, LocalDate, Positional, RoomRef
from bot.errors import UserError
from bot.features.room import channels
from bot.features.schedule import acts, finding
from bot.features.schedule.book import Window
from bot.reply import Reply, Undo


class ScheduleSkip(Command):
    """Leave one date out of the hours of a room; the rule stays as it is."""

    level = Level.MODERATOR
    verb = "skip a day"
    examples = ("schedule skip 2026-12-25", "schedule skip fri --reason 'a concert'")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    day: Annotated[LocalDate, Field(description="The date, such as 2026-12-25, fri or tomorrow")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        window, day = await acts.skipped(ctx, self.room, self.day, self.number)
        self._refuse_skipped(window, day)
        opens = window.but(window.exceptions.skipping(day)).opens(ctx.now)
        facts = [Reply("opens next {opens}", opens=opens)] if opens else []
        return Reply(
            "Keep {room} closed on {day}?", button="Skip that day", facts=facts, room=self.room, day=self.day
        )

    async def run(self, ctx: Context) -> Reply:
        window, day = await acts.skipped(ctx, self.room, self.day, self.number)
        self._refuse_skipped(await finding.as_found(ctx, self.room, int(window.id)), day)
        changed = await acts.change(ctx, window, lambda held: held.exceptions.skipping(day))
        undo = Undo(
            Reply("Do not skip it"), "schedule keep", room=self.room, day=self.day, number=int(window.id)
        )
        said = Reply(
            "{by} skipped {day} in the hours of {room} (#{number}).",
            by=ctx.actor.mention,
            day=self.day,
            room=self.room,
            number=window.id,
            undo=undo,
        )
        opens = changed.opens(ctx.now)
        if opens:
            said += Reply("It opens next {opens}.", opens=opens)
        return await channels.tell(ctx, self.room, said)

    def _refuse_skipped(self, window: Window, day: date) -> None:
        if day in window.exceptions.skipped:
            raise UserError("{day} is skipped in {room} already.", day=self.day, room=self.room).at("day")
