from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Reason, Registry, UserRef
from bot.errors import UserError
from bot.people import UNKNOWN
from bot.reply import Code, Reply


class Can(Command):
    """Find out whether somebody may run a command, and why."""

    level = Level.ANYBODY
    reads = True
    verb = "find out"
    examples = ("can @max end-room", "can @vi room lock")

    user: UserRef
    command: Annotated[Reason, Field(description="The command, such as room lock")]

    async def check(self, ctx: Context) -> None:
        self._found(ctx)

    async def run(self, ctx: Context) -> Reply:
        words, command = self._found(ctx)
        somebody = await ctx.member(self.user.id)
        here = await ctx.names.room_here()
        room = here.id if here else ""
        verdict = await ctx.access.may(somebody, command.level, room=room, channel=ctx.origin.channel)
        line = Code(f"/hms {words}")
        if somebody.barred and somebody.barred != UNKNOWN:
            return Reply(
                "No: {user} is {kind}, and only full members of this workspace may use /hms.",
                user=self.user,
                kind=somebody.barred,
            )
        if verdict.allowed:
            return Reply("Yes, {user} can run {command} here.", user=self.user, command=line) + verdict.why
        return Reply("No, {user} cannot run {command} here.", user=self.user, command=line) + verdict.why

    def _found(self, ctx: Context) -> tuple[str, type[Command]]:
        found = ctx[Registry].find(self.command)
        if found is None:
            raise UserError(
                "There is no command {typed}. See which there are: /hms help.", typed=Code(self.command)
            ).at("command")
        return found
