from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef, Yes
from bot.features.schedule import acts
from bot.reply import Reply


class ScheduleRemove(Command):
    """Take the hours of a room away: from then on its door stays as it is."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "remove the hours"
    examples = ("schedule remove", "schedule remove --reason 'the term is over'")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        window = await acts.chosen(ctx, self.room, self.number)
        return Reply(
            "Remove the hours of {room}?",
            button="Remove them",
            facts=[Reply("{rule}", rule=window.rule.said()), Reply("#{number}", number=window.id)],
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        window = await acts.gone(ctx, self.room, self.number)
        said = Reply(
            "{by} removed the hours of {room}: {rule} (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            rule=window.rule.said(),
            number=window.id,
        )
        return said + await acts.left_so(ctx, self.room)
