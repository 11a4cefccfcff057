"""Databases for tests: fresh, migrated, one for each test, on both stores."""

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store import Database
from tests.memory import in_memory
from tests.postgres import Server

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


async def _migrated(url: str) -> None:
    db = await Database.open(url)
    await db.migrate()
    await db.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "hms-bot.db"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> Iterator[str]:
    """A migrated PostgreSQL database to copy."""
    name = f"template_{uuid.uuid4().hex}"
    asyncio.run(_migrated(postgres_server.create(name)))
    yield name
    postgres_server.drop(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    # Each act waits for its file: on a disk that is a sixth of all time.
    with in_memory("hms-bot-") as folder:
        shutil.copy(sqlite_template, folder)
        yield f"sqlite:///{folder / sqlite_template.name}"


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    yield postgres_server.create(name, template=postgres_template)
    postgres_server.drop(name)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The url of a fresh, migrated database, on each store in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database, on each store in turn."""
    db = await Database.open(database_url)
    yield db
    await db.close()
