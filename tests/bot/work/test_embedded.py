"""What only the carrier in one process has: its own past, and other processes on the same file."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.clock import system
from bot.store import Database
from bot.work import Job, Later, open_work
from bot.work.embedded import jobs
from tests.patience import PATIENCE


@pytest.fixture
async def file(sqlite_url: str):
    db = await Database.open(sqlite_url)
    yield db
    await db.close()


def row(key: str, state: str, name: str) -> dict[str, object]:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    ids = {"kind": "note", "key": key, "lane": key, "payload": {"name": name}}
    return {**ids, "state": state, "not_before": when, "failures": 0}


async def test_what_was_running_when_the_last_process_ended_runs_again(file: Database) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.payload["name"])

    async with file.write() as tx:
        await tx.execute(
            sa.insert(jobs),
            [
                row("alone", "running", "cut off"),
                row("edit", "running", "cut off too"),
                row("edit", "waiting", "its successor"),
            ],
        )
    work = open_work(file, system)
    await work.run({"note": note})
    await work.idle()
    assert sorted(done) == ["cut off", "its successor"]
    await work.drain(1)


async def test_what_another_process_writes_is_found(file: Database, sqlite_url: str) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.key)

    work = open_work(file, system)
    await work.run({"note": note})
    shell = await Database.open(sqlite_url)
    async with shell.write() as tx:
        await open_work(shell, system).later(tx, Job("note", "from the shell"))
    await shell.close()
    await work.idle()
    assert done == ["from the shell"]
    await work.drain(1)


async def test_what_needs_no_write_is_done_while_nothing_can_be_written(file: Database) -> None:
    done = asyncio.Event()

    async def note(job: Job) -> None:
        if job.key == "ours":
            done.set()

    async with file.write() as tx:
        await tx.execute(sa.insert(jobs), [row("theirs", "waiting", "of another process")])
        full = "BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        await tx.execute(sa.text(f"CREATE TRIGGER full {full}"))
    work = open_work(file, system)
    async with file.write() as tx:
        await work.later(tx, Job("note", "ours"))
    await work.run({"note": note})
    async with asyncio.timeout(PATIENCE):
        await done.wait()

    async with file.write() as tx:
        await tx.execute(sa.text("DROP TRIGGER full"))
    await work.idle()
    await work.drain(1)


async def test_what_was_put_off_before_the_clock_was_set_back_does_not_wait_as_long(file: Database) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.key)

    async with file.write() as tx:
        put_off = {"not_before": system() + timedelta(hours=2)}
        await tx.execute(sa.insert(jobs), [row("put off", "waiting", "put off") | put_off])
    work = open_work(file, system)
    await work.run({"note": note})
    await work.idle()
    assert done == ["put off"]
    await work.drain(1)


async def test_what_was_handed_over_before_the_clock_was_set_back_waits_for_nothing(file: Database) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.key)

    work = open_work(file, lambda: system() - timedelta(minutes=5))
    async with file.write() as tx:
        await open_work(file, system).later(tx, Job("note", "at once"))
    await work.run({"note": note})
    await work.idle()
    assert done == ["at once"]
    await work.drain(1)


async def test_who_asks_for_a_very_long_pause_is_called_again_in_a_quarter_of_an_hour(file: Database) -> None:
    called, now = asyncio.Event(), system()
    tries: list[str] = []

    async def note(job: Job) -> None:
        tries.append(job.key)
        called.set()
        raise Later(3600)

    work = open_work(file, lambda: now)
    await work.run({"note": note})
    async with file.write() as tx:
        await work.later(tx, Job("note", "limited"))
    await called.wait()
    await work.drain(1)
    work = open_work(file, lambda: now + timedelta(minutes=14))
    await work.run({"note": note})
    await work.drain(1)
    assert tries == ["limited"]

    called.clear()
    work = open_work(file, lambda: now + timedelta(minutes=15))
    await work.run({"note": note})
    await called.wait()
    await work.drain(1)
    assert tries == ["limited"] * 2
