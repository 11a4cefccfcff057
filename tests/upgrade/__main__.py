"""Writes what this release stores: `python -m tests.upgrade`, again whenever it stores something new."""

import asyncio
import logging
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
import structlog

from bot.store import Database
from tests.chat import opened
from tests.postgres import Cluster, cluster, programs
from tests.upgrade.killed import killed
from tests.upgrade.life import ENVIRONMENT, live
from tests.upgrade.releases import dump_of, file_of, newest
from tests.upgrade.town import town
from tests.way import Clock

# What a dump says of the server that made it, and what only its own client understands.
ONLY_THERE = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")
KEPT = "SET check_function_bodies = false;"


async def lives(url: str) -> None:
    """Live through it in an empty database."""
    clock = Clock()
    db = await Database.open(url)
    await db.migrate()
    async with opened(url, clock=clock, besides=ENVIRONMENT, furnish=town(clock)) as chat:
        await live(chat)
    await killed(db, clock)
    await db.close()


def write_file(path: Path) -> None:
    """The file of SQLite, without what it has beside it while it is open."""
    with TemporaryDirectory() as folder:
        lived = Path(folder, "hms-bot.db")
        asyncio.run(lives(f"sqlite:///{lived}"))
        path.unlink(missing_ok=True)
        engine = sa.create_engine(f"sqlite:///{lived}", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text("PRAGMA page_size = 512"))  # of a hundred small tables and indexes
            connection.execute(sa.text("VACUUM INTO :path"), {"path": str(path)})
        engine.dispose()


def write_dump(path: Path, ours: Cluster) -> None:
    """The dump of PostgreSQL, as any server and any client reads it."""
    url = ours.server.create("lived")
    asyncio.run(lives(url))
    command = [str(_programs() / "pg_dump"), "--no-owner", "--no-privileges", "--inserts", url]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    kept = [line for line in lines if line and not line.startswith(ONLY_THERE)]
    path.write_text("\n".join([KEPT, *kept, ""]))


def _programs() -> Path:
    found = programs()
    assert found, "there is no PostgreSQL here"
    return found


def main() -> None:
    """Write both."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    release = newest()
    file_of(release).parent.mkdir(exist_ok=True)
    write_file(file_of(release))
    with cluster() as ours:
        write_dump(dump_of(release), ours)


if __name__ == "__main__":
    main()
