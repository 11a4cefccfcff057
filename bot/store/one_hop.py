"""aiosqlite with a statement a hop: it asks its thread once for what by itself takes four questions.

A cursor of its own is made, executed, read out and closed in the driver's thread one by one, and each is a
change of threads that costs more than most of our statements. A transaction begins in the hop of its first
statement, and what was only read is let go of without waiting. See docs/decisions/a-statement-is-one-hop.md.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self
from weakref import WeakKeyDictionary

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

from bot.store.columns import as_json

Parameters = Sequence[Any] | Mapping[str, Any]

_types: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
_compiled: LRUCache[Any, Any] = LRUCache(1000)  # more than the statements that we have


@dataclass(frozen=True)
class Result:
    """What a statement brought, read out whole."""

    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class OneHopCursor:
    """The part of aiosqlite's cursor that SQLAlchemy uses."""

    arraysize = 1

    def __init__(self, connection: "OneHopConnection") -> None:
        self._connection = connection
        self._result = Result([], None, -1, None)

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Parameters = ()) -> Self:
        """Run a statement and read out what it brings."""
        self._result = await self._connection.run(statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Parameters]) -> Self:
        """Run a statement once for each of many parameters."""
        self._result = await self._connection.run_many(statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows, which are here already."""
        return self._result.rows

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def description(self) -> Any:
        """The columns; None where a statement brings no rows."""
        return self._result.description

    @property
    def rowcount(self) -> int:
        """How many rows were written."""
        return self._result.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that was written last."""
        return self._result.lastrowid


class OneHopConnection(aiosqlite.Connection):
    """A connection whose cursors take one hop a statement, and whose transactions take none."""

    _begin = ""  # what the next statement is to begin with
    _begun = False  # whether a statement was sent since the last commit or rollback
    _reads = False

    @classmethod
    async def open(cls, path: str, seconds: float) -> Self:
        """Connect to a file; ``seconds`` is how long a statement waits for another process."""
        made = cls(lambda: sqlite3.connect(path, timeout=seconds, check_same_thread=False), 1)
        made._thread.daemon = True  # as SQLAlchemy has it: a process that ends does not wait for it
        await made
        return made

    def cursor(self) -> Any:
        """Make one, which asks the thread nothing so far."""
        return OneHopCursor(self)

    def begins(self, begin: str, *, reads: bool) -> None:
        """Begin with the first statement; a transaction that only ``reads`` is not waited for at its end."""
        self._begin, self._reads = begin, reads

    async def commit(self) -> None:
        """Commit, if anything was asked."""
        if self._reads:
            self._let_go()
        elif self._ends():
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if anything was asked: the pool does so each time it gets a connection back."""
        if self._reads:
            self._let_go()
        elif self._ends():
            await super().rollback()

    def _let_go(self) -> None:
        """The thread does it before whatever it is asked next, and nobody needs to know when."""
        if self._ends():
            self._tx.put_nowait((None, self._conn.rollback))

    def _ends(self) -> bool:
        begun, self._begin, self._begun = self._begun, "", False
        return begun

    async def run(self, statement: str, parameters: Parameters) -> Result:
        """Execute a statement and read it out, in the driver's thread."""
        return await self._hop(sqlite3.Connection.execute, statement, parameters)

    async def run_many(self, statement: str, parameters: Iterable[Parameters]) -> Result:
        """Execute a statement for each of many parameters, in the driver's thread."""
        return await self._hop(sqlite3.Connection.executemany, statement, parameters)

    async def _hop(self, execute: Any, statement: str, parameters: Any) -> Result:
        hop: Callable[..., Awaitable[Result]] = self._execute  # which has no types there
        begin, self._begin, self._begun = self._begin, "", True  # so also when the wait for it is cut off
        return await hop(self._read_out, begin, execute, statement, parameters)

    def _read_out(self, begin: str, execute: Any, statement: str, parameters: Any) -> Result:
        if begin:
            self._conn.execute(begin)
        cursor = execute(self._conn, statement, parameters)
        rows = cursor.fetchall() if cursor.description else []
        found = Result(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
        cursor.close()
        return found


class OneHopDialect(SQLiteDialect_aiosqlite):
    """SQLite as every engine of this process speaks it: what one of them has compiled, all have.

    By itself each engine compiles each statement anew, ours that writes and ours that reads, and those of
    every test; there is one SQLite in a process, so they are all equal.
    """

    driver = "onehop"
    supports_statement_cache = True

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._type_memos = _types

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.onehop", __name__, OneHopDialect.__name__)


def engine(url: sa.URL, seconds: float, connections: int) -> AsyncEngine:
    """Open at most so many connections to a file; ``seconds`` is how long one waits for another process."""
    return create_async_engine(
        url.set(drivername="sqlite+onehop"),
        pool_size=connections,
        max_overflow=0,
        async_creator=partial(OneHopConnection.open, str(url.database), seconds),
        execution_options={"compiled_cache": _compiled},
        json_serializer=as_json,
    )
