"""The honest log: append-only, one entry a transition, chained so that a change shows.

An entry is written, and linked, in the transaction of the transition it tells of. Nothing is linked later:
what stands unlinked was put in by somebody else. What was never acked has no entry until it is taken back.
"""

import asyncio
from collections.abc import Sequence
from functools import cache

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.people import Actor
from bot.reply import Plain
from bot.request.chain import ERASED, KEYED, START, AuditEntry, AuditKeys
from bot.request.proof import Evidence, Head, Proof, proof
from bot.store import Database, Instant, insert_into, metadata

_TURNS = 4_877_002  # any number, but the same in every release
ITSELF = "hms-bot itself"  # who does what nobody asked for

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
    sa.Column("key", sa.String(16), nullable=True),
    sqlite_autoincrement=True,  # a number that was cut is not given again
)

heads = sa.Table(
    "audit_heads",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("link", sa.String(64), nullable=False),
    sa.Column("at", Instant, nullable=False),
)


class Audit:
    """The log on disk."""

    def __init__(self, db: Database, clock: Clock, keys: AuditKeys | None = None) -> None:
        self._db = db
        self._clock = clock
        self._keys = keys or AuditKeys()

    async def add(
        self, tx: AsyncConnection, actor: Actor, door: str, state: str, text: str, *, request: int = 0
    ) -> None:
        """Write one entry in the caller's transaction, linked to the one before it."""
        who = f"{actor.id} via {Plain().text(actor.through)}" if actor.via else actor.id
        await self._append(tx, AuditEntry(self._clock(), request, who, door, state, text))

    async def ready(self) -> None:
        """Raise UserError where nothing can be written, since the key of the log is not at hand."""
        async with self._db.read() as tx:
            self._keys.secret((await _end(tx)).key)

    async def settle(self) -> None:
        """Go over to the key that is wanted, which is an entry; raises UserError where that is not possible.

        Only at a start: of two processes with other settings each would undo the other's change.
        """
        async with self._db.read() as tx:
            key = (await _end(tx)).key
        if key != self._keys.wanted:
            async with self._db.write() as tx:
                await self._append(tx, self._keying())

    def _keying(self) -> AuditEntry:
        wanted = self._keys.wanted
        text = f"key {wanted}" if wanted else "no key"
        return AuditEntry(self._clock(), 0, ITSELF, "start", KEYED, text, key=wanted)

    async def _append(self, tx: AsyncConnection, entry: AuditEntry) -> None:
        """Link an entry and write it; processes take turns at it."""
        await self._db.take_turns(tx, _TURNS)
        linked = self._keys.append(await _end(tx), entry)
        row = {name: value for name, value in vars(linked).items() if name not in {"id", "request"}}
        await tx.execute(_insert(self._db.dialect), row | {"request_id": linked.request})

    async def tail(self, count: int) -> Sequence[AuditEntry]:
        """The newest entries, newest first."""
        async with self._db.read() as tx:
            rows = await tx.execute(sa.select(audit).order_by(audit.c.id.desc()).limit(count))
            return [_entry(row) for row in rows]

    async def last_of(self, request: int) -> AuditEntry | None:
        """The newest entry of one request."""
        own = sa.select(audit).where(audit.c.request_id == request).order_by(audit.c.id.desc()).limit(1)
        async with self._db.read() as tx:
            row = (await tx.execute(own)).first()
        return _entry(row) if row else None

    async def every(self) -> Sequence[AuditEntry]:
        """The whole chain, from its first entry."""
        async with self._db.read() as tx:
            return await _every(tx)

    async def verify(self, *told: Head) -> Proof:
        """Whether the log is what was written; ``told`` are heads that somebody has kept elsewhere."""
        given = await self._given()  # first: what is written meanwhile is no cut
        async with self._db.read() as tx:
            loose = await tx.scalars(sa.select(audit.c.id).where(_LOOSE).order_by(audit.c.id))
            posted = await tx.execute(sa.select(heads).order_by(heads.c.position))
            known = [*told, *(Head(row.position, row.link, row.at) for row in posted)]
            entries = await _every(tx)
        gapless = self._db.dialect == "sqlite"  # PostgreSQL gives no number back when it rolls back
        evidence = Evidence(entries, self._keys, tuple(loose), given, gapless, known)
        return await asyncio.to_thread(proof, evidence)  # a long log takes longer than others may wait

    async def _given(self) -> int:
        """The highest number that was ever given to an entry, with no entry on its way."""
        async with self._db.read() as tx:
            await self._db.take_turns(tx, _TURNS)
            return await tx.scalar(_GIVEN[self._db.dialect]) or 0

    async def keyed(self) -> bool | None:
        """Whether the log is linked with a key; None with one that is not at hand."""
        async with self._db.read() as tx:
            key = (await _end(tx)).key
        return None if key and key not in self._keys.held else key is not None

    async def head(self) -> Head | None:
        """How the log ends now, as it is posted to the admins every day; None while it is empty."""
        async with self._db.read() as tx:
            last = await _end(tx)
        return Head(last.position, last.link or "") if last.position else None

    async def posted(self, tx: AsyncConnection, head: Head) -> None:
        """Keep a head that is posted: ``verify`` holds the log against all of them."""
        row = {"position": head.position, "link": head.link, "at": self._clock()}
        once = insert_into(heads, self._db.dialect).on_conflict_do_nothing(index_elements=["position"])
        await tx.execute(once, row)

    async def erase(self, tx: AsyncConnection, position: int, actor: Actor, door: str) -> None:
        """Forget what an entry says, and keep that it was said and who had it erased."""
        await tx.execute(audit.update().where(audit.c.position == position).values(text=None))
        await self.add(tx, actor, door, ERASED, f"entry {position}")


_LOOSE = audit.c.position.is_(None)
_LAST = sa.select(audit).where(~_LOOSE).order_by(audit.c.position.desc()).limit(1)
_SEQUENCE = "audit_id_seq"
_GIVEN = {
    "sqlite": sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'"),
    "postgresql": sa.text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_SEQUENCE}"),  # noqa: S608 -- a name of ours
}


@cache
def _insert(dialect: str) -> sa.Insert:
    """What writes an entry. A crash of PostgreSQL skips thirty numbers unless each is set as well."""
    if dialect == "sqlite":
        return audit.insert()
    return audit.insert().values(id=sa.func.setval(_SEQUENCE, sa.func.nextval(_SEQUENCE)))


async def _end(tx: AsyncConnection) -> AuditEntry:
    """The entry that the next one is linked to."""
    last = (await tx.execute(_LAST)).first()
    return _entry(last) if last else START


async def _every(tx: AsyncConnection) -> Sequence[AuditEntry]:
    rows = await tx.execute(sa.select(audit).where(~_LOOSE).order_by(audit.c.position))
    return [_entry(row) for row in rows]


def _entry(row: sa.Row[tuple[object, ...]]) -> AuditEntry:
    kept = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for a row as a mapping
    return AuditEntry(request=kept.pop("request_id"), **kept)
