from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import (
    Command,
    Context,
    Days,
    Duration,
    Hours,
    Level,
    Option,
    RoomRef,
    Warnings,
    Yes,
    ZoneName,
)
from bot.errors import UserError
from bot.features.room import cards as room_cards
from bot.features.room import channels, later
from bot.features.room.book import RoomBook
from bot.features.room.locks import Locks
from bot.features.schedule import acts, backstop, cards, door
from bot.features.schedule.book import Window, Windows, running
from bot.features.schedule.rule import EARLIEST, MINUTE, Rule
from bot.hms import Room
from bot.reply import Reply, Undo


class ScheduleWindow(Command):
    """Give a room hours: it opens, warns, ends and locks by the clock, every day anew."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    previews = True
    verb = "give hours"
    examples = (
        "schedule window mon-fri 09:00-17:00 --tz Europe/Rome --warn 10,5,1",
        "schedule window daily 22:00-02:00 --open-before 5m",
    )

    days: Annotated[Days, Field(description="On which days, such as mon-fri")]
    hours: Annotated[Hours, Field(description="From when to when, such as 09:00-17:00")]
    room: RoomRef
    zone: Annotated[
        ZoneName,
        Option("tz"),
        Field(title="Time zone", description="Time zone, if it is not that of the room"),
    ] = ""
    warn: Annotated[
        Warnings | None, Field(description="Minutes before the end at which people are warned: 10,5,1")
    ] = None
    open_before: Annotated[Duration, Field(description="How long before they begin it opens")] = MINUTE
    backstop: Annotated[
        bool, Field(description="Let 100ms itself end a session that lasts an hour longer than they do")
    ] = False

    async def consequence(self, ctx: Context) -> Reply:
        window = await self._window(ctx)
        await acts.refuse_overlap(ctx, window)
        there = await ctx.hms.rooms.retrieve(self.room.id)
        facts = [
            Reply("{rule}", rule=window.rule.said()),
            Reply("opens {before} before", before=self.open_before),
            room_cards.warned(window.warn),
            await acts.becomes_of_door(ctx, window, there),
            *await self._beyond(ctx, window, there),
        ]
        asked = Reply("Open and close {room} by the clock?", button="Keep these hours", room=self.room)
        several = cards.spans(window, ctx.now, reader=ctx.actor.zone)
        return sum(several, start=asked.with_facts(facts) + Reply("\nNext:"))

    async def run(self, ctx: Context) -> Reply:
        window = await self._window(ctx)
        await acts.refuse_overlap(ctx, window)
        there = await ctx.hms.rooms.retrieve(self.room.id)
        several = await self._all(ctx, window)
        if self.backstop:
            await backstop.put(ctx, self.room, backstop.beyond(several))
        await acts.make(ctx, window)
        undo = Undo(Reply("Remove these hours"), "schedule remove", room=self.room, number=int(window.id))
        said = Reply(
            "{by} gave {room} hours: {rule} (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            rule=window.rule.said(),
            number=window.id,
            buttons=() if self.backstop else backstop.offer(several, there),
            undo=undo,
        )
        return await channels.tell(ctx, self.room, said + await self._is_now(ctx))

    async def _window(self, ctx: Context) -> Window:
        if not timedelta() <= self.open_before <= EARLIEST:
            raise UserError("It can open at most {most} before its hours begin.", most=EARLIEST).at(
                "open_before"
            )
        zone = self.zone or (await ctx[RoomBook].defaults(self.room.id)).zone or (await ctx.names.zone()).name
        rule = Rule(days=self.days, hours=self.hours, zone=zone, open_before=self.open_before)
        warn = await later.warnings(ctx, self.room, self.warn)
        return Window(str(ctx.cause.request), self.room, rule, ctx.cause, warn=warn)

    async def _all(self, ctx: Context, window: Window) -> list[Window]:
        """The hours of the room with the new ones."""
        return [window, *await ctx[Windows].of(self.room.id)]

    async def _beyond(self, ctx: Context, window: Window, there: Room) -> list[Reply]:
        """What 100ms itself does to a session that outlasts the hours."""
        if not self.backstop:
            return [*backstop.told(there, window)]
        return [*backstop.facts(backstop.beyond(await self._all(ctx, window)), there)]

    async def _is_now(self, ctx: Context) -> Reply:
        """How the door is, now that it has these hours."""
        runs = running(await ctx[Windows].of(self.room.id), ctx.now)
        lock = await ctx[Locks].of(self.room.id)
        if runs and lock and not lock.hours:
            return cards.stands(runs[0], ctx.now, lock)
        if runs:
            return Reply("It is open now, until {ends}.", ends=runs[1].ends)
        opens = await door.next_opening_of(ctx, self.room)
        return Reply("It is locked now, and opens {opens}.", opens=opens) if opens else Reply("")
