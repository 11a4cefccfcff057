import re
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.approval.acts import with_names
from bot.reply import KeptWords, Mention, Reply, Table, Term
from bot.request.chain import ERASED, KEYED, MINTED, UNREADABLE, AuditEntry
from bot.request.request import State

MOST = 500
WHOLE = Reply("The whole log is written out at the machine: `hms-bot audit export`.")
OTHERS = {
    UNREADABLE: Term("unreadable", "state"),
    MINTED: Term("shown in secret", "state"),
    KEYED: Term("keyed", "state"),
    ERASED: Term("erased", "state"),
}
_ACTOR = re.compile(r"[UW][A-Z0-9]+(?= )")  # for whom another hand typed


class AuditTail(Command):
    """See what was asked last, and what became of it."""

    level = Level.ADMIN
    reads = True
    also = ("audit",)
    verb = "show the log"
    examples = ("audit tail", "audit tail --count 50")

    count: Annotated[int, Field(description="How many entries, at most 500")] = 20

    async def run(self, ctx: Context) -> Reply:
        entries = await ctx.audit.tail(min(max(self.count, 1), MOST))
        texts = await with_names(ctx, [entry.text or "" for entry in entries])
        hands = await with_names(ctx, [_ACTOR.sub(r"<@\g<0>>", entry.actor) for entry in entries])
        rows = zip(entries, hands, texts, strict=True)
        table = Table(
            ("When", "Who", "Request", "State", "What"), tuple(_row(*row) for row in rows), caption="The log"
        )
        said = Reply("The newest entries of the log:", table=table)
        return said + WHOLE if len(entries) == MOST else said


def _row(entry: AuditEntry, hand: str, text: str) -> tuple[object, ...]:
    what = Term("erased") if entry.text is None else KeptWords(text)
    return (entry.at, _who(entry.actor, hand), entry.request or "", _state(entry), what)


def _state(entry: AuditEntry) -> Term | str:
    """What is no request has a state of its own; one that another release wrote is said as it stands."""
    known = OTHERS | {state.value: state.said() for state in State}
    return known.get(entry.state, entry.state)


def _who(actor: str, hand: str) -> Mention | str:
    """The log names people by their ids, and in words where another hand typed for them."""
    return hand if " " in actor else Mention(actor, actor)
