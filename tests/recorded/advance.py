"""The table of ``advance``: state and fact → state, effects, what is written down, what else has changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from textwrap import fill
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch.cards import Cards
from bot.dispatch.ledger import Ledger
from bot.dispatch.parts import Parts
from bot.people import Actor, Yes
from bot.reply import Invocation, Plain, Reply
from bot.request.advance import advance
from bot.request.audit import audit
from bot.request.facts import Decider, FollowUp, Tell, Wait
from bot.request.request import Origin, Request
from tests.chat import opened
from tests.recorded.facts import befores, brought

HEAD = """\
advance: state and fact → state, effects, what is written down, what else has changed.

Mo asked at 12:00, it is now 12:01, and what waits does so until 12:10. Mo, Max and Nia are moderators, Nia
only since 12:01; Gia is one, and since when is not known; Ada is an admin, Vi a viewer. ACTOR, SECOND and
ADMIN are whose yes it waits for, and what the policy asks for now. States in which all ends alike stand
together.
"""
COLUMNS = "  {:34} {:28} {:11} {:26} {}"
WIDTH = 118


async def table(database_url: str) -> str:
    """The whole table as it is now."""
    alike: dict[str, list[str]] = {}
    async with opened(database_url) as chat, chat.bot.db.write() as tx:
        trail = Trail(chat.bot.parts, tx)
        for words, before in befores():
            alike.setdefault(await _section(trail, before), []).append(words)
    sections = ["\n".join([*names, body]) for body, names in alike.items()]
    return "\n".join([HEAD, *sections])


@dataclass(frozen=True)
class Trail:
    """The audit trail, in a transaction in which every transition is taken back."""

    parts: Parts
    tx: AsyncConnection

    async def of(self, before: Request, after: Request) -> str:
        """What is written down of a transition."""
        trial = await self.tx.begin_nested()
        asked = await self.parts.requests.ask(self.tx, before)
        assert asked
        moved = replace(after, id=asked.id)
        await Ledger(self.parts, Cards(Plain()))._record(self.tx, before, moved, (), None)
        entry = (await self.tx.execute(sa.select(audit).order_by(audit.c.id.desc()).limit(1))).one()
        await trial.rollback()
        assert entry.state == after.state
        return entry.text


async def _section(trail: Trail, before: Request) -> str:
    """What moves it, a line each; then what moves nothing, by what is told."""
    moves: dict[tuple[str, ...], list[str]] = {}
    stays: dict[str, dict[str, list[str]]] = {}
    for each in brought():
        after, effects = advance(before, each.fact, each.at)
        said = ", ".join(map(_named, effects))
        if after == before:
            stays.setdefault(said or "nothing", {}).setdefault(each.words, []).append(each.who)
        else:
            written = f"“{await trail.of(before, after)}”  {', '.join(_changed(before, after))}"
            moves.setdefault((each.words, f"→ {after.state}", said, written), []).append(each.who)
    rows = [COLUMNS.format(words, ", ".join(who), *came) for (words, *came), who in moves.items()]
    return "\n".join([*rows, *(line for told, facts in stays.items() for line in _staying(told, facts)), ""])


def _staying(told: str, facts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Facts that leave it as it is: those that the same people bring stand in one paragraph."""
    yield f"  stays: {told}"
    alike: dict[str, list[str]] = {}
    for words, who in facts.items():
        alike.setdefault(", ".join(filter(None, who)), []).append(words)
    for who, words in alike.items():
        yield fill(
            "; ".join(words),
            WIDTH,
            initial_indent=f"    {who}: " if who else "    ",
            subsequent_indent=" " * 6,
        )


def _named(effect: FollowUp) -> str:
    name = type(effect).__name__.lower()
    if isinstance(effect, Tell):
        return f"{name} “{_short(effect.why)}”"
    return f"{name} until {_short(effect.until)}" if isinstance(effect, Wait) else name


def _changed(before: Request, after: Request) -> Iterator[str]:
    assert after.version == before.version + 1
    for field in fields(Request):
        then, now = getattr(before, field.name), getattr(after, field.name)
        if then != now and field.name not in {"state", "version"}:
            yield f"{field.name}: {_short(now)}"


def _short(value: object) -> str:
    """A value of a request in a word or a sentence."""
    for kind, short in SHORT.items():
        if isinstance(value, kind):
            return short(value)
    return str(value)


SHORT: Mapping[type, Callable[[Any], str]] = {
    Reply: lambda said: " ".join([Plain().text(said), *(f"[{each.label}]" for each in said.all_buttons())]),
    datetime: lambda at: f"{at:%H:%M}",
    Decider: lambda by: by.name,
    Actor: lambda by: by.name,
    Yes: lambda yes: yes.name,
    Invocation: lambda asked: f"{asked.command} {dict(asked.arguments)}",
    Origin: lambda origin: f"at {origin.address}",
    tuple: lambda values: " + ".join(map(_short, values)),
}
