"""What a line costs: calls to 100ms, and transactions of the database, those of the carrier left out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import Database
from tests.chat import Chat

TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+(\w+)")
# How often the carrier looks, and how much of what ended it writes down at once, depends on the machine.
CARRIERS = {"jobs"}


@dataclass
class Cost:
    """Calls, and how many transactions read and wrote."""

    calls: int = 0
    reads: int = 0
    writes: int = 0


@dataclass
class Counter:
    """Counts the transactions of one engine that touch more than the carrier's own table."""

    engine: AsyncEngine
    count: int = 0
    touched: dict[int, set[str]] = field(default_factory=dict)

    def begun(self, connection: sa.Connection) -> None:
        self.touched[id(connection)] = set()

    def executed(self, connection: sa.Connection, _cursor: object, statement: str, *_: object) -> None:
        self.touched.setdefault(id(connection), set()).update(TABLE.findall(statement))

    def committed(self, connection: sa.Connection) -> None:
        self.count += bool(self.touched.pop(id(connection), set()) - CARRIERS)

    @contextmanager
    def counting(self) -> Iterator[None]:
        heard = {"begin": self.begun, "before_cursor_execute": self.executed, "commit": self.committed}
        for name, listener in heard.items():
            sa.event.listen(self.engine.sync_engine, name, listener)
        yield
        for name, listener in heard.items():
            sa.event.remove(self.engine.sync_engine, name, listener)


@contextmanager
def tallied(chat: Chat) -> Iterator[Cost]:
    """What is done in this block."""
    cost, before = Cost(), len(chat.world.calls)
    reading, writing = Counter(chat.bot.db._reading), Counter(chat.bot.db._writing)
    with reading.counting(), writing.counting():
        yield cost
    cost.calls, cost.reads, cost.writes = len(chat.world.calls) - before, reading.count, writing.count


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """Every statement in this block, those of the carrier left out."""
    heard: list[str] = []

    def executed(_: object, __: object, statement: str, *___: object) -> None:
        if not set(TABLE.findall(statement)) <= CARRIERS:
            heard.append(statement)

    engines = {id(engine.sync_engine.pool): engine.sync_engine for engine in (db._reading, db._writing)}
    for engine in engines.values():
        sa.event.listen(engine, "before_cursor_execute", executed)
    yield heard
    for engine in engines.values():
        sa.event.remove(engine, "before_cursor_execute", executed)
