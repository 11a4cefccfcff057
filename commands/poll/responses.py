from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Option, PollRef, Positional, RoomRef
from bot.features.poll import answers, charts, finding
from bot.features.poll.answers import Answered, Narrowed
from bot.reply import Button, Counted, Invocation, Reply, on_page

SHOWN = 50


class PollResponses(Command):
    """See each answer to a poll, and who gave it where the poll is not anonymous."""

    level = Level.VIEWER
    reads = True
    verb = "list responses"
    examples = ("poll responses", "poll responses 'Team quiz' --question 2 --csv")

    poll: Annotated[
        PollRef, Positional, Field(description="Its title or id; the newest if none is named")
    ] = PollRef()
    room: RoomRef
    session: Annotated[
        str, Field(description="In this session, by its id; in the newest if none is named")
    ] = ""
    every: Annotated[bool, Option("all"), Field(description="In all sessions together")] = False
    question: Annotated[int | None, Field(description="Only to this question, counted from 1")] = None
    response: Annotated[str, Field(description="Only this answer, by its id")] = ""
    csv: Annotated[
        bool, Field(title="As CSV", description="With all of them as a file for a spreadsheet")
    ] = False
    page: Annotated[int, Field(description="Which fifty of them, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        which = Narrowed(self.session, self.every, self.question)
        if self.response:
            found = await answers.response(ctx, self.room, self.poll, which, self.response)
        else:
            found = await answers.responses(ctx, self.room, self.poll, which)
        await finding.shown(ctx, self.room, found.poll)
        about = finding.ref(found.poll)
        if not found.given:
            return Reply("Nobody has answered {poll} yet.", poll=about)
        shown = on_page(self.page, SHOWN, len(found.given))
        table = charts.answers(found.poll, found.given[shown])
        several = Counted(len(found.given), "answer", "answers")
        said = Reply(
            "{answers} to {poll}.",
            answers=several,
            poll=about,
            table=table,
            file=charts.listed(found) if self.csv else None,
            buttons=self._buttons(found, more=shown.stop < len(found.given)),
        )
        return said + _promise(found)

    def _buttons(self, found: Answered, *, more: bool) -> list[Button]:
        again = self.model_copy(update={"poll": finding.ref(found.poll), "csv": False})
        following = again.model_copy(update={"page": self.page + 1})
        file = again.model_copy(update={"csv": True})
        buttons = [Button("Refresh", Invocation("poll responses", **dict(again)), alone=True)]
        if more:
            buttons.append(Button("More answers", Invocation("poll responses", **dict(following))))
        if not self.csv:
            buttons.append(Button("As a file (CSV)", Invocation("poll responses", **dict(file))))
        return buttons


def _promise(found: Answered) -> Reply:
    if not found.poll.anonymous:
        return Reply("")
    return Reply("It is anonymous: who answered what, and in which order, nobody learns.")
