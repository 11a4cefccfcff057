from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from bot.command import Cadence, Command, Context, InnerLine, Level, Names, Rest, RoomRef, Yes, to_form
from bot.command.inner import within
from bot.features.schedule import asking
from bot.features.schedule.lines import ScheduledLine
from bot.reply import Reply, Undo


class ScheduleEvery(Command):
    """Let something be asked for again and again, by the schedule itself."""

    level = Level.ADMIN
    verb = "schedule every"
    examples = (
        "schedule every 'mon-fri 09:00' room unlock standup",
        "schedule every '1st 08:00' room lock --reason inventory",
    )

    when: Annotated[Cadence, Field(description="How often: 15m, daily 09:00, mon-fri 09:00, 1st 08:00")]
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
        await asking.permit(ctx, self.line, self.room)
        line = self._made(ctx)
        asked = Reply("Schedule “{line}” in {room}, {when}?", button="Schedule it", **self._about(line))
        said = await asking.card(ctx, self.line, asked)
        return sum(self._next(ctx, line), start=said + Reply("\nNext:"))

    async def run(self, ctx: Context) -> Reply:
        await asking.permit(ctx, self.line, self.room)
        line = self._made(ctx)
        await asking.keep(ctx, line)
        said = Reply(
            "{by} scheduled “{line}” in {room}, {when} (#{number}).",
            by=ctx.actor.mention,
            number=line.id,
            undo=Undo(Reply("Remove it"), "schedule remove", room=self.room, number=int(line.id)),
            **self._about(line),
        )
        return sum(self._next(ctx, line), start=said + Reply("\nNext:"))

    def _made(self, ctx: Context) -> ScheduledLine:
        return asking.made(ctx, self.line, self.room, cadence=self.when)

    def _about(self, line: ScheduledLine) -> dict[str, Any]:
        return {"line": line.sentence, "room": self.room, "when": line.when}

    def _next(self, ctx: Context, line: ScheduledLine) -> "list[Reply]":
        return [*asking.moments(line.upcoming(ctx.now, asking.SHOWN))]
