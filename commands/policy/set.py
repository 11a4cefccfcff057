from typing import Annotated, Literal

from pydantic import Field

from bot.command import Command, Context, Level, Yes
from bot.features.policy import acts
from bot.reply import Code, Reply, Term

DEFAULT = "default"


class PolicySet(Command):
    """Decide whose yes a command waits for: nobody's, one's own, a second moderator's or an admin's."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    examples = ("policy set second end-room", "policy set default room lock")

    needs: Annotated[
        Literal["none", "actor", "second", "admin", "default"], Field(description="Whose yes it takes")
    ]
    command: Annotated[str, Field(description="The command, such as end-room")]

    async def consequence(self, ctx: Context) -> Reply:
        words = acts.find(ctx, self.command)
        now = (await acts.in_force(ctx))[words]
        return Reply(
            "Let {command} wait for {whose}?",
            button="Set it to {needs}",
            facts=[Reply("now it waits for {now}", now=now.whose), Reply("for every room")],
            command=Code(f"/hms {words}"),
            whose=self._whose(),
            needs=self.needs,
        )

    async def run(self, ctx: Context) -> Reply:
        words = acts.find(ctx, self.command)
        yes = None if self.needs == DEFAULT else Yes[self.needs.upper()]
        before = await acts.set_(ctx, words, yes)
        whose = (await acts.in_force(ctx))[words].whose
        return Reply(
            "{by} let {command} wait for {whose}, was {before}.",
            by=ctx.actor.mention,
            command=Code(f"/hms {words}"),
            whose=whose,
            before=before.whose,
        )

    def _whose(self) -> Term:
        if self.needs == DEFAULT:
            return Term("whom it usually does", "waits for")
        return Yes[self.needs.upper()].whose
