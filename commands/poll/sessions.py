from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, Positional, RoomRef
from bot.features.poll import answers, cards, finding
from bot.reply import Counted, Reply

SHOWN = 20


class PollSessions(Command):
    """See in which sessions a poll ran, when, and how many answered."""

    level = Level.VIEWER
    reads = True
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
            return Reply("{poll} has not run yet. A moderator can launch it: `/hms poll launch`.", poll=about)
        rows = [cards.run_row(found, run, self.room) for run in runs[:SHOWN]]
        if len(runs) > SHOWN:
            return Reply("The {number} newest runs of {poll}.", number=SHOWN, poll=about).with_rows(rows)
        return Reply("{poll} ran {times}.", poll=about, times=Counted(len(runs), "time", "times")).with_rows(
            rows
        )
