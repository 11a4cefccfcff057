"""aiosqlite with a statement a hop: it asks its thread once for what by itself takes four questions.

A cursor of its own is made, executed, read out and closed in the driver's thread one by one, and each is a
change of threads that costs more than most of our statements. See docs/decisions/a-statement-is-one-hop.md.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import aiosqlite

Parameters = Sequence[Any] | Mapping[str, Any]


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
    """A connection whose cursors take one hop a statement."""

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

    async def run(self, statement: str, parameters: Parameters) -> Result:
        """Execute a statement and read it out, in the driver's thread."""
        return await self._hop(sqlite3.Connection.execute, statement, parameters)

    async def run_many(self, statement: str, parameters: Iterable[Parameters]) -> Result:
        """Execute a statement for each of many parameters, in the driver's thread."""
        return await self._hop(sqlite3.Connection.executemany, statement, parameters)

    async def _hop(self, execute: Any, statement: str, parameters: Any) -> Result:
        hop: Callable[..., Awaitable[Result]] = self._execute  # which has no types there
        return await hop(self._read_out, execute, statement, parameters)

    def _read_out(self, execute: Any, statement: str, parameters: Any) -> Result:
        cursor = execute(self._conn, statement, parameters)
        rows = cursor.fetchall() if cursor.description else []
        found = Result(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
        cursor.close()
        return found
