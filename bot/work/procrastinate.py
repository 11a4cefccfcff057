"""Carries jobs between any number of processes on PostgreSQL, by procrastinate."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

import psycopg
import sqlalchemy as sa
import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.jobs import Job as Row
from procrastinate.worker import Worker
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import JSON, Database
from bot.work.attentive import Attentive
from bot.work.jobs import (
    PUT_OFF,
    Again,
    Backoff,
    Handler,
    Job,
    attempt,
    emptied,
    refuse_unknown,
    storable_jobs,
    storable_key,
)

log = structlog.get_logger(__name__)

_QUEUE = "hms-bot"
_TASK = "carry"
_BEAT = 1.0  # seconds between heartbeats, and between looks for jobs whose process died
_SETTLES = 10  # beats
_DEAD = 5.0  # seconds without a heartbeat after which a process counts as dead

_jobs = sa.table(
    "procrastinate_jobs",
    sa.column("id", sa.BigInteger),
    sa.column("worker_id", sa.BigInteger),
    sa.column("queueing_lock", sa.Text),
    sa.column("status", sa.Text),
    sa.column("args", JSONB),
)
_OF_A_TIME_TO_COME = """
    UPDATE procrastinate_jobs SET scheduled_at = NULL
    WHERE status = 'todo' AND scheduled_at > now() + make_interval(secs => %(seconds)s)
"""
_BEATS = """
    UPDATE procrastinate_workers SET last_heartbeat = now()
    WHERE last_heartbeat > now() + make_interval(secs => %(seconds)s)
"""
_workers = sa.table(
    "procrastinate_workers",
    sa.column("id", sa.BigInteger),
    sa.column("last_heartbeat", sa.DateTime(timezone=True)),
)
_waiting = sa.cast(_jobs.c.status, sa.Text) == "todo"
_left = sa.cast(_jobs.c.status, sa.Text).in_(["todo", "doing"])


class _PutBack(BaseRetryStrategy):
    """A job that a drain cut off waits again, for whichever process comes next."""

    def get_retry_decision(self, *, exception: BaseException, job: Row) -> RetryDecision | None:  # noqa: ARG002 - theirs
        """Always: a handler's own errors never get here, ``attempt`` deals with them."""
        return RetryDecision(retry_in={"seconds": 0})


