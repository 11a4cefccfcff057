"""What only the carrier between processes has: jobs of a process that died."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from procrastinate import BaseConnector
from procrastinate.connector import Notify
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Row
from procrastinate.jobs import Notification, Status

from bot.clock import system
from bot.store import Database
from bot.work import Job, Later, open_work
from bot.work.attentive import Attentive
from tests.patience import PATIENCE

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


@pytest.mark.parametrize("puts_off", [False, True])
async def test_a_job_that_was_taken_over_while_we_were_frozen_is_no_longer_ours_to_end(
    server: Database,
    puts_off: bool,  # noqa: FBT001 - what happens to it in the process that was frozen
) -> None:
    async def frozen(_job: Job) -> None:
        async with server.write() as tx:  # as another one has it, when it has taken it over
            await tx.execute(sa.text("UPDATE procrastinate_jobs SET worker_id = NULL"))
        thawed.set()
        if puts_off:
            raise Later(0)

    thawed, work = asyncio.Event(), open_work(server, system)
    async with server.write() as tx:
        await work.later(tx, Job("note", "one", lane="a"))
    await work.run({"note": frozen})
    async with asyncio.timeout(PATIENCE):
        await thawed.wait()
    await work.drain(5)
    async with server.read() as tx:
        left = await tx.execute(sa.text("SELECT status, worker_id FROM procrastinate_jobs"))
        assert left.all() == [("doing", None)]


class Busy(BaseConnector):
    """A database in which a job appears while the first fetch is on its way back."""

    def __init__(self) -> None:
        self.fetches = 0
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    async def execute_query_one_async(self, query: str, **arguments: Any) -> dict[str, Any]:
        self.fetches += 1
        if self.meanwhile and self.fetches == 1:
            await self.meanwhile()
        return {"id": None}

    async def execute_query_async(self, query: str, **arguments: Any) -> None: ...

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None: ...


async def test_news_that_come_during_a_fetch_are_not_forgotten() -> None:
    connector = Busy()
    manager = Attentive(connector, lost=lambda: None)
    assert await manager.fetch_job(None, worker_id=1) is None
    assert connector.fetches == 1
    connector.fetches = 0
    connector.meanwhile = lambda: manager._hear(
        channel="", notification={"type": "job_inserted", "job_id": 1}
    )
    assert await manager.fetch_job(None, worker_id=1) is None
    assert connector.fetches == 2


async def test_when_a_job_ends_the_worker_looks_for_the_next_of_its_lane() -> None:
    looks = asyncio.Event()

    async def look(*, channel: str, notification: Notification) -> None:
        looks.set()

    manager = Attentive(Busy(), lost=lambda: None)
    await manager.listen_for_jobs(on_notification=look)
    passing_on = asyncio.create_task(manager.pass_on())
    ended = Row(id=1, queue="", lock="a", queueing_lock="b", task_name="")
    await manager.finish_job(ended, Status.SUCCEEDED, delete_job=True)
    async with asyncio.timeout(PATIENCE):
        await looks.wait()
    passing_on.cancel()


async def test_a_job_whose_end_cannot_be_written_has_the_worker_replaced() -> None:
    class Broken(Busy):
        async def execute_query_async(self, query: str, **arguments: Any) -> None:
            raise ConnectorException

    lost: list[str] = []
    manager = Attentive(Broken(), lost=lambda: lost.append("worker"))
    ended = Row(id=1, queue="", lock="a", queueing_lock="b", task_name="")
    with pytest.raises(ConnectorException):
        await manager.finish_job(ended, Status.SUCCEEDED, delete_job=True)
    assert lost == ["worker"]


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


async def test_what_is_of_a_time_to_come_since_the_clock_was_set_back_is_done_now(server: Database) -> None:
    done: list[str] = []

    async def note(job: Job) -> None:
        done.append(job.key)

    work = open_work(server, system)
    async with server.write() as tx:
        await work.later(tx, Job("note", "put off"), Job("note", "of a dead process"))
        await tx.execute(
            sa.text("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '2 hours' WHERE id = 1")
        )
        dead = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '2 hours')"
        worker = (await tx.execute(sa.text(f"{dead} RETURNING id"))).scalar_one()
        took = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker WHERE id = 2"
        await tx.execute(sa.text(took), {"worker": worker})
    await work.run({"note": note})
    await work.idle()
    assert sorted(done) == ["of a dead process", "put off"]
    await work.drain(1)
