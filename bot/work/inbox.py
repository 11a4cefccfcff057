"""What 100ms reports: on disk before it is answered, once; ``handing`` then hands it on.

Requests that wait at the same time share a commit: a commit is a wait for the disk, and there are many of
them in the second in which a large session ends.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store import JSON, Database, Instant, Json, Text, is_down, metadata
from bot.work.arrivals import Arrival, Source

log = structlog.get_logger(__name__)

GATHERING = 0.002  # seconds after a commit of several in which whoever comes shares the next
MOST = 200  # events in one commit: more would hold up what else is written
LATE = timedelta(minutes=1)  # after three tries within 14 s it is somebody's fault


class Fate(StrEnum):
    """What became of an event."""

    NEW = "new"  # nobody has heard of it yet
    TOLD = "told"  # its fact was handed on, now or before
    STRANGE = "strange"  # kept, and handed to nobody: something in it is of another type


inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", Text, primary_key=True),
    sa.Column("type", Text, nullable=False),
    sa.Column("session_id", Text, nullable=False, index=True),
    sa.Column("source", Text, nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("fact", Text, nullable=False),
    sa.Column("data", Json, nullable=False),
    sa.Column("at", Instant),  # as 100ms says
    sa.Column("received_at", Instant, nullable=False, index=True),
    sa.Column("state", Text, nullable=False),
)
# Of these alone on PostgreSQL too, as the migration says: to say it here would load its dialect on SQLite.
sa.Index("ix_inbox_new", inbox.c.received_at, inbox.c.id, sqlite_where=sa.text("state = 'new'"))

# What was handed on: webhooks and looks tell the same facts, each in words of its own.
occurrences = sa.Table(
    "occurrences",
    metadata,
    sa.Column("fact", Text, primary_key=True),
    sa.Column("type", Text, nullable=False),
    sa.Column("subject", Text, nullable=False, index=True),  # a job, else the session
    sa.Column("at", Instant, nullable=False),
    sa.Index(None, "type", "at"),
    sa.Index(None, "at"),
)


@dataclass(frozen=True)
class _Waiting:
    """One event and whoever waits until it is on disk."""

    arrival: Arrival
    written: "asyncio.Future[None]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


@dataclass(frozen=True)
class Received:
    """How many events came in a while: of them late, only because somebody looked, and not understood."""

    received: int
    late: int
    repaired: int
    strange: int = 0


class Inbox:
    """Takes events in; ``came`` is called when there is something to hand on."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None
        new = db.insert(inbox).on_conflict_do_nothing(index_elements=["id"])
        self._new = new.execution_options(preserve_rowcount=True)
        self.came: Callable[[], object] = lambda: None

    @property
    def is_taking(self) -> bool:
        """Whether somebody waits until theirs is on disk."""
        return self._writing is not None

    async def take(self, arrival: Arrival) -> None:
        """Return once it is on disk, whoever else was written down with it; raises what the database says."""
        waiting = _Waiting(arrival)
        self._waiting.append(waiting)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all(), name="inbox")
        await waiting.written

    async def news(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Those that tell a fact of which nobody has heard."""
        found: list[Arrival] = []
        for together in _parts(arrivals):
            facts = sa.select(occurrences.c.fact).where(
                occurrences.c.fact.in_([one.fact for one in together])
            )
            async with self._db.read() as tx:
                told = set(await tx.scalars(facts))
            found += [one for one in together if one.fact not in told]
        return found

    async def add(self, arrivals: Sequence[Arrival]) -> None:
        """Keep what was found, however much it is."""
        for together in _parts(arrivals):
            await self._insert(together)

    async def take_up(self) -> None:
        """Have handed on what a process that died took in, or what could not be handed on."""
        async with self._db.read() as tx:
            if await tx.scalar(sa.select(sa.exists().where(inbox.c.state == Fate.NEW))):
                self.came()

    async def missing(self, tx: AsyncConnection, ids: Sequence[str]) -> set[str]:
        """Those of these ids under which nothing came."""
        there = await tx.scalars(sa.select(inbox.c.id).where(inbox.c.id.in_(ids)))
        return set(ids) - set(there)

    async def open_since(
        self, tx: AsyncConnection, begins: str, ends: Sequence[str], since: datetime
    ) -> set[str]:
        """The subjects of which a begin was told since a moment, and no end."""
        over = occurrences.alias()
        ended = sa.exists().where(over.c.subject == occurrences.c.subject, over.c.type.in_(ends))
        begun = occurrences.c.type == begins, occurrences.c.at >= since
        return set(await tx.scalars(sa.select(occurrences.c.subject).where(*begun, ~ended)))

    async def told(self, tx: AsyncConnection, session: str, kind: str, **members: str) -> list[Arrival]:
        """What was told of one kind in a session, by whose ``members`` are these; each fact once."""
        wanted = (inbox.c.session_id == session) & (inbox.c.type == kind)
        for name, value in members.items():
            wanted &= inbox.c.data[name].as_string() == value
        return await _told(tx, wanted)

    async def told_in(
        self, tx: AsyncConnection, room: str, kind: str, since: datetime, until: datetime
    ) -> list[Arrival]:
        """What 100ms says happened in a room from a moment up to another; each fact once."""
        of_room = (inbox.c.type == kind) & (inbox.c.data["room_id"].as_string() == room)
        came = inbox.c.received_at >= since - LATE  # by our clock, which may be behind
        then = came & (inbox.c.at >= since) & (inbox.c.at < until)
        return await _told(tx, of_room & then)

    async def of_session(
        self, tx: AsyncConnection, session: str, kind: str, since: datetime, until: datetime
    ) -> list[Mapping[str, JSON]]:
        """What was reported of one kind in a session, and came after a moment and until another."""
        came = inbox.c.received_at > since, inbox.c.received_at <= until
        mine = inbox.c.session_id == session, inbox.c.type == kind
        chosen = sa.select(inbox.c.data).where(*mine, *came).order_by(inbox.c.received_at, inbox.c.id)
        return list(await tx.scalars(chosen))

    async def received(self, tx: AsyncConnection, since: datetime) -> Received:
        """What came since a moment, and how."""
        how = inbox.c.source, inbox.c.late, inbox.c.state
        counted = sa.select(*how, sa.func.count().label("events")).group_by(*how)
        by_source: Counter[str] = Counter()
        late = strange = 0
        for row in await tx.execute(counted.where(inbox.c.received_at >= since)):
            by_source[row.source] += row.events
            late += row.events if row.late and row.source == Source.WEBHOOK else 0
            strange += row.events if row.state == Fate.STRANGE else 0
        repaired = by_source[Source.REPLAY] + by_source[Source.LOOK]
        return Received(by_source.total(), late, repaired, strange)

    async def sources(self, tx: AsyncConnection, session: str) -> frozenset[Source]:
        """How we heard of one session; nothing where we did not, or have forgotten it."""
        of_it = sa.select(inbox.c.source).where(inbox.c.session_id == session).distinct()
        return frozenset(Source(source) for source in await tx.scalars(of_it))

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget what came before a moment."""
        await tx.execute(sa.delete(inbox).where(inbox.c.received_at < before))
        await tx.execute(sa.delete(occurrences).where(occurrences.c.at < before))

    async def _write_all(self) -> None:
        """Write what waits until nothing does: whoever comes meanwhile is in the next commit."""
        try:
            while self._waiting:
                together, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._write(together)
                if len(together) > 1:  # who comes alone waits for nobody
                    await asyncio.sleep(GATHERING)
        finally:
            self._writing = None

    async def _write(self, together: Sequence[_Waiting]) -> None:
        try:
            await self._insert([one.arrival for one in together])
        except Exception as error:  # noqa: BLE001 -- each of those who wait is told
            await self._apart(together, error)
        else:
            for one in together:
                _settle(one, None)

    async def _apart(self, together: Sequence[_Waiting], error: Exception) -> None:
        """One that no store takes is to spoil no other; where the store itself is down all of them wait."""
        if len(together) > 1 and not is_down(error):
            for one in together:
                await self._write([one])
            return
        log.warning("events could not be written down", events=len(together), error=type(error).__name__)
        for one in together:
            _settle(one, error)

    async def _insert(self, arrivals: Sequence[Arrival]) -> None:
        """Write down what is new, in the order of the ids: two processes must not wait in a ring."""
        now, once = self._clock(), first_of(arrivals, lambda one: one.id)
        rows = [_row(one, now) for _, one in sorted(once.items())]
        async with self._db.write() as tx:
            written = await tx.execute(self._new, rows)
        if written.rowcount:
            self.came()


async def _told(tx: AsyncConnection, wanted: sa.ColumnElement[bool]) -> list[Arrival]:
    """The kept events that are wanted, each fact by whoever told it first."""
    rows = await tx.execute(sa.select(inbox).where(wanted).order_by(inbox.c.received_at, inbox.c.id))
    return list(first_of([arrival(row) for row in rows], lambda one: one.fact).values())


def arrival(row: Any) -> Arrival:
    """What came, of its row."""
    return Arrival(row.id, row.type, row.data, row.at, Source(row.source))


def first_of(arrivals: Sequence[Arrival], key: Callable[[Arrival], str]) -> dict[str, Arrival]:
    """The first of those that are the same, in the order in which they came."""
    found: dict[str, Arrival] = {}
    for one in arrivals:
        found.setdefault(key(one), one)
    return found


def _parts(arrivals: Sequence[Arrival]) -> Iterator[Sequence[Arrival]]:
    return (arrivals[start : start + MOST] for start in range(0, len(arrivals), MOST))


def _settle(one: _Waiting, error: Exception | None) -> None:
    if one.written.done():  # whoever asked has hung up
        return
    if error:
        one.written.set_exception(error)
    else:
        one.written.set_result(None)


def _text(arrival: Arrival, member: str) -> str:
    value = arrival.data.get(member)
    return value if isinstance(value, str) else ""


def subject(arrival: Arrival) -> str:
    """What begins and ends: a recording by its job, else the session."""
    return _text(arrival, "beam_id") or _text(arrival, "session_id")


def _row(arrival: Arrival, now: datetime) -> dict[str, object]:
    return {
        "id": arrival.id,
        "type": arrival.type,
        "session_id": _text(arrival, "session_id"),
        "source": arrival.source,
        "late": arrival.at is not None and now - arrival.at > LATE,
        "fact": arrival.fact,
        "data": dict(arrival.data),
        "at": arrival.at,
        "received_at": now,
        "state": Fate.NEW if arrival.fits else Fate.STRANGE,
    }
