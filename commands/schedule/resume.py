from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from bot.command import Ambiguous, Command, Context, Level, Positional, RoomRef
from bot.errors import UserError
from bot.features.room import channels
from bot.features.schedule import acts, asking, cards, door
from bot.features.schedule.book import Window
from bot.features.schedule.lines import ScheduledLine
from bot.features.schedule.rule import resumed
from bot.reply import Button, Invocation, Reply


class ScheduleResume(Command):
    """Let the hours of a room, or one thing that is scheduled, count again, from now on."""

    level = Level.MODERATOR
    verb = "resume the schedule"
    examples = ("schedule resume", "schedule resume 12")

    number: Annotated[
        int | None, Positional, Field(description="Which, by its number, if there are several")
    ] = None
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        meant = await acts.meant(ctx, self.room, self.number)
        if isinstance(meant, ScheduledLine):
            return Reply("Let “{line}” come again?", button="Resume it", line=meant.sentence)
        return Reply("Let the hours of {room} count again?", button="Resume them", room=self.room)

    async def run(self, ctx: Context) -> Reply:
        meant, since = await acts.meant(ctx, self.room, self.number), ctx.cause.since
        if isinstance(meant, ScheduledLine):
            said = await self._resume_line(ctx, meant)
        else:
            said = await self._resume_hours(ctx, meant, since)
        return await channels.tell(ctx, self.room, said)

    async def _resume_line(self, ctx: Context, line: ScheduledLine) -> Reply:
        paused = await ctx.first_seen("see pause", line.id, lambda: _is_paused(line))
        self._check(line, paused=paused)
        about: dict[str, Any] = {"line": line.sentence, **self._about(ctx, line.id)}
        if line.is_missed(ctx.now):
            await asking.remove(ctx, line.id)
            return Reply(
                "“{line}” was due in {room}, {at}, while it was paused: it is removed (#{number}).",
                at=line.at,
                **about,
            )
        at = (await asking.resume(ctx, line)).next(ctx.now)
        said = Reply("{by} resumed “{line}” in {room} (#{number}).", **about)
        return said + Reply("It comes next {at}.", at=at) if at else said

    async def _resume_hours(self, ctx: Context, window: Window, since: datetime) -> Reply:
        if not cards.is_paused(window, since) and not window.exceptions.resuming(since).pauses:
            raise UserError("The hours of {room} are not paused.", room=self.room)
        changed = await acts.change(ctx, window, lambda held: resumed(held.rule, held.exceptions, since))
        await door.apply(ctx, changed)
        said = Reply("{by} resumed the hours of {room} (#{number}).", **self._about(ctx, window.id))
        return said + cards.stands(changed, ctx.now)

    def _about(self, ctx: Context, number: str) -> dict[str, Any]:
        return {"by": ctx.actor.mention, "room": self.room, "number": number}

    def _check(self, line: ScheduledLine, *, paused: bool) -> None:
        """Raise UserError where nobody paused it, or it waits for more than that."""
        if line.paused:
            adopt = Button("Answer for it", Invocation("schedule adopt", number=int(line.id), room=self.room))
            raise Ambiguous(
                "“{line}” waits for somebody who answers for it: {by}, who made it, may not do it any more.",
                line=line.sentence,
                by=line.cause.by,
            ).offering([adopt])
        if not paused:
            raise UserError("“{line}” is not paused.", line=line.sentence)


async def _is_paused(line: ScheduledLine) -> bool:
    return line.pause is not None
