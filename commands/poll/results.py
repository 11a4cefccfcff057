from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, Option, PollRef, Positional, RoomRef
from bot.features.poll import acts, answers, cards, charts, finding
from bot.features.poll.answers import Answered, Narrowed
from bot.reply import Button, Invocation, Reply


class PollResults(Command):
    """See what was answered to a poll as a chart, and who got how much in a quiz."""

    level = Level.VIEWER
    reads = True
    verb = "show results"
    examples = ("poll results", "poll results 'Team quiz' --question 2 --csv")

    poll: Annotated[
        PollRef, Positional, Field(description="Its title or id; the newest if none is named")
    ] = PollRef()
    room: RoomRef
    session: Annotated[
        str, Field(description="In this session, by its id; in the newest if none is named")
    ] = ""
    every: Annotated[bool, Option("all"), Field(description="In all sessions together")] = False
    question: Annotated[int | None, Field(description="Only this question, counted from 1")] = None
    result: Annotated[str, Field(description="Only what one answer was worth, by the id of its result")] = ""
    csv: Annotated[bool, Field(title="As CSV", description="With the counts as a file for a spreadsheet")] = (
        False
    )

    async def run(self, ctx: Context) -> Reply:
        which = Narrowed(self.session, self.every, self.question)
        if self.result:
            one = await answers.score(ctx, self.room, self.poll, which, self.result)
            return Reply("One answer to {poll}.", poll=finding.ref(one.poll)) + charts.scores(one)
        found = await answers.results(ctx, self.room, self.poll, which)
        await finding.shown(ctx, self.room, found.poll)
        if found.run is None and not self.every:
            return cards.not_run(await acts.stands(ctx, self.room, found.poll), found.poll, self.room)
        tallies = answers.tallies(found, self.question)
        quiz = found.poll.type == "quiz"
        said = charts.head(found)
        for tally in tallies:
            said += charts.question(tally, quiz=quiz)
        if quiz:
            said += charts.scores(found)
        file = charts.tallied(found, tallies) if self.csv else None
        return said + Reply("", poll=finding.ref(found.poll), file=file, buttons=self._buttons(found))

    def _buttons(self, found: Answered) -> list[Button]:
        again = self.model_copy(update={"poll": finding.ref(found.poll), "csv": False})
        file = again.model_copy(update={"csv": True})
        about: dict[str, Any] = {"poll": finding.ref(found.poll), "room": self.room, "session": self.session}
        single = Invocation("poll responses", every=self.every, question=self.question, **about)
        buttons = [Button("Refresh", Invocation("poll results", **dict(again)), alone=True)]
        if not self.csv:
            buttons.append(Button("As a file (CSV)", Invocation("poll results", **dict(file))))
        return [*buttons, Button("Single answers", single)]
