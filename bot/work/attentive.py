"""procrastinate's way to its tables, without the waits and the standstill that 3.10 has in it."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from procrastinate import BaseConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Notification, Status
from procrastinate.manager import JobManager, NotificationCallback

from bot.store import JSON, as_json

_DEFER = """
    SELECT unnest(procrastinate_defer_jobs_v1(array_agg(job)))
    FROM jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, %(jobs)s) AS job
"""
_END = "DELETE FROM procrastinate_jobs WHERE id = %(job_id)s AND worker_id IS NOT DISTINCT FROM %(worker_id)s"


class Attentive(JobManager):
    """Makes a worker look at once where it would wait for its next poll, a second away.

    By itself it forgets a notification that arrives while it fetches, and does not look again when the end of
    a job frees a lane. And a job whose end could not be written holds its lane for as long as its worker
    lives: then ``lost`` is called, to have the worker replaced.
    """

    def __init__(self, connector: BaseConnector, lost: Callable[[], None]) -> None:
        super().__init__(connector)
        self._lost = lost
        self._heard = 0
        self._news = asyncio.Event()
        self._tell: NotificationCallback | None = None

    async def defer(self, connection: Any, jobs: Sequence[Job]) -> None:
        """Insert jobs, handed over as one text; raises UniqueViolation where one waits under its key.

        By itself it hands over an array of rows, in which every quote of the payloads is escaped twice, one
        by one: 65 ms for 200 timers, in which the event loop did nothing else.
        """
        await self.connector.execute_query_all_async_with_connection(
            connection, query=_DEFER, jobs=as_json([_to_defer(job) for job in jobs])
        )

    def nudge(self) -> None:
        """Have the worker look for a job."""
        self._news.set()

    async def pass_on(self) -> None:
        """Tell the worker of every nudge, for ever."""
        while True:
            await self._news.wait()
            self._news.clear()
            if self._tell:
                await self._hear(channel="", notification={"type": "job_inserted", "job_id": 0})

    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        """Listen for the worker, and count what it hears."""
        self._tell = on_notification
        await super().listen_for_jobs(on_notification=self._hear, queues=queues)

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """Fetch a job; with news meanwhile, "there is none" is out of date and asked again."""
        while True:
            heard = self._heard
            job = await super().fetch_job(queues, worker_id)
            if job or heard == self._heard:
                return job

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:  # noqa: ARG002, FBT001 - theirs
        """End a job that is still our worker's; the next one of its lane may start.

        By itself it would also end the job for whoever took it over while we were frozen.
        """
        try:
            await self.connector.execute_query_async(_END, job_id=job.id, worker_id=job.worker_id)
        except ConnectorException:
            self._lost()
            raise
        self.nudge()

    async def _hear(self, *, channel: str, notification: Notification) -> None:
        self._heard += 1
        if self._tell:
            await self._tell(channel=channel, notification=notification)


def _to_defer(job: Job) -> dict[str, JSON]:
    """A job by the columns of procrastinate's own type for it."""
    return {
        "queue_name": job.queue,
        "task_name": job.task_name,
        "priority": job.priority,
        "lock": job.lock,
        "queueing_lock": job.queueing_lock,
        "args": job.task_kwargs,
        "scheduled_at": job.scheduled_at.isoformat() if job.scheduled_at else None,
    }
