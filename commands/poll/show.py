from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, Positional, RoomRef
from bot.features.poll import acts, cards, finding
from bot.reply import Reply


class PollShow(Command):
    """See what a poll asks, how it starts, and what can be done about it."""

    level = Level.VIEWER
    reads = True
    examples = ("poll show", "poll show 'Team quiz' --room standup")

    poll: Annotated[
        PollRef, Positional, Field(description="Its title or id; the newest if none is named")
    ] = PollRef()
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        await finding.shown(ctx, self.room, found)
        runs = (await acts.stands(ctx, self.room, found)).runs
        rights = await ctx.rights()
        buttons = [
            button
            for level, several in cards.acts_on(found, self.room, runs=runs).items()
            for button in several
            if rights(level, self.room.id).allowed
        ]
        return cards.said(found, runs=runs) + Reply("", buttons=buttons)
