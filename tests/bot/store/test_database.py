"""What a transaction promises, on both stores."""

import asyncio
import sqlite3
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError

from bot.errors import UserError
from bot.store import Database
from bot.work.effects import effects

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def row(key: str, at: datetime = NOON, result: object = None) -> sa.Insert:
    return sa.insert(effects).values(key=key, state="done", result=result, changed_at=at)


async def keys(db: Database) -> list[str]:
    async with db.read() as tx:
        return list(await tx.scalars(sa.select(effects.c.key).order_by(effects.c.key)))


class Refusal(Exception):  # noqa: N818 - any error will do
    """What goes wrong in the middle of a transaction."""


async def test_what_was_written_is_there_and_what_failed_is_not(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(row("kept"))
    with suppress(Refusal):
        async with database.write() as tx:
            await tx.execute(row("lost"))
            raise Refusal
    assert await keys(database) == ["kept"]


async def test_a_hook_runs_after_the_commit_and_only_then(database: Database) -> None:
    told: list[str] = []
    async with database.write() as tx:
        database.after_commit(tx, lambda: told.append("first"))
        assert told == []
    with suppress(Refusal):
        async with database.write() as tx:
            database.after_commit(tx, lambda: told.append("never"))
            raise Refusal
    async with database.write() as tx:
        await tx.execute(row("another transaction"))
    assert told == ["first"]


async def test_a_reader_sees_no_unfinished_write_and_may_not_write(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(row("unfinished"))
        assert await keys(database) == []
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        async with database.read() as tx:
            await tx.execute(row("by a reader"))


async def test_writers_take_turns_and_none_is_lost(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.write() as tx:
            await tx.execute(row(f"{number:02}"))

    await asyncio.gather(*(write(number) for number in range(30)))
    assert await keys(database) == [f"{number:02}" for number in range(30)]


async def test_a_writer_that_gave_up_waiting_for_its_turn_holds_up_nobody(sqlite_url: str) -> None:
    db = await Database.open(sqlite_url)
    assert await db.answers()
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(db.answers())
        for _ in range(20):  # turns of the loop, until it waits for the file
            await asyncio.sleep(0)
        waiting.cancel()
        other.execute("COMMIT")
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with db.write() as tx:
        await tx.execute(row("kept"))
    assert await keys(db) == ["kept"]
    await db.close()


async def test_two_processes_that_read_before_they_write_take_turns(sqlite_url: str) -> None:
    databases = [await Database.open(sqlite_url) for _ in range(2)]

    async def count_up(db: Database) -> None:
        async with db.write() as tx:
            number = await tx.scalar(sa.select(sa.func.count()).select_from(effects))
            await tx.execute(row(f"{number:02}"))

    await asyncio.gather(*(count_up(db) for db in databases * 10))
    assert await keys(databases[0]) == [f"{number:02}" for number in range(20)]
    for db in databases:
        await db.close()


async def test_a_moment_comes_back_in_utc_whatever_zone_it_was_written_in(database: Database) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    async with database.write() as tx:
        await tx.execute(row("far away", elsewhere))
    async with database.read() as tx:
        stored = await tx.scalar(sa.select(effects.c.changed_at))
    assert stored == NOON
    assert stored.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        async with database.write() as tx:
            await tx.execute(row("when", NOON.replace(tzinfo=None)))


@pytest.mark.parametrize("value", [None, [], {"a": [1, "ü", None]}, "text", 1.5, False])
async def test_json_comes_back_as_it_was(database: Database, value: object) -> None:
    async with database.write() as tx:
        await tx.execute(row("json", result=value))
    async with database.read() as tx:
        assert await tx.scalar(sa.select(effects.c.result)) == value


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://root@db/bot"])
async def test_another_kind_of_url_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(UserError, match="DATABASE_URL must look like"):
        await Database.open(url)


async def test_a_file_that_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="DATABASE_URL names a database that does not open: unable to open"):
        await Database.open(f"sqlite:///{tmp_path}/no/such/folder/bot.db")


async def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("buy milk\n" * 200)
    with pytest.raises(UserError, match="DATABASE_URL names a database that does not open: file is not a"):
        await Database.open(f"sqlite:///{tmp_path}/notes.txt")


async def test_a_server_that_is_not_there_is_refused_without_showing_the_password() -> None:
    with pytest.raises(UserError, match="DATABASE_URL names a database") as refusal:
        await Database.open("postgresql://bot:open-sesame@127.0.0.1:1/bot")
    assert "open-sesame" not in str(refusal.value)


async def test_the_password_is_not_in_the_repr(database: Database) -> None:
    url = sa.make_url("postgresql+psycopg://bot:open-sesame@db/bot")
    assert "open-sesame" not in repr(Database(url, database._writing, database._reading))


async def test_one_serve_holds_a_file_and_the_second_is_told(sqlite_url: str) -> None:
    first, second = await Database.open(sqlite_url), await Database.open(sqlite_url)
    with first.serve_lock(), pytest.raises(UserError, match="Another hms-bot serves"), second.serve_lock():
        pass
    with second.serve_lock():
        pass  # free again
    await first.close()
    await second.close()


@pytest.mark.postgres
async def test_many_may_serve_one_postgresql(postgres_url: str) -> None:
    first, second = await Database.open(postgres_url), await Database.open(postgres_url)
    with first.serve_lock(), second.serve_lock():
        pass
    await first.close()
    await second.close()


async def test_sqlite_keeps_what_it_committed_through_a_power_cut(sqlite_url: str) -> None:
    db = await Database.open(sqlite_url)
    async with db.write() as tx:
        found = [await tx.scalar(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")]
        assert await tx.scalar(sa.text("PRAGMA foreign_keys")) == 1
    assert found == ["wal", 2]
    await db.close()


async def test_it_answers_when_it_can_be_written_to_and_says_what_is_wrong_when_not(sqlite_url: str) -> None:
    db, heard = await Database.open(sqlite_url), []
    db.told = heard.append
    assert await db.answers()

    async with db.write() as tx:
        await tx.execute(sa.text("PRAGMA max_page_count=1"))  # as if the disk had no more room
    with pytest.raises(DBAPIError):
        async with db.write() as tx:
            await tx.execute(row("large", result="x" * 1_000_000))
    await db.close()

    assert heard == [None, None, "database or disk is full"]


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


async def test_a_new_file_is_its_owners_alone_and_so_are_its_neighbours(tmp_path: Path) -> None:
    db = await Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    await db.migrate()
    async with db.write() as tx:
        await tx.execute(sa.text("CREATE TABLE kept (word TEXT)"))
    found = modes(tmp_path)
    await db.close()

    assert set(found.values()) == {0o600}
    assert "new.db-wal" in found