class Procrastinate:
    """The carrier for many processes: lanes are procrastinate's locks, keys its queueing locks.

    A process that stops beating for five seconds counts as dead, and another one runs its jobs again.
    """

    def __init__(self, db: Database, backoff: Backoff, at_once: int) -> None:
        self._db = db
        self._backoff = backoff
        self._at_once = at_once
        self._app = App(connector=_connector(db.url))
        self._manager = self._app.job_manager = Attentive(self._app.connector, self._stop_worker)
        self._app.task(name=_TASK, queue=_QUEUE, pass_context=True, retry=_PutBack())(self._carry)
        self._handlers: Mapping[str, Handler] | None = None
        self._errors: list[Exception] = []
        self._worker: Worker | None = None
        self._working: asyncio.Task[None] | None = None
        self._beside: list[asyncio.Task[None]] = []
        self._draining = False

    @property
    def kinds(self) -> Collection[str] | None:
        """Those of the handlers that ``run`` was given."""
        return self._handlers

    async def later(self, tx: AsyncConnection, *wanted: Job) -> None:
        """Defer jobs on the transaction's own connection: all at once, but for those that wait already."""
        refuse_unknown(self._handlers, wanted)
        rows = [*{job.key: _row(job, job.payload) for job in storable_jobs(wanted)}.values()]
        self._db.after_commit(tx, self._manager.nudge)
        while rows and not await self._defer(tx, rows):
            rows = await self._missing(tx, rows)

    async def forget(self, tx: AsyncConnection, key: str) -> None:
        """Delete the job that waits."""
        await tx.execute(sa.delete(_jobs).where(_waiting, _jobs.c.queueing_lock == storable_key(key)))

    async def is_open(self, tx: AsyncConnection, key: str) -> bool:
        """Look for its row."""
        there = sa.exists(sa.select(_jobs.c.id).where(_left, _jobs.c.queueing_lock == key))
        return bool(await tx.scalar(sa.select(there)))

    async def is_alone(self, tx: AsyncConnection) -> bool:
        """Look for other workers that beat."""
        beats = sa.func.now() - _workers.c.last_heartbeat < timedelta(seconds=_DEAD)
        mine = self._worker.worker_id if self._worker else None
        others = sa.exists(sa.select(_workers.c.id).where(beats, _workers.c.id.is_distinct_from(mine)))
        return not await tx.scalar(sa.select(others))

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Start a worker and its heartbeat."""
        self._handlers = handlers
        self._draining = False
        await self._app.open_async()
        self._working = asyncio.create_task(self._keep_working(), name="work")
        self._beside = [
            asyncio.create_task(self._keep_beating(), name="heartbeat"),
            asyncio.create_task(self._manager.pass_on(), name="nudges"),
        ]

    async def drain(self, seconds: float) -> None:
        """Let jobs in flight end; the heartbeat goes on until they have."""
        if not self._working:
            return
        self._draining = True
        if self._worker:
            self._worker.shutdown_graceful_timeout = seconds
        self._stop_worker()
        await self._working
        for task in self._beside:
            task.cancel()
        await asyncio.wait(self._beside)
        await self._app.close_async()

    async def idle(self) -> None:
        """Look until procrastinate has nothing left, in whichever process."""
        await emptied(self._anything_left, self._errors)

    async def _anything_left(self) -> bool:
        async with self._db.read() as tx:
            return bool(await tx.scalar(sa.select(sa.exists(sa.select(_jobs.c.status).where(_left)))))

    async def _missing(self, tx: AsyncConnection, rows: list[Row]) -> list[Row]:
        """Those under whose keys no job waits yet."""
        lock, keys = _jobs.c.queueing_lock, [row.queueing_lock for row in rows]
        there = set(await tx.scalars(sa.select(lock).where(_waiting, lock.in_(keys))))
        return [row for row in rows if row.queueing_lock not in there]

    async def _defer(self, tx: AsyncConnection, rows: list[Row]) -> bool:
        """Insert rows under a savepoint; a key that waits already must not abort the caller's transaction."""
        raw = await tx.get_raw_connection()
        try:
            async with tx.begin_nested():
                await self._manager.defer(raw.driver_connection, rows)
        except UniqueViolation:
            return False
        return True

    async def _carry(
        self, context: JobContext, kind: str, payload: dict[str, JSON], lane: str, failures: int
    ) -> None:
        job = Job(kind, context.job.queueing_lock or "", payload, lane)
        again = await attempt(self._handlers or {}, job, failures, self._backoff)
        if again is not None:
            self._errors += [again.error] if again.error else []
            await self._retry(context.job, job, again)

    async def _retry(self, row: Row, job: Job, again: Again) -> None:
        """Put a job back: not by procrastinate's own retry, which a successor of the same key would break.

        While we were frozen another process may have taken it over: then it is that one's to put back.
        """
        ours = sa.delete(_jobs).where(_jobs.c.id == row.id, _jobs.c.worker_id == row.worker_id)
        successor = sa.delete(_jobs).where(_waiting, _jobs.c.queueing_lock == job.key)
        async with self._db.write() as tx:
            if (await tx.execute(ours)).rowcount == 0:
                return
            args = (await tx.execute(successor.returning(_jobs.c.args))).scalar_one_or_none()
            payload = args["payload"] if args else job.payload
            await self._defer(tx, [_row(job, payload, again)])
        asyncio.get_running_loop().call_later(again.seconds, self._manager.nudge)

    async def _keep_working(self) -> None:
        """Run a worker, and another one whenever it ended with the database."""
        while not self._draining:
            self._worker = self._new_worker()
            try:
                await self._worker.run()  # type: ignore[no-untyped-call]  # nor here
            except ConnectorException:
                log.warning("the worker lost the database", exc_info=True)
            if not self._draining:
                await asyncio.sleep(_BEAT)

    def _new_worker(self) -> Worker:
        return Worker(
            self._app,
            queues=[_QUEUE],
            concurrency=self._at_once,
            fetch_job_polling_interval=_BEAT,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            update_heartbeat_interval=_BEAT,
            stalled_worker_timeout=_DEAD,
        )

    async def _keep_beating(self) -> None:
        """Beat for the worker, also while it drains, and take over what dead ones left.

        A worker whose listener broke does not say so: when we cannot reach the database, it is renewed.
        """
        for beats in count():
            await asyncio.sleep(_BEAT)
            try:
                await self._beat()
                await self._take_over()
                if beats % _SETTLES == 0:
                    await self._settle()
            except ConnectorException:
                log.warning("no heartbeat", exc_info=True)
                self._stop_worker()

    async def _settle(self) -> None:
        """Let nothing wait that was written for a time to come before the database's clock was set back."""
        await self._app.connector.execute_query_async(_OF_A_TIME_TO_COME, seconds=PUT_OFF)
        # A dead worker's jobs are taken over once its last beat is old; a living one beats again.
        await self._app.connector.execute_query_async(_BEATS, seconds=_DEAD)

    def _stop_worker(self) -> None:
        """Let the worker finish what it has; unless we drain, another one follows."""
        if self._worker:
            self._worker.stop()  # type: ignore[no-untyped-call]  # procrastinate says no types here

    async def _beat(self) -> None:
        if self._worker and self._worker.worker_id is not None:
            await self._manager.update_heartbeat(self._worker.worker_id)

    async def _take_over(self) -> None:
        stalled = await self._manager.get_stalled_jobs(queue=_QUEUE, seconds_since_heartbeat=_DEAD)
        for row in stalled:
            log.warning("a job was cut off", key=row.queueing_lock)
            with _others_may_be_faster():
                await self._give_back(row)
                self._manager.nudge()

    async def _give_back(self, row: Row) -> None:
        """Let a job wait again; with a successor it is that job, and must end for its lane to move."""
        try:
            await self._manager.retry_job(row)
        except UniqueViolation:
            await self._manager.finish_job(row, Status.FAILED, delete_job=True)


