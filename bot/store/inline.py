"""SQLite on the event loop: a statement of ours takes less time than to hand it to a thread and back.

What waits for something else does not hold the loop: a commit, which waits for the disk, is handed to a
thread, and a transaction that finds another process writing looks again a little later.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, Self

LOOK = 0.005  # seconds between two looks whether the other process has done
PATIENCE = 10.0  # seconds until it is given up
DURABLE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=0")


class Cursor:
    """Carries out statements, with the methods of aiosqlite's cursor; the first begins the transaction."""

    def __init__(self, held: sqlite3.Cursor, begin: str) -> None:
        self._held = held
        self._begin = begin

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of what was found."""
        return self._held.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._held.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number that the newest row got."""
        return self._held.lastrowid

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Carry out one statement."""
        await self._in_transaction()
        self._held.execute(statement, parameters)

    async def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carry out one statement for every row."""
        await self._in_transaction()
        self._held.executemany(statement, rows)

    async def fetchall(self) -> list[Any]:
        """Everything that was found."""
        return self._held.fetchall()

    async def close(self) -> None:
        """Forget what was found."""
        self._held.close()

    async def _in_transaction(self) -> None:
        """Begin one where there is none; raises OperationalError when another process writes for too long."""
        until = 0.0
        while not self._held.connection.in_transaction:
            try:
                self._held.execute(self._begin)
            except sqlite3.OperationalError as error:
                now = asyncio.get_running_loop().time()
                until = until or now + PATIENCE
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or now > until:
                    raise
                await asyncio.sleep(LOOK)


class Connection:
    """One open file, with the methods of aiosqlite's connection that SQLAlchemy calls."""

    def __init__(self, held: sqlite3.Connection, begin: str) -> None:
        self._connection = held  # under this name SQLAlchemy looks whether it is open
        self._begin = begin
        self._committed = held.total_changes

    def cursor(self) -> Cursor:
        """Make what carries out statements."""
        return Cursor(self._connection.cursor(), self._begin)

    async def create_function(
        self, name: str, arguments: int, function: Callable[..., Any], **how: Any
    ) -> None:
        """Teach SQLite a function."""
        self._connection.create_function(name, arguments, function, **how)

    async def commit(self) -> None:
        """End the transaction; what it wrote is on the disk then."""
        if self._connection.total_changes == self._committed:
            self._connection.commit()
            return
        await asyncio.to_thread(self._connection.commit)
        self._committed = self._connection.total_changes

    async def rollback(self) -> None:
        """End the transaction as if it never was."""
        self._connection.rollback()

    async def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def stop(self) -> None:
        """Close the file at once, where nothing can be awaited any more."""
        self._connection.close()


def opener(path: str, *, writes: bool) -> Callable[[], Coroutine[Any, Any, Connection]]:
    """What opens a file for SQLAlchemy (``async_creator``), durable; one that does not write cannot."""

    async def connect() -> Connection:
        held = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in (*DURABLE, f"query_only={'OFF' if writes else 'ON'}"):
            held.execute(f"PRAGMA {pragma}")
        return Connection(held, "BEGIN IMMEDIATE" if writes else "BEGIN")

    return connect
