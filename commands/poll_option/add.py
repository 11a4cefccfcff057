from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, DraftQuestion, Level, PollRef, RoomRef
from bot.command.drafts import DraftOption
from bot.features.poll import acts, finding
from bot.reply import Reply


class PollOptionAdd(Command):
    """Add something to choose to a question of a poll."""

    level = Level.MODERATOR
    verb = "add option"
    examples = (
        "poll-option add 'Team quiz' 2 Madrid",
        "poll-option add 'Team quiz' 1 'All of them' --right --room standup",
    )

    poll: Annotated[PollRef, Field(description="Its title or id")]
    question: Annotated[int, Field(description="Of which question, counted from 1")]
    text: Annotated[str, Field(description="What can be chosen")]
    right: Annotated[bool, Field(description="It is right")] = False
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        before = acts.question_of(found, self.question)
        facts = [Reply("{question}", question=before.text), Reply("then also {text}", text=self.text)]
        return Reply(
            "Add an option to question {number} of the poll {poll}?",
            button="Add it",
            facts=facts,
            number=self.question,
            poll=finding.ref(found),
        )

    async def run(self, ctx: Context) -> Reply:
        found = await acts.rewrite_question(ctx, self.room, self.poll, self.question, self._longer)
        return Reply(
            "{by} added “{text}” to question {number} of the poll {poll} of {room}.",
            by=ctx.actor.mention,
            text=self.text,
            number=self.question,
            poll=finding.ref(found),
            room=self.room,
        )

    def _longer(self, before: DraftQuestion) -> DraftQuestion:
        """With the option behind the others; one that is there already is not there twice."""
        others = [one for one in before.options if one.text != self.text]
        key = max((one.key for one in before.options), default=0) + 1
        added = DraftOption(key=key, text=self.text, right=self.right)
        way = "one" if before.way == "words" else before.way
        return before.model_copy(update={"options": (*others, added), "way": way})
