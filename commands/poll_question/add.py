from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, Questions, RoomRef
from bot.features.poll import acts, drafting, finding
from bot.hms import Poll
from bot.reply import Counted, Reply


class PollQuestionAdd(Command):
    """Add a question, or several, to the end of a poll."""

    level = Level.MODERATOR
    verb = "add question"
    examples = (
        "poll-question add 'Team quiz' 'Capital of Norway?' Rome = Oslo",
        "poll-question add 'Team quiz' 'What did you like?' --room standup",
    )

    poll: Annotated[PollRef, Field(description="Its title or id")]
    questions: Annotated[
        Questions,
        Field(description="A question and what can be chosen; / begins another, + lets several, = is right"),
    ]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        facts = [Reply("{text}", text=one.text) for one in self.questions.asked]
        return Reply(
            "Add to the poll {poll}?", button="Add to the poll", facts=facts, poll=finding.ref(found)
        )

    async def run(self, ctx: Context) -> Reply:
        changed = await acts.change(ctx, self.room, self.poll, self._longer)
        return Reply(
            "{by} added {questions} to the poll {poll} of {room}.",
            by=ctx.actor.mention,
            questions=Counted(len(self.questions.asked), "question", "questions"),
            poll=finding.ref(changed),
            room=self.room,
        )

    def _longer(self, poll: Poll) -> Poll:
        last = max((one.index or 0 for one in poll.questions), default=0)
        added = [
            one.model_copy(update={"index": last + number})
            for number, one in enumerate(drafting.questions(self.questions), start=1)
        ]
        return poll.model_copy(update={"questions": (*poll.questions, *added)})
