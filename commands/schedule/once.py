from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.command import Command, Context, InnerLine, Level, Names, Rest, RoomRef, Time, Yes, to_form
from bot.command.inner import within
from bot.errors import UserError
from bot.features.room import live
from bot.features.schedule import asking
from bot.reply import Reply, Undo


class ScheduleOnce(Command):
    """Let something be asked for at a moment, by the schedule itself."""

    level = Level.ADMIN
    verb = "schedule once"
    examples = ("schedule once 17:00 end-room --lock", "schedule once 'tomorrow 09:00' room unlock standup")

    when: Annotated[Time, Field(description="At which moment")]
    line: Annotated[InnerLine, Rest, Field(description="What is asked for then, as one types it")]
    room: RoomRef

    @model_validator(mode="after")
    def _in_one_room(self) -> Self:
        room, line = self.line.sharing(self.room)
        return self.model_copy(update={"room": room, "line": line})

    async def pin(self, names: Names) -> Self:
        there = await super().pin(names)
        with within(there, to_form(self)):
            return there.model_copy(update={"line": await self.line.pinned(there.room, names)})

    async def yes_needed(self, ctx: Context) -> Yes:
        return await asking.yes_of(ctx, self.line, self.room)

    async def consequence(self, ctx: Context) -> Reply:
        at = self._moment(ctx.now)
        await asking.permit(ctx, self.line, self.room)
        stop = await self._stop(ctx, at)
        if stop:
            return await stop.consequence(ctx)
        asked = Reply(
            "Schedule “{line}” in {room} for {at}?",
            button="Schedule it",
            line=str(self.line),
            room=self.room,
            at=at,
        )
        return await asking.card(ctx, self.line, asked)

    async def run(self, ctx: Context) -> Reply:
        at = self._moment(ctx.cause.since)
        await asking.permit(ctx, self.line, self.room)
        stop = await self._stop(ctx, at)
        if stop:
            return await stop.run(ctx)
        line = asking.made(ctx, self.line, self.room, at=at)
        await asking.keep(ctx, line)
        return Reply(
            "{by} scheduled “{line}” in {room} for {at} (#{number}).",
            by=ctx.actor.mention,
            line=line.sentence,
            room=self.room,
            at=at,
            number=line.id,
            undo=Undo(Reply("Remove it"), "schedule remove", room=self.room, number=int(line.id)),
        )

    def _moment(self, now: datetime) -> datetime:
        """When it is; UserError where that had passed at ``now``."""
        if self.when.at is None or self.when.at <= now:
            raise UserError("{when} has passed, so nothing is scheduled.", when=self.when).at("when")
        return self.when.at

    async def _stop(self, ctx: Context, at: datetime) -> Command | None:
        """What plans it by itself, warns of it and has a card: the end of the session that runs now."""
        planned = self.line.command.at_moment(at)
        return planned if planned and await live.session(ctx, self.room) else None