def _connector(url: str) -> PsycopgConnector:
    """Build procrastinate's own pool; each of its statements is a transaction already."""

    async def configure(connection: psycopg.AsyncConnection) -> None:
        await connection.set_autocommit(True)

    return PsycopgConnector(conninfo=url, min_size=1, max_size=10, timeout=5, configure=configure)


@contextmanager
def _others_may_be_faster() -> Iterator[None]:
    """Two processes may take over one job; procrastinate refuses the second."""
    try:
        yield
    except ConnectorException as error:
        if not isinstance(error.__cause__, psycopg.errors.RaiseException):
            raise


def _row(job: Job, payload: Mapping[str, JSON], again: Again | None = None) -> Row:
    """Write a job as procrastinate has it; one that is tried again goes before the others of its lane."""
    in_lane = job.lane and (again is None or again.keeps_lane)
    lane = job.lane if in_lane else job.key
    failures = again.failures if again else 0
    return Row(
        queue=_QUEUE,
        task_name=_TASK,
        lock=lane,
        queueing_lock=job.key,
        priority=1 if again and again.keeps_lane else 0,
        scheduled_at=datetime.now(UTC) + timedelta(seconds=again.seconds) if again else None,
        task_kwargs={"kind": job.kind, "payload": dict(payload), "lane": job.lane, "failures": failures},
    )
