from typing import Annotated, Self

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Names, Option, Questions, RoomRef, Shorthand
from bot.errors import UserError
from bot.features.poll import acts, cards, drafting, finding
from bot.hms import Poll
from bot.reply import Button, Code, Counted, Invocation, Reply


class PollCreate(Command):
    """Make a poll, or a quiz with right answers: in one line, or in a form with several questions."""

    level = Level.MODERATOR
    verb = "make poll"
    examples = (
        'poll create "Ready?" Yes No --for 60s',
        'poll create "Capital of France?" Lyon = Paris / "In the north?" + = Oslo Rome = Riga --anon',
    )

    questions: Annotated[
        Questions,
        Field(description="A question and what can be chosen; / begins another, + lets several, = is right"),
    ]
    title: Annotated[str, Field(description="What it is called; its first question if nothing is said")] = ""
    length: Annotated[
        Duration | None,
        Option("for"),
        Field(title="Runs for", description="How long it runs; else until the session ends"),
    ] = None
    quiz: Annotated[bool, Field(description="A quiz, in which answers are right or wrong")] = False
    anon: Annotated[bool, Field(title="Anonymous", description="Nobody learns who answered what")] = False
    by_host: Annotated[
        bool, Field(title="Started by a host", description="A host starts it in the app, and not the session")
    ] = False
    launch: Annotated[bool, Field(description="Link it to the room at once")] = False
    room: RoomRef
    multi: Annotated[
        bool, Shorthand, Field(title="Several answers", description="Several options may be chosen")
    ] = False
    answer: Annotated[
        tuple[str, ...], Shorthand, Field(description="Which option is right: its number, or its words")
    ] = ()

    async def pin(self, names: Names) -> Self:
        """What is said shortly goes into the questions, where the form has it."""
        exact = await super().pin(names)
        asked = drafting.several(exact.questions) if exact.multi else exact.questions
        asked = drafting.judged(asked, exact.answer)
        quiz = exact.quiz or asked.judged
        if quiz and not asked.judged:
            raise UserError(
                "A quiz needs to know what is right. Write a = before it, as in {example}, or name it behind "
                "{option}.",
                example=Code("3 = 4 5"),
                option=Code("--answer"),
            ).at("questions")
        return exact.model_copy(update={"questions": asked, "quiz": quiz, "multi": False, "answer": ()})

    async def consequence(self, ctx: Context) -> Reply:
        made = self._poll()
        facts = [
            Reply("{questions}", questions=Counted(len(made.questions), "question", "questions")),
            *cards.asks(made),
            Reply("linked to the room at once")
            if self.launch
            else Reply("nobody sees it before it is launched"),
        ]
        return Reply(
            "Make the poll {poll} for {room}?",
            button="Make it",
            facts=facts,
            poll=finding.ref(made),
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        asked = self._poll()
        made = await acts.make(ctx, self.room, asked)
        by, room = ctx.actor.mention, self.room
        if not self.launch:
            buttons = [
                Button("Launch it", Invocation("poll launch", poll=made, room=room), once=True),
                Button("Edit…", Invocation("poll edit", poll=made, room=room), form=True),
            ]
            return Reply(
                "{by} made the poll {poll} for {room}. Nobody sees it before it is launched.",
                by=by,
                poll=made,
                room=room,
                buttons=buttons,
            )
        poll = asked.model_copy(update={"id": made.id})
        launched = await acts.launch(ctx, room, poll)
        said = Reply("{by} made the poll {poll} and linked it to {room}.", by=by, poll=made, room=room)
        results = Reply("", buttons=[cards.results(poll, room)])
        return said + cards.starts(launched, poll, room) + cards.lost(launched.linked, room) + results

    def _poll(self) -> Poll:
        questions = drafting.questions(self.questions)
        return Poll(
            title=self.title or next((one.text for one in questions), ""),
            duration=int(self.length.total_seconds()) if self.length else 0,
            anonymous=self.anon,
            type="quiz" if self.quiz else "poll",
            start="manual" if self.by_host else "auto",
            questions=questions,
        )
