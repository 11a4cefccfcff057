from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.schedule import acts, cards
from bot.features.schedule.outcomes import Outcomes
from bot.reply import Button, Invocation, Reply


class ScheduleShow(Command):
    """See the hours of a room: the next times, the last ones, what is left out and why."""

    level = Level.VIEWER
    reads = True
    examples = ("schedule show", "schedule show 12")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        window = await acts.chosen(ctx, self.room, self.number)
        said = cards.said(window, ctx.now)
        said = sum(cards.spans(window, ctx.now), start=said + Reply("\nNext:"))
        said = sum(cards.omitted(window, ctx.now), start=said)
        outcomes = await ctx[Outcomes].of(window.id)
        said = sum(cards.past_of(window, outcomes[window.id], ctx.now), start=said)
        return said + Reply(
            "", buttons=await self._acts(ctx, int(window.id), paused=cards.is_paused(window, ctx.now))
        )

    async def _acts(self, ctx: Context, number: int, *, paused: bool) -> list[Button]:
        """What its reader may do about them."""
        rights = await ctx.rights()
        word = "resume" if paused else "pause"
        label = "Resume" if paused else "Pause"
        buttons = {
            Level.MODERATOR: Button(label, Invocation(f"schedule {word}", room=self.room, number=number)),
            Level.ADMIN: Button("Remove…", Invocation("schedule remove", room=self.room, number=number)),
        }
        return [button for level, button in buttons.items() if rights(level, self.room.id).allowed]
