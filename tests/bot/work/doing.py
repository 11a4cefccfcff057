"""Those who do the jobs in these tests, and remember what they did."""

import asyncio

from bot.store import Database
from bot.work import Due, Job, Work, due


async def hand_over(database: Database, work: Work, *jobs: Job) -> None:
    async with database.write() as tx:
        await work.later(tx, *jobs)


class Diary:
    """A handler that writes down what it was given, and lets the test hold jobs up."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.at_work: set[str] = set()
        self.most_at_work = 0
        self.begun: dict[str, asyncio.Event] = {}
        self.gates: dict[str, asyncio.Event] = {}

    async def __call__(self, job: Job) -> None:
        self.at_work.add(job.key)
        self.most_at_work = max(self.most_at_work, len(self.at_work))
        self.begun.setdefault(job.key, asyncio.Event()).set()
        await (self.gates[job.key].wait() if job.key in self.gates else asyncio.sleep(0))
        self.at_work.discard(job.key)
        self.done.append(str(job.payload.get("name", job.key)))

    def hold(self, key: str) -> asyncio.Event:
        """Keep the jobs of this key from ending until the event is set."""
        self.gates[key] = asyncio.Event()
        return self.gates[key]

    async def has_begun(self, key: str) -> None:
        await self.begun.setdefault(key, asyncio.Event()).wait()


class Feature:
    """A feature that remembers the jobs it was given."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.news = asyncio.Event()

    async def __call__(self, job: Job) -> None:
        self.jobs.append(job)
        self.news.set()

    @property
    def due(self) -> list[Due]:
        return [one for job in self.jobs for one in due(job)]

    @property
    def subjects(self) -> list[str]:
        return [one.subject for one in self.due]
