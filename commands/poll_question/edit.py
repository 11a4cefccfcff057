from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, DraftQuestion, Level, PollRef, Questions, RoomRef
from bot.errors import UserError
from bot.features.poll import acts, finding
from bot.reply import Reply


class PollQuestionEdit(Command):
    """Write one question of a poll anew; the others stay as they are."""

    level = Level.MODERATOR
    verb = "edit question"
    examples = (
        "poll-question edit 'Team quiz' 2 'Capital of Norway?' Rome = Oslo",
        "poll-question edit 'Team quiz' 1 'What did you like?' --room standup",
    )

    poll: Annotated[PollRef, Field(description="Its title or id")]
    question: Annotated[int, Field(description="Which one, counted from 1")]
    questions: Annotated[
        Questions, Field(description="The question and what can be chosen; + lets several, = is right")
    ]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        draft = self._draft()
        found = await finding.find(ctx, self.room, self.poll)
        before = acts.question_of(found, self.question)
        facts = [Reply("now {text}", text=before.text), Reply("then {text}", text=draft.text)]
        return Reply(
            "Write question {number} of the poll {poll} anew?",
            button="Write it anew",
            facts=facts,
            number=self.question,
            poll=finding.ref(found),
        )

    async def run(self, ctx: Context) -> Reply:
        draft = self._draft()
        found = await acts.rewrite_question(
            ctx, self.room, self.poll, self.question, lambda was: draft.model_copy(update={"was": was.was})
        )
        return Reply(
            "{by} wrote question {number} of the poll {poll} of {room} anew.",
            by=ctx.actor.mention,
            number=self.question,
            poll=finding.ref(found),
            room=self.room,
        )

    def _draft(self) -> DraftQuestion:
        if len(self.questions.asked) != 1:
            wrong = UserError(
                "One question is written anew at a time. More are added: `/hms poll-question add`."
            )
            raise wrong.at("questions")
        return self.questions.asked[0]
