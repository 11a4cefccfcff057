from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from bot.command import Ambiguous, Command, Context, Level, Positional, RoomRef
from bot.errors import UserError
from bot.features.room import channels
from bot.features.schedule import acts, asking, cards, door, finding
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
        meant = await self._meant(ctx)
        if isinstance(meant, ScheduledLine):
            return Reply("Let “{line}” come again?", button="Resume it", line=meant.sentence)
        then = meant.but(resumed(meant.rule, meant.exceptions, ctx.now))
        facts = [await acts.becomes_of_door(ctx, then, await ctx.hms.rooms.retrieve(self.room.id))]
        return Reply(
            "Let the hours of {room} count again?", button="Resume them", facts=facts, room=self.room
        )

    async def run(self, ctx: Context) -> Reply:
        seen = await ctx.first_seen("see pause", self.room.id, lambda: self._seen(ctx))
        said = await (self._resume_line(ctx, seen) if "line" in seen else self._resume_hours(ctx, seen))
        return await channels.tell(ctx, self.room, said)

    async def _resume_line(self, ctx: Context, seen: dict[str, str]) -> Reply:
        about: dict[str, Any] = {"line": seen["line"], **self._about(ctx, seen)}
        if seen["missed"]:
            await asking.remove(ctx, seen["number"])
            return Reply(
                "“{line}” was due in {room}, {at}, while it was paused: it is removed (#{number}).",
                at=datetime.fromisoformat(seen["missed"]),
                **about,
            )
        line = await finding.line_of(ctx, self.room, int(seen["number"]))
        if line is None:
            raise asking.unknown(self.room, int(seen["number"]))
        at = (await asking.resume(ctx, line)).next(ctx.now)
        said = Reply("{by} resumed “{line}” in {room} (#{number}).", **about)
        return said + Reply("It comes next {at}.", at=at) if at else said

    async def _resume_hours(self, ctx: Context, seen: dict[str, str]) -> Reply:
        window, since = await finding.chosen(ctx, self.room, int(seen["number"])), ctx.cause.since
        changed = await acts.change(ctx, window, lambda held: resumed(held.rule, held.exceptions, since))
        await door.apply(ctx, changed, changed.but(changed.exceptions.pausing(since)))
        said = Reply("{by} resumed the hours of {room} (#{number}).", **self._about(ctx, seen))
        return said + await door.now_stands(ctx, changed)

    def _about(self, ctx: Context, seen: dict[str, str]) -> dict[str, Any]:
        return {"by": ctx.actor.mention, "room": self.room, "number": seen["number"]}

    async def _seen(self, ctx: Context) -> dict[str, str]:
        """What is paused, also for who is cut off when that is over; UserError where it is not."""
        meant = await self._meant(ctx)
        if isinstance(meant, ScheduledLine):
            missed = meant.at.isoformat() if meant.at and meant.is_missed(ctx.now) else ""
            return {"number": meant.id, "line": meant.sentence, "missed": missed}
        return {"number": meant.id}

    async def _meant(self, ctx: Context) -> Window | ScheduledLine:
        """What is paused; UserError where it is not."""
        meant = await finding.meant(ctx, self.room, self.number)
        if isinstance(meant, ScheduledLine):
            self._check(meant)
        elif not cards.is_paused(meant, ctx.now):
            raise UserError("The hours of {room} are not paused.", room=self.room)
        return meant

    def _check(self, line: ScheduledLine) -> None:
        """Raise UserError where nobody paused it, or it waits for more than that."""
        if line.paused:
            adopt = Button("Answer for it", Invocation("schedule adopt", number=int(line.id), room=self.room))
            raise Ambiguous(
                "“{line}” waits for somebody who answers for it: {by}, who made it, may not do it any more.",
                line=line.sentence,
                by=line.cause.by,
            ).offering([adopt])
        if line.pause is None:
            raise UserError("“{line}” is not paused.", line=line.sentence)
