from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.reply import Mention, Reply, Table, Term
from bot.request.chain import ERASED, KEYED, AuditEntry
from bot.request.request import State

MOST = 100
OTHERS = {
    "unreadable": Term("unreadable", "state"),
    KEYED: Term("keyed", "state"),
    ERASED: Term("erased", "state"),
}


class AuditTail(Command):
    """See what was asked last, and what became of it."""

    level = Level.ADMIN
    reads = True
    also = ("audit",)
    examples = ("audit tail", "audit tail --count 50")

    count: Annotated[int, Field(description="How many entries, at most 100")] = 20

    async def run(self, ctx: Context) -> Reply:
        entries = await ctx.audit.tail(min(max(self.count, 1), MOST))
        table = Table(("When", "Who", "Request", "State", "What"), tuple(map(_row, entries)))
        return Reply("The newest entries of the log:", table=table)


def _row(entry: AuditEntry) -> tuple[object, ...]:
    what = Term("erased") if entry.text is None else entry.text
    return (entry.at, _who(entry.actor), entry.request or "", _state(entry), what)


def _state(entry: AuditEntry) -> Term:
    """What is no request has a state of its own."""
    return OTHERS.get(entry.state) or State(entry.state).said()


def _who(actor: str) -> Mention | str:
    """The log names people by their ids, and in words where another hand typed for them."""
    return actor if " " in actor else Mention(actor, actor)
