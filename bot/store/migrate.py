"""What is done to a database before it is used: find it, and bring its tables up to date.

Our tables are Alembic's affair, procrastinate's come with its own files.
"""

import asyncio
from pathlib import Path

import sqlalchemy as sa

from bot.store import procrastinate_schema

_VERSION = "alembic_version"
_LOCK = 4_877_001  # any number, but the same in every release
FOLDER = Path(__file__).parent / "migrations"
_PATIENCE = 30  # seconds to wait for a server, or for another process that migrates


async def look(url: sa.URL) -> None:
    """Connect once, to know that it is possible; raises SQLAlchemy's DBAPIError."""
    await asyncio.to_thread(_look, url)


async def migrate(url: sa.URL) -> None:
    """Apply what is missing in one transaction, off the event loop."""
    await asyncio.to_thread(_migrate, url)


def _look(url: sa.URL) -> None:
    engine = _engine(url)
    try:
        with engine.begin():
            pass
    finally:
        engine.dispose()


def _migrate(url: sa.URL) -> None:
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                procrastinate_schema.apply(connection)
            if _version(connection) != newest():
                _upgrade(connection)
    finally:
        engine.dispose()


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        return sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": _PATIENCE})
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": _PATIENCE})
    sa.event.listen(engine, "connect", _leave_transactions_to_us)
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _leave_transactions_to_us(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(connection: sa.Connection) -> str | None:
    """Say which of our migrations was applied last; None for a database that is new."""
    if not sa.inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(sa.select(sa.column("version_num")).select_from(sa.table(_VERSION))).scalar()


def newest() -> str:
    """Which migration is the last one, by the names of their files."""
    return max(path.stem.partition("_")[0] for path in (FOLDER / "versions").glob("*.py"))


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command  # noqa: PLC0415 -- a tenth of a second that most starts need not wait
    from alembic.config import Config  # noqa: PLC0415 -- as above

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
