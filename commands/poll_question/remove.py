from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, RoomRef
from bot.features.poll import acts, finding
from bot.reply import Reply


class PollQuestionRemove(Command):
    """Take a question out of a poll; those behind it move up."""

    level = Level.MODERATOR
    verb = "take question out"
    examples = ("poll-question remove 'Team quiz' 2", "poll-question remove 'Team quiz' 1 --room standup")

    poll: Annotated[PollRef, Field(description="Its title or id")]
    question: Annotated[int, Field(description="Which one, counted from 1")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        before = acts.question_of(found, self.question)
        facts = [Reply("{text}", text=before.text), Reply("those behind it move up")]
        return Reply(
            "Take question {number} out of the poll {poll}?",
            button="Take it out",
            facts=facts,
            number=self.question,
            poll=finding.ref(found),
        )

    async def run(self, ctx: Context) -> Reply:
        found = await acts.delete_question(ctx, self.room, self.poll, self.question)
        return Reply(
            "{by} took question {number} out of the poll {poll} of {room}. Those behind it moved up.",
            by=ctx.actor.mention,
            number=self.question,
            poll=finding.ref(found),
            room=self.room,
        )
