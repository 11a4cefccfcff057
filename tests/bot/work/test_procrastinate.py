"""What only the carrier between processes has: jobs of a process that died."""

import pytest
import sqlalchemy as sa
import structlog

from bot.clock import system
from bot.store import Database
from bot.work import Job, open_work

pytestmark = pytest.mark.postgres


@pytest.fixture
async def server(postgres_url: str):
    db = await Database.open(postgres_url)
    yield db
    await db.close()


async def test_what_a_dead_process_left_is_taken_over_and_its_lane_goes_on(server: Database) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.payload["name"])

    work = open_work(server, system)
    async with server.write() as tx:
        await work.later(tx, Job("note", "alone", {"name": "cut off"}))
        await work.later(tx, Job("note", "edit", {"name": "cut off too"}, lane="a"))
        await tx.execute(sa.text("UPDATE procrastinate_jobs SET status = 'doing'"))
        await work.later(tx, Job("note", "edit", {"name": "its successor"}, lane="a"))
        await work.later(tx, Job("note", "next", {"name": "next in the lane"}, lane="a"))
    with structlog.testing.capture_logs() as logs:
        await work.run({"note": note})
        await work.idle()
    assert sorted(done) == ["cut off", "its successor", "next in the lane"]
    assert done.index("its successor") < done.index("next in the lane")
    assert sorted(line["key"] for line in logs) == ["alone", "edit"]
    await work.drain(1)


async def test_two_processes_share_the_work_and_do_nothing_twice(server: Database, postgres_url: str) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.key)

    other = await Database.open(postgres_url)
    works = [open_work(db, system, at_once=2) for db in (server, other)]
    for work in works:
        await work.run({"note": note})
    async with server.write() as tx:
        await works[0].later(tx, *(Job("note", f"{number}", lane=f"{number % 5}") for number in range(50)))
    for work in works:
        await work.idle()
        await work.drain(1)
    await other.close()
    assert sorted(done, key=int) == [f"{number}" for number in range(50)]


async def test_nothing_is_kept_of_jobs_that_are_done(server: Database) -> None:
    async def note(job: Job) -> None: ...

    work = open_work(server, system)
    async with server.write() as tx:
        await work.later(tx, Job("note", "one"))
    await work.run({"note": note})
    await work.idle()
    await work.drain(1)
    async with server.read() as tx:
        for table in ("procrastinate_jobs", "procrastinate_events", "procrastinate_workers"):
            assert await tx.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0
