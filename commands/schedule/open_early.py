from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.room import channels
from bot.features.schedule import acts, early, finding
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
        window = await finding.chosen(ctx, self.room, self.number)
        span = await early.comes(ctx, window, ctx.now)
        return Reply(
            "Open {room} now?",
            button="Open it",
            facts=[Reply("for its hours from {starts} to {ends}", starts=span.starts, ends=span.ends)],
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        window = await finding.as_found(ctx, self.room, self.number)
        at = ctx.cause.since
        span = await early.comes(ctx, window, at)
        day, before = span.date, window.exceptions.openings.get(span.date)
        await acts.change_at_once(
            ctx,
            window,
            lambda held: held.exceptions.opening(day, at),
            lambda held: held.exceptions.opening(day, before),
        )
        said = Reply(
            "{by} opened {room} early, for its hours until {ends} (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            ends=span.ends,
            number=window.id,
        )
        return await channels.tell(ctx, self.room, said)
