from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.room import channels
from bot.features.schedule import acts, door
from bot.reply import Reply


class ScheduleOpenEarly(Command):
    """Open a room now for its next hours, before they begin: this time only."""

    level = Level.MODERATOR
    verb = "open early"
    also = ("open-early",)
    examples = ("schedule open-early", "open-early --reason 'the choir rehearses'")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        window = await acts.chosen(ctx, self.room, self.number)
        span = acts.comes(window, ctx.now)
        return Reply(
            "Open {room} now?",
            button="Open it",
            facts=[Reply("for its hours from {starts} to {ends}", starts=span.starts, ends=span.ends)],
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        seen = await ctx.first_seen("see hours to come", self.room.id, lambda: self._seen(ctx))
        window, at = await acts.chosen(ctx, self.room, seen["number"]), ctx.cause.since
        day = date.fromisoformat(seen["date"])
        changed = await acts.change(ctx, window, lambda held: held.exceptions.opening(day, at))
        await door.apply(ctx, changed)
        said = Reply(
            "{by} opened {room} early, for its hours until {ends} (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            ends=datetime.fromisoformat(seen["ends"]),
            number=window.id,
        )
        return await channels.tell(ctx, self.room, said)

    async def _seen(self, ctx: Context) -> dict[str, Any]:
        """The hours that come next, also for who is cut off when the room is open for them."""
        window = await acts.chosen(ctx, self.room, self.number)
        span = acts.comes(window, ctx.cause.since)
        return {"number": int(window.id), "date": span.date.isoformat(), "ends": span.ends.isoformat()}
