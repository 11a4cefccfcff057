from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Registry, RoomRef
from bot.errors import UserError
from bot.features.schedule import asking, finding
from bot.features.schedule.lines import ScheduledLine
from bot.reply import Reply


class ScheduleAdopt(Command):
    """Answer for what a schedule asks for, in the place of who made it: it goes on with your rights."""

    level = Level.ADMIN
    verb = "answer for a schedule"
    examples = ("schedule adopt 12", "schedule adopt 12 --room standup")

    number: Annotated[int, Field(description="Which schedule, by its number")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        line = await self._found(ctx)
        return Reply("Answer for “{line}” from now on?", button="Answer for it", line=line.sentence)

    async def run(self, ctx: Context) -> Reply:
        line = await self._found(ctx)
        await asking.adopt(ctx, line)
        return Reply(
            "{by} answers for “{line}” in {room} from now on (#{number}).",
            by=ctx.actor.mention,
            line=line.sentence,
            room=self.room,
            number=line.id,
        )

    async def _found(self, ctx: Context) -> ScheduledLine:
        """The schedule; UserError where it is not there, or whoever asks may not do what it asks for."""
        line = await finding.line_of(ctx, self.room, self.number)
        if line is None:
            raise asking.unknown(self.room, self.number)
        command = ctx[Registry].load(line.invocation)
        verdict = (await ctx.rights())(command.level, self.room.id)
        if not verdict.allowed:
            raise UserError(verdict.why.template, **verdict.why.values)
        return line
