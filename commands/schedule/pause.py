from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef, Time
from bot.errors import UserError
from bot.features.schedule import acts
from bot.reply import Reply, Undo


class SchedulePause(Command):
    """Let the hours of a room do nothing for a while: its door stays as it is."""

    level = Level.MODERATOR
    verb = "pause the hours"
    examples = ("schedule pause", "schedule pause --until 'tomorrow 09:00'")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    room: RoomRef
    until: Annotated[
        Time | None, Field(description="From when on they count again; else until you resume")
    ] = None

    async def consequence(self, ctx: Context) -> Reply:
        self._check(ctx)
        return Reply("Pause the hours of {room}?", button="Pause them", room=self.room)

    async def run(self, ctx: Context) -> Reply:
        self._check(ctx)
        window = await acts.chosen(ctx, self.room, self.number)
        until = self.until.at if self.until else None
        await acts.change(ctx, window, lambda held: held.exceptions.pausing(ctx.cause.since, until))
        undo = Undo(Reply("Resume them"), "schedule resume", room=self.room, number=int(window.id))
        about: dict[str, Any] = {"by": ctx.actor.mention, "room": self.room, "number": window.id}
        if until:
            said = Reply(
                "{by} paused the hours of {room} (#{number}) until {until}.", until=until, undo=undo, **about
            )
        else:
            said = Reply("{by} paused the hours of {room} (#{number}).", undo=undo, **about)
        return said + await acts.left_so(ctx, self.room)

    def _check(self, ctx: Context) -> None:
        if self.until and self.until.at and self.until.at <= ctx.now:
            raise UserError("{until} has passed, so nothing is paused.", until=self.until).at("until")
