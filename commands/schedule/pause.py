from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef, Time
from bot.errors import UserError
from bot.features.room import channels
from bot.features.schedule import acts, asking, finding, lines
from bot.features.schedule.book import Window
from bot.features.schedule.lines import ScheduledLine
from bot.reply import Button, Reply, Undo


class SchedulePause(Command):
    """Let the hours of a room, or one line that is scheduled, do nothing for a while; its door stays so."""

    level = Level.MODERATOR
    verb = "pause the schedule"
    examples = ("schedule pause", "schedule pause --until 'tomorrow 09:00'")

    number: Annotated[
        int | None, Positional, Field(description="Which, by its number, if there are several")
    ] = None
    room: RoomRef
    until: Annotated[
        Time | None, Field(description="From when on it counts again; else until you resume")
    ] = None

    async def consequence(self, ctx: Context) -> Reply:
        self._check(ctx)
        meant = await finding.meant(ctx, self.room, self.number)
        if isinstance(meant, ScheduledLine):
            about: dict[str, Any] = {"line": meant.sentence, "facts": [lines.fact(meant)]}
            return Reply("Pause “{line}”?", button="Pause it", **about)
        self._refuse_paused(meant, ctx.now)
        return Reply("Pause the hours of {room}?", button="Pause them", room=self.room)

    async def run(self, ctx: Context) -> Reply:
        self._check(ctx)
        meant = await finding.meant(ctx, self.room, self.number)
        until = self.until.at if self.until else None
        if isinstance(meant, ScheduledLine):
            said = await self._pause_line(ctx, meant, until)
        else:
            said = await self._pause_hours(ctx, meant, until)
        return await channels.tell(ctx, self.room, said)

    async def _pause_line(self, ctx: Context, line: ScheduledLine, until: datetime | None) -> Reply:
        await asking.pause(ctx, line, until)
        about: dict[str, Any] = {"line": line.sentence, "undo": self._undo(Reply("Resume it"), line.id)}
        about |= self._about(ctx, line.id)
        if until:
            return Reply("{by} paused “{line}” in {room} (#{number}) until {until}.", until=until, **about)
        return Reply("{by} paused “{line}” in {room} (#{number}).", **about)

    async def _pause_hours(self, ctx: Context, window: Window, until: datetime | None) -> Reply:
        there = await ctx.hms.rooms.retrieve(self.room.id)
        self._refuse_paused(await finding.as_found(ctx, self.room, int(window.id)), ctx.cause.since)
        await acts.change(ctx, window, lambda held: held.exceptions.pausing(ctx.cause.since, until))
        about = self._about(ctx, window.id) | {"undo": self._undo(Reply("Resume them"), window.id)}
        if until:
            said = Reply("{by} paused the hours of {room} (#{number}) until {until}.", until=until, **about)
        else:
            said = Reply("{by} paused the hours of {room} (#{number}).", **about)
        return said + await acts.left_so(ctx, there, self.room)

    def _refuse_paused(self, window: Window, at: datetime) -> None:
        found = window.exceptions.paused(at)
        if found and found.until == (self.until.at if self.until else None):
            raise UserError("The hours of {room} are paused already.", room=self.room)

    def _about(self, ctx: Context, number: str) -> dict[str, Any]:
        return {"by": ctx.actor.mention, "room": self.room, "number": number}

    def _undo(self, label: Reply, number: str) -> Button:
        return Undo(label, "schedule resume", room=self.room, number=int(number))

    def _check(self, ctx: Context) -> None:
        if self.until and self.until.at and self.until.at <= ctx.now:
            raise UserError("{until} has passed, so nothing is paused.", until=self.until).at("until")
