from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef, Yes
from bot.features.room import channels
from bot.features.schedule import acts, asking, backstop, finding, lines
from bot.reply import Reply


class ScheduleRemove(Command):
    """Take away what happens by the clock in a room: its hours, or one thing that is scheduled."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "remove from the schedule"
    examples = ("schedule remove", "schedule remove --reason 'the term is over'")

    number: Annotated[
        int | None, Positional, Field(description="Which, by its number, if there are several")
    ] = None
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        line = await finding.line_of(ctx, self.room, self.number)
        if line:
            return Reply("Remove “{line}”?", button="Remove it", facts=[lines.fact(line)], line=line.sentence)
        window = await finding.chosen(ctx, self.room, self.number)
        return Reply(
            "Remove the hours of {room}?",
            button="Remove them",
            facts=[Reply("{rule}", rule=window.rule.said()), Reply("#{number}", number=window.id)],
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        line = await ctx.first_seen("see line", self.room.id, lambda: self._seen(ctx))
        said = await (self._remove_line(ctx, line) if line else self._remove_hours(ctx))
        return await channels.tell(ctx, self.room, said)

    async def _remove_line(self, ctx: Context, line: dict[str, str]) -> Reply:
        await asking.remove(ctx, line["id"])
        return Reply(
            "{by} removed “{line}” from the schedule of {room} (#{number}).",
            by=ctx.actor.mention,
            line=line["sentence"],
            room=self.room,
            number=line["id"],
        )

    async def _remove_hours(self, ctx: Context) -> Reply:
        there = await ctx.hms.rooms.retrieve(self.room.id)
        which, rule = await acts.gone(ctx, self.room, self.number)
        said = Reply(
            "{by} removed the hours of {room}: {rule} (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            rule=rule.said(),
            number=which,
        )
        return said + await acts.left_so(ctx, there, self.room) + await backstop.left(ctx, there, self.room)

    async def _seen(self, ctx: Context) -> dict[str, str] | None:
        """The line that is meant, also for who is cut off when it is gone."""
        line = await finding.line_of(ctx, self.room, self.number)
        return {"id": line.id, "sentence": line.sentence} if line else None
