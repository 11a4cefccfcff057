"""The database as the rest of the bot sees it: transactions that write, and ones that read."""

import fcntl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import UserError
from bot.store import one_hop
from bot.store.columns import as_json, metadata
from bot.store.migrate import look, migrate

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_BATCHES = "batches"
_AFTER_COMMIT = "after_commit"
_AFTER = "after"
_RESTS_SINCE = "rests since"
_RESTED = 0.5  # seconds: a server that was started again was away for about as long
_PATIENCE = 10  # seconds a writer waits for another process on the same SQLite file

alive = sa.Table(
    "alive",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("beats", sa.BigInteger, nullable=False),
)

Told = Callable[[str | None], None]
"""Hears of each transaction that wrote (None), and of each that the database did not take, with its words."""
Flush = Callable[[AsyncConnection, list[Any]], Awaitable[None]]


class Database:
    """One SQLite file or one PostgreSQL database; ``await Database.open(url)`` makes it."""

    def __init__(self, url: sa.URL, writing: AsyncEngine, reading: AsyncEngine) -> None:
        self._url = url
        self._writing = writing
        self._reading = reading
        self.told: Told = lambda _: None

    def __repr__(self) -> str:
        return f"Database({self._url.render_as_string(hide_password=True)!r})"

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Connect to ``sqlite:///path`` or ``postgresql://…``.

        Raises UserError, naming DATABASE_URL, for anything else and for what does not answer.
        """
        parsed = _read(url)
        _make_private(parsed)
        try:
            await look(parsed)
        except DBAPIError as error:
            raise UserError(
                "DATABASE_URL names a database that does not open: {why}",
                why=" ".join(str(error.orig).split()),
            ) from error
        return cls(parsed, *_engines(parsed))

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._url.get_backend_name()

    @property
    def folder(self) -> Path:
        """Where a process keeps files of its own: beside the file of SQLite, else among temporary ones."""
        return Path(str(self._url.database)).parent if self.dialect == "sqlite" else Path(gettempdir())

    @property
    def url(self) -> str:
        """The address as a driver needs it, password included: never for a log."""
        return self._url.set(drivername=self.dialect).render_as_string(hide_password=False)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that is committed at the end, or rolled back by an error.

        On SQLite there is one at a time: do not open a second inside the first.
        """
        batches: dict[Flush, list[Any]] = {}
        hooks: list[Callable[[], object]] = []
        ends: list[Callable[[], object]] = []
        try:
            async with self._writing.begin() as tx:
                tx.info[_BATCHES], tx.info[_AFTER_COMMIT], tx.info[_AFTER] = batches, hooks, ends
                yield tx
                for flush, rows in batches.items():
                    await flush(tx, rows)
            self.told(None)
            for hook in hooks:
                hook()
        except OperationalError as error:
            if is_down(error):
                self.told(" ".join(str(error.orig).split()))
            raise
        finally:
            for end in ends:
                end()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one state of the database and changes nothing."""
        async with self._reading.begin() as tx:
            yield tx

    def after_commit(self, tx: AsyncConnection, hook: Callable[[], object]) -> None:
        """Call ``hook`` once ``tx`` is committed, and never if it is not."""
        tx.info[_AFTER_COMMIT].append(hook)

    def after(self, tx: AsyncConnection, hook: Callable[[], object]) -> None:
        """Call ``hook`` when ``tx`` has ended, committed or not; after those that wait for its commit."""
        tx.info[_AFTER].append(hook)

    async def take_turns(self, tx: AsyncConnection, number: int) -> None:
        """Let one transaction at a time pass here, until it ends; on SQLite only one writes anyway."""
        if self.dialect == "postgresql":
            await tx.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def insert(self, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
        """Begin an INSERT that can say what to do ON CONFLICT, in this store's dialect."""
        return insert_into(table, self.dialect)

    async def answers(self) -> bool:
        """Whether it can be written to now: a full disk is found out by writing, and by nothing else."""
        once = self.insert(alive).values(id=1, beats=1)
        beat = once.on_conflict_do_update(index_elements=["id"], set_={"beats": alive.c.beats + 1})
        async with self.write() as tx:
            await tx.execute(beat)
        return True

    async def migrate(self) -> None:
        """Bring the tables up to date; processes that start together take turns."""
        await migrate(self._url)

    async def close(self) -> None:
        """Give the connections back."""
        await self._writing.dispose()
        await self._reading.dispose()

    @contextmanager
    def serve_lock(self) -> Iterator[None]:
        """Hold the SQLite file for one ``serve``; on PostgreSQL any number may serve.

        Raises UserError when another process holds it. The lock ends with the process, however it ends.
        """
        if self.dialect != "sqlite":
            yield
            return
        path = Path(f"{self._url.database}.serving")
        with path.open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UserError(
                    "Another hms-bot serves {file} already. Stop it first, or set DATABASE_URL to a database "
                    "of its own.",
                    file=self._url.database,
                ) from error
            yield


