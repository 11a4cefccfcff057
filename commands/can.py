from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Registry, Sentence, UserRef
from bot.errors import UserError
from bot.reply import Code, Reply


class Can(Command):
    """Find out whether somebody may run a command, and why."""

    level = Level.ANYBODY
    reads = True
    verb = "find out"
    examples = ("can @max end-room", "can @vi room lock")

    user: UserRef
    command: Annotated[str, Sentence, Field(description="The command, such as room lock")]

    async def check(self, ctx: Context) -> None:
        self._found(ctx)

    async def run(self, ctx: Context) -> Reply:
        words, command = self._found(ctx)
        somebody = await ctx.member(self.user.id)
        here = await ctx.names.room_here()
        room = here.id if here else ""
        verdict = await ctx.access.may(somebody, command.level, room=room, channel=ctx.origin.channel)
        line = Code(f"/hms {words}")
        if verdict.allowed:
            said = Reply("Yes, {user} can run {command} here.", user=self.user, command=line)
        else:
            said = Reply("No, {user} cannot run {command} here.", user=self.user, command=line)
        return said + verdict.about

    def _found(self, ctx: Context) -> tuple[str, type[Command]]:
        found = ctx[Registry].find(self.command)
        if found is None:
            raise UserError(
                "There is no command {typed}. See which there are: `/hms help`.", typed=Code(self.command)
            ).at("command")
        return found
