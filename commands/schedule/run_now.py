from datetime import datetime
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef, Yes
from bot.features.room import cards as room_cards
from bot.features.schedule import asking, door, early, finding
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.lines import ScheduledLine
from bot.reply import Reply


class ScheduleRunNow(Command):
    """Do now what comes by the clock; its next moment comes all the same."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "run it now"
    examples = ("schedule run-now", "schedule run-now --room standup")

    number: Annotated[
        int | None, Positional, Field(description="Which, by its number, if there are several")
    ] = None
    room: RoomRef

    async def yes_needed(self, ctx: Context) -> Yes:
        """A second person said yes to the moments on that card: for another one it is asked anew."""
        line = await finding.line_of(ctx, self.room, self.number)
        return max(self.yes, line.agreed) if line else self.yes

    async def consequence(self, ctx: Context) -> Reply:
        line = await finding.line_of(ctx, self.room, self.number)
        if line:
            return await self._asks(ctx, line)
        window = await self._hours(ctx)
        ends = await early.lasts_now(ctx, window, ctx.now)
        return Reply(
            "Open {room} now?",
            button="Open it now",
            facts=await self._case(ctx, window, ends),
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        line = await finding.line_of(ctx, self.room, self.number)
        if line:
            return await self._asked(ctx, line)
        window = await self._hours(ctx)
        ends = await early.lasts_now(ctx, window, ctx.cause.since)
        await door.open_besides(ctx, window, ends)
        said = Reply(
            "{by} opened {room} until {ends}, besides its hours (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            ends=ends,
            number=window.id,
        )
        begin = ends == await door.next_opening_of(ctx, self.room)
        return said + (Reply("Its hours begin then.") if begin else Reply("It is locked then."))

    async def _case(self, ctx: Context, window: Window, ends: datetime) -> list[Reply]:
        """Until when it would be open, who is warned of that, and when its hours open it."""
        opens = await door.next_opening_of(ctx, self.room)
        if opens == ends:
            return [Reply("until {ends}, when its hours begin", ends=ends)]
        facts = [Reply("until {ends}, and locked then", ends=ends), room_cards.warned(window.warn)]
        return [*facts, Reply("opens {opens} all the same", opens=opens)] if opens else facts

    async def _asks(self, ctx: Context, line: ScheduledLine) -> Reply:
        asked = Reply(
            "Ask for “{line}” in {room} now?", button="Ask for it now", line=line.sentence, room=self.room
        )
        return await asking.would(ctx, line, asked)

    async def _asked(self, ctx: Context, line: ScheduledLine) -> Reply:
        await asking.run_now(ctx, line)
        said = Reply(
            "{by} let the schedule ask for “{line}” in {room} now (#{number}).",
            by=ctx.actor.mention,
            line=line.sentence,
            room=self.room,
            number=line.id,
        )
        following = line.next(ctx.now)
        return said + Reply("It comes {at} all the same.", at=following) if following else said

    async def _hours(self, ctx: Context) -> Window:
        """The hours that are meant; UserError where nothing in the room has that number."""
        several = await ctx[Windows].of(self.room.id)
        if self.number and str(self.number) not in {window.id for window in several}:
            raise asking.unknown(self.room, self.number)
        return await finding.chosen(ctx, self.room, self.number)
