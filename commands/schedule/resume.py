from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.errors import UserError
from bot.features.schedule import acts, cards, door
from bot.features.schedule.rule import resumed
from bot.reply import Reply


class ScheduleResume(Command):
    """Let the hours of a room count again, from now on."""

    level = Level.MODERATOR
    verb = "resume the hours"
    examples = ("schedule resume", "schedule resume 12")

    number: Annotated[
        int | None, Positional, Field(description="Which hours, by their number, if there are several")
    ] = None
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        return Reply("Let the hours of {room} count again?", button="Resume them", room=self.room)

    async def run(self, ctx: Context) -> Reply:
        window = await acts.chosen(ctx, self.room, self.number)
        since = ctx.cause.since
        if not cards.is_paused(window, since) and not window.exceptions.resuming(since).pauses:
            raise UserError("The hours of {room} are not paused.", room=self.room)
        changed = await acts.change(ctx, window, lambda held: resumed(held.rule, held.exceptions, since))
        await door.apply(ctx, changed)
        said = Reply(
            "{by} resumed the hours of {room} (#{number}).",
            by=ctx.actor.mention,
            room=self.room,
            number=window.id,
        )
        return said + cards.stands(changed, ctx.now)
