from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from bot.command import Carried, Command, Context, Duration, Level, Option, PollRef, Questions, RoomRef
from bot.errors import UserError
from bot.features.poll import acts, cards, editing, finding
from bot.features.room import wanting
from bot.hms import Poll
from bot.reply import Reply


class PollEdit(Command):
    """Change a poll: its questions and options in a form, its title, its length, who starts it."""

    level = Level.MODERATOR
    examples = ("poll edit 'Team quiz' --title 'Friday quiz'", "poll edit 'Team quiz' --for 2m --by-host")

    poll: Annotated[PollRef, Field(description="Its title or id")]
    questions: Annotated[
        Questions | None, Field(description="All of its questions anew; left empty, they stay as they are")
    ] = None
    title: Annotated[str, Field(description="What it is called")] = ""
    length: Annotated[
        Duration | None, Option("for"), Field(title="Runs for", description="How long it runs")
    ] = None
    quiz: Annotated[bool | None, Field(description="Whether answers are right or wrong")] = None
    anon: Annotated[
        bool | None, Field(title="Anonymous", description="Whether nobody learns who answered what")
    ] = None
    by_host: Annotated[
        bool | None, Field(title="Started by a host", description="Whether a host starts it in the app")
    ] = None
    room: RoomRef
    seen: Annotated[str, Carried] = ""
    asked: Annotated[str, Carried] = ""

    async def holding(self, ctx: Context) -> dict[str, Any]:
        return editing.holding(await finding.find(ctx, self.room, self.poll))

    def unsaid(self) -> UserError | None:
        said = self.model_dump(exclude={"poll", "questions", "room", "seen", "asked"}, exclude_defaults=True)
        return None if said or self._anew else UserError("Say at least one of these.").at("questions")

    async def consequence(self, ctx: Context) -> Reply:
        found = await self._checked(ctx)
        runs = await finding.running(ctx, found.id)
        facts = self._changes(found)
        if not facts:
            raise wanting.nothing()
        facts += editing.since(self, found)
        if runs:
            facts.append(Reply("it runs now: what was answered stays as it was answered"))
        return Reply("Change the poll {poll}?", button="Change it", facts=facts, poll=finding.ref(found))

    async def run(self, ctx: Context) -> Reply:
        before = await self._checked(ctx)
        changed = await acts.change(ctx, self.room, self.poll, self._edited)
        said = Reply(
            "{by} changed the poll {poll} of {room}.",
            by=ctx.actor.mention,
            poll=finding.ref(changed),
            room=self.room,
            buttons=[cards.results(changed, self.room)],
        )
        return said.with_facts([*self._changes(before), *editing.since(self, before)])

    @property
    def _anew(self) -> Questions | None:
        """The questions that somebody wrote; a form that leaves them empty has none."""
        return self.questions if self.questions and self.questions.asked else None

    async def _checked(self, ctx: Context) -> Poll:
        """The poll as it is; UserError where nothing is to be changed, or a promise would be broken."""
        unsaid = self.unsaid()
        if unsaid:
            raise unsaid
        found = await finding.find(ctx, self.room, self.poll)
        if self.anon is False and await acts.named_before(ctx, found):
            raise UserError(
                "{poll} ran as an anonymous poll, and stays one: whoever answered was told that nobody would "
                "know. Make a copy with names: `/hms poll copy`.",
                poll=finding.ref(found),
            ).at("anon")
        return found

    def _edited(self, poll: Poll) -> Poll:
        return editing.edited(self, poll)

    def _changes(self, poll: Poll) -> list[Reply]:
        after = self._edited(poll)
        facts = []
        if after.title != poll.title:
            facts.append(Reply("called {title} from now on", title=finding.ref(after)))
        if after.questions != poll.questions:
            facts.append(Reply("its questions are written anew"))
        if after.duration != poll.duration:
            facts.append(Reply("runs for {length}", length=timedelta(seconds=after.duration)))
        if after.type != poll.type:
            facts.append(Reply("a quiz") if after.type == "quiz" else Reply("no quiz"))
        if after.anonymous != poll.anonymous:
            facts.append(Reply("anonymous") if after.anonymous else Reply("with names"))
        if after.start != poll.start:
            by_host = after.start == "manual"
            facts.append(Reply("a host starts it") if by_host else Reply("the session starts it"))
        return facts
