"""The honest log: append-only, one entry a transition, chained so that a change shows.

An entry is written, and linked, in the transaction of the transition it tells of; what waits to be acked is
linked with the next one. Links are made over digests: so the text of an entry can be erased without breaking
the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.people import Actor
from bot.reply import Plain, Reply
from bot.store import Database, Instant, metadata

_TURNS = 4_877_002  # any number, but the same in every release
START = hashlib.sha256(b"hms-bot").hexdigest()

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("request_id", sa.Integer, nullable=False, index=True),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("door", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("text", sa.Text, nullable=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("position", sa.Integer, nullable=True, unique=True),
    sa.Column("link", sa.String(64), nullable=True),
    sqlite_autoincrement=True,  # a number that was pruned is not given again
)


@dataclass(frozen=True)
class AuditEntry:
    """One transition: who, through which door, when, and what was said of it.

    ``request`` is 0 for what never became one (an unreadable line). ``text`` is None once erased.
    """

    at: datetime
    request: int
    actor: str
    door: str
    state: str
    text: str | None
    id: int = 0
    digest: str = ""
    position: int | None = None
    link: str | None = None


def digest(text: str) -> str:
    """What stays of an entry's text in the chain."""
    return hashlib.sha256(text.encode()).hexdigest()


def link(before: str, position: int, entry: AuditEntry) -> str:
    """The entry's link: a hash over the link before it and everything of the entry but its text."""
    parts = [
        before,
        position,
        entry.at.isoformat(),
        entry.request,
        entry.actor,
        entry.door,
        entry.state,
        entry.digest,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def faults(entries: Iterable[AuditEntry]) -> list[Reply]:
    """What is wrong with a chain, read from its first entry; nothing when it is whole."""
    found: list[Reply] = []
    before = START
    for position, entry in enumerate(entries, start=1):
        if entry.position != position:
            return [
                *found,
                Reply("Entry {position} is missing or one was put in before it.", position=position),
            ]
        if entry.text is not None and digest(entry.text) != entry.digest:
            found.append(Reply("The text of entry {position} was edited.", position=position))
        if link(before, position, entry) != entry.link:
            found.append(Reply("Entry {position} does not fit the one before it.", position=position))
        before = entry.link or ""
    return found


class Audit:
    """The log on disk."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def add(
        self, tx: AsyncConnection, actor: Actor, door: str, state: str, text: str, *, request: int = 0
    ) -> None:
        """Write one entry in the caller's transaction, and link it."""
        await self.add_unlinked(tx, actor, door, state, text, request=request)
        await self._link(tx)

    async def add_unlinked(
        self, tx: AsyncConnection, actor: Actor, door: str, state: str, text: str, *, request: int
    ) -> None:
        """Write one entry that is linked with the next one: for what waits to be acked."""
        who = f"{actor.id} via {Plain().text(actor.through)}" if actor.via else actor.id
        row = {"at": self._clock(), "request_id": request, "actor": who, "door": door, "state": state}
        await tx.execute(audit.insert(), row | {"text": text, "digest": digest(text)})

    async def settle(self) -> None:
        """Link what a process that ended left unlinked."""
        async with self._db.read() as tx:
            loose = await tx.scalar(sa.select(sa.exists(sa.select(audit.c.id).where(_loose))))
        if loose:
            async with self._db.write() as tx:
                await self._link(tx)

    async def _link(self, tx: AsyncConnection) -> None:
        """Link what is not linked yet, in the order it was written; processes take turns at it."""
        await self._db.take_turns(tx, _TURNS)
        last = (await tx.execute(_last)).first()
        before, position = (last.link, last.position) if last else (START, 0)
        rows = await tx.execute(sa.select(audit).where(_loose).order_by(audit.c.id))
        links = []
        for position, entry in enumerate(map(_entry, rows), start=position + 1):  # noqa: B020 -- goes on counting
            before = link(before, position, entry)
            links.append({"entry": entry.id, "its_position": position, "its_link": before})
        if links:
            await tx.execute(_linked, links)

    async def tail(self, count: int) -> Sequence[AuditEntry]:
        """The newest entries, newest first."""
        async with self._db.read() as tx:
            rows = await tx.execute(sa.select(audit).order_by(audit.c.id.desc()).limit(count))
            return [_entry(row) for row in rows]

    async def every(self) -> Sequence[AuditEntry]:
        """The whole chain, from its first entry."""
        chained = sa.select(audit).where(audit.c.position.is_not(None)).order_by(audit.c.position)
        async with self._db.read() as tx:
            return [_entry(row) for row in await tx.execute(chained)]

    async def verify(self) -> Reply:
        """Whether the chain is whole, and where it is not; names its head, to hold against the one posted."""
        entries = await self.every()
        wrong = faults(entries)
        if wrong:
            return sum(wrong[1:], start=wrong[0])
        return Reply("The log is whole: {count} entries.", count=len(entries)) + head_of(entries)

    async def whole(self) -> bool:
        """Whether nothing is wrong with the chain."""
        return not faults(await self.every())

    async def head(self) -> Reply:
        """The newest link, as it is posted to the admins every day."""
        async with self._db.read() as tx:
            last = (await tx.execute(_last)).first()
        return head_of([_entry(last)] if last else [])

    async def erase(self, tx: AsyncConnection, entry: int) -> None:
        """Forget what an entry says, and keep that it was said."""
        await tx.execute(audit.update().where(audit.c.id == entry).values(text=None))


def head_of(entries: Sequence[AuditEntry]) -> Reply:
    """Name the end of the chain: a log that later ends before it was cut."""
    if not entries:
        return Reply("It is empty so far.")
    last = entries[-1]
    return Reply("Its head is entry {position}, {link}.", position=last.position, link=(last.link or "")[:16])


_loose = audit.c.position.is_(None)
_linked = (
    sa.update(audit)
    .where(audit.c.id == sa.bindparam("entry"))
    .values(position=sa.bindparam("its_position"), link=sa.bindparam("its_link"))
)
_last = sa.select(audit).where(audit.c.position.is_not(None)).order_by(audit.c.position.desc()).limit(1)


def _entry(row: sa.Row[tuple[object, ...]]) -> AuditEntry:
    kept = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for a row as a mapping
    return AuditEntry(request=kept.pop("request_id"), **kept)
