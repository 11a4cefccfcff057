from enum import StrEnum, auto
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Yes
from bot.features.policy import acts
from bot.reply import Code, Reply, Term


class Needs(StrEnum):
    """Whose yes a command is to wait for, as it is typed; ``also`` as others write it."""

    NONE = auto()
    ACTOR = auto()
    SECOND = auto()
    ADMIN = auto()
    DEFAULT = auto()

    @property
    def yes(self) -> Yes | None:
        """Whose it is; None leaves it to the command."""
        return None if self is Needs.DEFAULT else Yes[self.name]

    @property
    def term(self) -> Term:
        """The same as ``policy show`` has it."""
        return Term("whom it usually does", "waits for") if self.yes is None else self.yes.whose

    @property
    def also(self) -> tuple[str, ...]:
        """What else people write for it."""
        return ALSO[self]


ALSO = {
    Needs.NONE: ("nobody",),
    Needs.ACTOR: ("asker", "self", "c"),
    Needs.SECOND: ("moderator", "2p"),
    Needs.ADMIN: ("2a",),
    Needs.DEFAULT: ("usual",),
}


class PolicySet(Command):
    """Decide whose yes a command waits for: nobody's, one's own, a second moderator's or an admin's."""

    level = Level.ADMIN
    yes = Yes.ADMIN
    examples = ("policy set second end-room", "policy set room lock default")

    needs: Annotated[Needs, Field(title="Waits for", description="Whose yes it takes")]
    command: Annotated[str, Field(description="The command, such as end-room")]

    async def consequence(self, ctx: Context) -> Reply:
        words = acts.find(ctx, self.command)
        now = (await acts.in_force(ctx))[words]
        return Reply(
            "Let {command} wait for {whose}?",
            button="Let it wait so",
            facts=[Reply("now it waits for {now}", now=now.whose), Reply("for every room")],
            command=Code(f"/hms {words}"),
            whose=self.needs.term,
        )

    async def run(self, ctx: Context) -> Reply:
        words = acts.find(ctx, self.command)
        before = await acts.set_(ctx, words, self.needs.yes)
        whose = (await acts.in_force(ctx))[words].whose
        return Reply(
            "{by} let {command} wait for {whose}, was {before}.",
            by=ctx.actor.mention,
            command=Code(f"/hms {words}"),
            whose=whose,
            before=before.whose,
        )
