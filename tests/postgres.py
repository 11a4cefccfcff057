"""A PostgreSQL server of our own for the tests: started once, thrown away at the end."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from tests.memory import in_memory
from tests.patience import PATIENCE

MISSING = "no PostgreSQL here: install it (apt install postgresql) or set TEST_DATABASE_URL to a server"
# Tests need no disk that survives them. A database is three hundred files, and is made and dropped in memory
# for a tenth of the processor that a disk takes.
QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


@dataclass(frozen=True)
class Server:
    """Where databases for tests are made; ``address`` holds ``{name}`` in place of the database's name."""

    address: str

    def url(self, name: str) -> str:
        return self.address.format(name=name)

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database and return its url."""
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(words.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


class Cluster:
    """A server process in a folder of its own, reached by a socket in that folder."""

    def __init__(self, programs: Path, folder: Path, user: str) -> None:
        self._programs = programs
        self._folder = folder
        self._user = user

    @property
    def server(self) -> Server:
        return Server(f"postgresql://{self._user}@/{{name}}?host={quote(str(self._folder), safe='')}")

    def initialise(self) -> None:
        self._call("initdb", "--no-sync", "--auth=trust", f"--username={self._user}", "-E", "UTF8")

    def start(self, *options: str) -> None:
        ours = ("-c", "max_wal_size=64MB", "-c", "listen_addresses=''", "-k", str(self._folder))
        given = " ".join((*(options or QUICK), *ours))
        self._call(
            "pg_ctl",
            "start",
            "--wait",
            f"--timeout={PATIENCE:.0f}",
            "-o",
            given,
            "-l",
            str(self._folder / "log"),
        )

    def stop(self) -> None:
        """Stop as a crash would: nobody is asked to finish."""
        self._call("pg_ctl", "stop", "--wait", f"--timeout={PATIENCE:.0f}", "--mode=immediate")

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        root = os.geteuid() == 0  # PostgreSQL refuses to run as root
        subprocess.run(
            command,
            check=True,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            user=self._user if root else None,
            group=self._user if root else None,
        )


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest where there are several."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    return Path(found).resolve().parent if found else next(reversed(folders), None)


@contextmanager
def cluster(*options: str) -> Iterator[Cluster]:
    """Run a server for as long as the block lasts, quick and careless unless options say otherwise.

    Without PostgreSQL the test is skipped, or fails with REQUIRE_POSTGRES=1.
    """
    where = programs()
    if where is None:
        missing()
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    with in_memory("hms-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, user)
        ours = Cluster(where, folder, user)
        ours.initialise()
        ours.start(*options)
        try:
            yield ours
        finally:
            ours.stop()


def missing() -> None:
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        pytest.fail(MISSING)
    pytest.skip(MISSING)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """TEST_DATABASE_URL's server, or one of our own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        head, _, rest = given.partition("://")
        host, _, tail = rest.partition("/")
        _, question, options = tail.partition("?")
        yield Server(f"{head}://{host}/{{name}}{question}{options}")
        return
    with cluster() as ours:
        yield ours.server
