from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, RoomRef
from bot.features.poll import acts, finding
from bot.reply import Reply


class PollOptionRemove(Command):
    """Take something that can be chosen out of a poll; what stands behind it moves up."""

    level = Level.MODERATOR
    verb = "take option out"
    examples = ("poll-option remove 'Team quiz' 2 1", "poll-option remove 'Team quiz' 1 3 --room standup")

    poll: Annotated[PollRef, Field(description="Its title or id")]
    question: Annotated[int, Field(description="Of which question, counted from 1")]
    option: Annotated[int, Field(description="Which option, counted from 1")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        before = acts.option_of(found, self.question, self.option)
        facts = [Reply("{text}", text=before.text), Reply("those behind it move up")]
        return Reply(
            "Take option {option} of question {number} out of the poll {poll}?",
            button="Take it out",
            facts=facts,
            option=self.option,
            number=self.question,
            poll=finding.ref(found),
        )

    async def run(self, ctx: Context) -> Reply:
        found = await acts.delete_option(ctx, self.room, self.poll, (self.question, self.option))
        return Reply(
            "{by} took option {option} of question {number} out of the poll {poll} of {room}. "
            "Those behind it moved up.",
            by=ctx.actor.mention,
            option=self.option,
            number=self.question,
            poll=finding.ref(found),
            room=self.room,
        )
