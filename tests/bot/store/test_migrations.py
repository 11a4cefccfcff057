"""The migrations make exactly the tables that the code declares, on both stores."""

import asyncio
import importlib
import pkgutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import bot
from bot.store import Database, metadata, migrate, procrastinate_schema
from tests.postgres import Server
from tests.store import BOTH

HISTORY = ScriptDirectory(str(migrate.FOLDER))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = f"empty_{uuid.uuid4().hex}"
    yield server.create(name)
    server.drop(name)


def declare_every_table() -> None:
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)


def differences(connection: sa.Connection) -> list[object]:
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _: kind != "table" or not name.startswith("procrastinate_"),
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_migrations_make_what_the_code_declares(empty_url: str) -> None:
    declare_every_table()
    db = await Database.open(empty_url)
    await db.migrate()
    async with db.write() as tx:
        assert await tx.run_sync(differences) == []
    await db.close()


async def test_migrating_twice_or_at_the_same_time_is_migrating_once(empty_url: str) -> None:
    databases = [await Database.open(empty_url) for _ in range(3)]
    await asyncio.gather(*(db.migrate() for db in databases))
    await databases[0].migrate()
    async with databases[0].read() as tx:
        applied = await tx.scalar(sa.text("SELECT version_num FROM alembic_version"))
    assert applied == migrate.newest() == HISTORY.get_current_head()
    for db in databases:
        await db.close()


async def test_the_event_loop_is_free_while_tables_are_made(empty_url: str) -> None:
    db = await Database.open(empty_url)
    migrating = asyncio.create_task(db.migrate())
    turns = 0
    while not migrating.done():
        turns += 1
        await asyncio.sleep(0)
    await migrating
    assert turns > 100
    await db.close()


@pytest.mark.postgres
async def test_a_newer_procrastinate_brings_its_own_migrations(
    postgres_server: Server, postgres_url: str
) -> None:
    """As left by a release before the last migration file: that one file, and no other, is applied."""
    files = procrastinate_schema._migrations()
    engine = sa.create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TYPE procrastinate_job_event_type RENAME VALUE 'retried' TO 'old'")
        connection.exec_driver_sql("DROP FUNCTION procrastinate_retry_job_v2")
        procrastinate_schema._remember(connection, "03.03.99")
        procrastinate_schema.apply(connection)
        assert procrastinate_schema._known(connection) == files[-1]
        made = "SELECT count(*) FROM pg_proc WHERE proname = 'procrastinate_retry_job_v2'"
        assert connection.exec_driver_sql(made).scalar() == 1
    engine.dispose()
