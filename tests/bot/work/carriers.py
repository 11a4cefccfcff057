"""Both carriers, each on its own store, and a clock that the tests own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import system
from bot.store import Database
from bot.work import Backoff, Work, open_work
from tests.bot.work.doing import Feature


@dataclass
class Hands:
    """A clock moved by hand."""

    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def work(database: Database) -> AsyncIterator[Work]:
    """The carrier that belongs to the database; failed jobs are tried again almost at once."""
    carrier = open_work(database, system, backoff=Backoff(first=0.01, most=0.02, in_lane=3))
    yield carrier
    await carrier.drain(1)


@pytest.fixture
async def feature(work: Work) -> Feature:
    feature = Feature()
    await work.run({"lock": feature, "announce": feature})
    return feature