def batch(tx: AsyncConnection, flush: Flush) -> list[Any]:
    """What ``flush`` is to write as the last thing in ``tx``: many rows that are one statement then."""
    rows: list[Any] = tx.info[_BATCHES].setdefault(flush, [])
    return rows


# By name, since SQLite calls a mistake in a statement an operational error too.
_SQLITE_DOWN = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
)


def is_down(error: Exception) -> bool:
    """Whether it is the database that does not work now, and not what was asked of it."""
    if not isinstance(error, OperationalError):
        return False
    name = getattr(error.orig, "sqlite_errorname", None)
    return name is None or name.startswith(_SQLITE_DOWN)


def insert_into(table: sa.Table, dialect: str) -> "sqlite.Insert | postgresql.Insert":
    """As ``Database.insert``, where only the name of the dialect is at hand."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- SQLite starts sooner without it

    return postgresql.insert(table)


def _read(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except ArgumentError as error:
        raise _wrong_url() from error
    if parsed.drivername == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed
    if parsed.drivername == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise _wrong_url()


def _make_private(url: sa.URL) -> None:
    """Make a new file for its owner alone; SQLite would let everybody read it, and those beside it."""
    if url.get_backend_name() == "sqlite":
        with suppress(OSError):  # what cannot be made does not open either, and that is said
            Path(str(url.database)).touch(mode=0o600)


def _wrong_url() -> UserError:
    return UserError("DATABASE_URL must look like sqlite:///hms-bot.db or postgresql://user@host/name.")


def _engines(url: sa.URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Build the engine that writes and the one that reads."""
    if url.get_backend_name() == "postgresql":
        engine = create_async_engine(url, pool_size=10, max_overflow=10, json_serializer=as_json)
        _ask_what_has_rested(engine)
        return engine, engine.execution_options(postgresql_readonly=True)
    writing, reading = one_hop.engine(url, _PATIENCE, 1), one_hop.engine(url, _PATIENCE, 4)
    _prepare(writing, begin="BEGIN IMMEDIATE", query_only=False)
    _prepare(reading, begin="BEGIN", query_only=True)
    return writing, reading


def _ask_what_has_rested(engine: AsyncEngine) -> None:
    """Ask a connection whether it still works before it is used, unless it was just now.

    SQLAlchemy's own ``pool_pre_ping`` asks each time, which costs as much as a statement.
    """

    def rests(_: object, record: sa.pool.ConnectionPoolEntry) -> None:
        record.info[_RESTS_SINCE] = time.monotonic()

    def wakes(connection: Any, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
        since = record.info.get(_RESTS_SINCE)
        if since is None or time.monotonic() - since < _RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error

    sa.event.listen(engine.sync_engine, "checkin", rests)
    sa.event.listen(engine.sync_engine, "checkout", wakes)


def _prepare(engine: AsyncEngine, *, begin: str, query_only: bool) -> None:
    """Make SQLite durable and let us, not the driver, say where a transaction begins."""

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"query_only={int(query_only)}")
        script = "".join(f"PRAGMA {pragma};" for pragma in pragmas)
        connection.run_async(lambda driver: driver.executescript(script))  # one hop to the driver's thread

    def begun(connection: sa.Connection) -> None:
        driver = cast("one_hop.OneHopConnection", connection.connection.driver_connection)
        driver.begins(begin, reads=query_only)

    sa.event.listen(engine.sync_engine, "connect", connected)
    sa.event.listen(engine.sync_engine, "begin", begun)
