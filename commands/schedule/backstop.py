from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, RoomRef, Yes
from bot.errors import UserError
from bot.features.schedule import backstop, finding
from bot.reply import Button, Reply, Undo


class ScheduleBackstop(Command):
    """Let 100ms itself end a session that outlasts the hours of its room, also while hms-bot is not there."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    verb = "set a backstop"
    examples = ("schedule backstop", "schedule backstop --after 3h")

    room: RoomRef
    after: Annotated[
        Duration | None, Field(description="How long a session may last, if not an hour more than its hours")
    ] = None

    async def consequence(self, ctx: Context) -> Reply:
        after = await self._after(ctx)
        there = await ctx.hms.rooms.retrieve(self.room.id)
        if backstop.set_in(there) == after:
            raise UserError(
                "100ms ends a session in {room} after {after} already, so nothing was changed.",
                room=self.room,
                after=after,
            )
        return Reply(
            "Let 100ms end a session in {room}?",
            button="Let 100ms end it",
            facts=[*backstop.facts(after, there), Reply("for sessions that begin from now on")],
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        after = await self._after(ctx)
        before = await backstop.put(ctx, self.room, after)
        said = Reply(
            "{by} let 100ms end a session in {room} that lasts {after}, also while I am not there.",
            by=ctx.actor.mention,
            room=self.room,
            after=after,
            undo=self._undo(before),
        )
        return said + Reply("That was {before}.", before=before) if before else said

    def _undo(self, before: timedelta | None) -> Button:
        """100ms takes no such limit away: what it does for every room is the longest it takes."""
        back = before or backstop.LONGEST
        return Undo(
            Reply("Set it back to {back}", back=back), "schedule backstop", room=self.room, after=back
        )

    async def _after(self, ctx: Context) -> timedelta:
        """How long a session may last; UserError for what 100ms does not take."""
        if self.after is None:
            return backstop.beyond(await finding.some(ctx, self.room))
        if backstop.SHORTEST <= self.after <= backstop.LONGEST:
            return self.after
        raise UserError(
            "100ms takes {least} to {most}, so {after} was not set.",
            least=backstop.SHORTEST,
            most=backstop.LONGEST,
            after=self.after,
        ).at("after")
