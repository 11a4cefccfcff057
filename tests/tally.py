"""What a line costs: calls to 100ms, and transactions of the database, those of the carrier left out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

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
