from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, Positional, RoomRef
from bot.features.poll import acts, answers, cards, finding
from bot.reply import Button, Counted, Invocation, Reply


class PollSessions(Command):
    """See in which sessions a poll ran, when, and how many answered."""

    level = Level.VIEWER
    reads = True
    verb = "list sessions of a poll"
    examples = ("poll sessions", "poll sessions 'Team quiz' --session 6501a9f0b2d4e5f60123000f")

    poll: Annotated[
        PollRef, Positional, Field(description="Its title or id; the newest if none is named")
    ] = PollRef()
    room: RoomRef
    session: Annotated[str, Field(description="Only this session, by its id")] = ""

    async def run(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        await finding.shown(ctx, self.room, found)
        runs = await answers.runs(ctx, found, self.session)
        about = finding.ref(found)
        if not runs:
            return cards.not_run(await acts.stands(ctx, self.room, found), found, self.room)
        one = Button("Results of one…", Invocation("poll results", poll=about, room=self.room), form=True)
        said = Reply("{poll} ran {times}.", poll=about, times=Counted(len(runs), "time", "times"))
        return said.listing([cards.run_row(found, run, self.room) for run in runs], cards.runs(runs), one)
