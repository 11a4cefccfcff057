from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, PollRef, RoomRef
from bot.features.poll import acts, finding
from bot.reply import Reply


class PollOptionEdit(Command):
    """Write another text for something that can be chosen in a poll."""

    level = Level.MODERATOR
    verb = "edit option"
    examples = (
        "poll-option edit 'Team quiz' 2 1 Madrid",
        "poll-option edit 'Team quiz' 1 3 'All of them' --room standup",
    )

    poll: Annotated[PollRef, Field(description="Its title or id")]
    question: Annotated[int, Field(description="Of which question, counted from 1")]
    option: Annotated[int, Field(description="Which option, counted from 1")]
    text: Annotated[str, Field(description="What can be chosen from now on")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await finding.find(ctx, self.room, self.poll)
        before = acts.option_of(found, self.question, self.option)
        facts = [Reply("now {text}", text=before.text), Reply("then {text}", text=self.text)]
        return Reply(
            "Write option {option} of question {number} of the poll {poll} anew?",
            button="Write it anew",
            facts=facts,
            option=self.option,
            number=self.question,
            poll=finding.ref(found),
        )

    async def run(self, ctx: Context) -> Reply:
        place = (self.question, self.option)
        found = await acts.rewrite_option(ctx, self.room, self.poll, place, self.text)
        return Reply(
            "{by} wrote “{text}” for option {option} of question {number} of the poll {poll} of {room}.",
            by=ctx.actor.mention,
            text=self.text,
            option=self.option,
            number=self.question,
            poll=finding.ref(found),
            room=self.room,
        )
