"""Reads, dry runs and lines that say nothing: answered privately, with nothing written but refusals."""

from bot.access import ANYWHERE
from bot.command import Incomplete, Line, Unreadable, read, suggest
from bot.command.ports import Road
from bot.dispatch.considering import pinned
from bot.dispatch.context import context
from bot.dispatch.offering import Offering
from bot.dispatch.parts import Parts
from bot.errors import UserError
from bot.people import Actor, Level
from bot.reply import Invocation, Reply
from bot.request.request import Origin, State


class Looking:
    """Answers what needs no request."""

    def __init__(self, parts: Parts, offering: Offering, road: Road) -> None:
        self._parts = parts
        self._offering = offering
        self._road = road

    def line(self, said: str | Invocation) -> Line:
        """A typed line, or an invocation (a form's, a button's) as it is asked for now.

        Raises Unreadable for a line that is no command.
        """
        registry = self._parts.registry
        return read(registry, said) if isinstance(said, str) else Line.of(registry, registry.load(said))

    async def answer(self, said: str | Invocation, who: str, origin: Origin) -> None:
        """Answer what asks for no act: a read, a dry run, or a line that is no command."""
        try:
            line = self.line(said)
        except Unreadable as wrong:
            await self._misread(wrong, who, origin)
        else:
            await self.look(line, who, origin)

    async def look(self, line: Line, who: str, origin: Origin) -> None:
        """Run a read, or say what an act would do."""
        actor = await self._parts.voice.actor(who)
        ctx = context(self._parts, self._road, actor, origin)
        try:
            command = await pinned(ctx, line.command)
        except Incomplete as lacking:
            await self.fill_in(lacking, who, origin)
            return
        except UserError as refusal:
            await self._record(actor, origin, State.REFUSED, f"{line.sentence}: {refusal}")
            raise
        if line.reads:
            reply = await command.run(ctx)
        else:
            reply = await command.consequence(ctx) + Reply("This was a dry run: nothing was done.")
        await self._offering.tell(origin, who, reply, public=line.here)

    async def _misread(self, wrong: Unreadable, who: str, origin: Origin) -> None:
        """Answer a line that is no command: with its filled form, or the nearest one this person may run."""
        actor = await self._parts.voice.actor(who)
        # People paste keys: of what could not be read only its first word and its length are kept.
        await self._record(actor, origin, "unreadable", f"{wrong.word} ({wrong.length} characters)")
        level = await self._level(actor, origin)
        if isinstance(wrong, Incomplete) and level >= self._parts.registry.commands[wrong.words].level:
            await self.fill_in(wrong, who, origin)
            return
        near = suggest(self._parts.registry, wrong.tried, lambda command: command.level <= level)
        await self._offering.tell(origin, who, Reply.of(wrong) + near, failed=True)

    async def fill_in(self, lacking: Incomplete, who: str, origin: Origin) -> None:
        """Open the form of a command that lacks something, filled with what was said."""
        words, given, problem = lacking.words, lacking.given, Reply.of(lacking)
        await self._parts.voice.form(origin, who, origin.trigger, words, given, problem)

    async def _level(self, actor: Actor, origin: Origin) -> Level:
        verdict = await self._parts.access.may(actor, Level.ANYBODY, room=ANYWHERE, channel=origin.channel)
        return verdict.level

    async def _record(self, actor: Actor, origin: Origin, state: str, text: str) -> None:
        async with self._parts.db.write() as tx:
            await self._parts.audit.add(tx, actor, origin.door, state, text)
