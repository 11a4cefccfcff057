"""Timers that wake by themselves, on the machine's clock."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import system
from bot.store import Database
from bot.work import Timer, Timers, Work
from tests.bot.work.doing import Feature
from tests.patience import PATIENCE


async def plan(database: Database, timers: Timers, *wanted: Timer) -> None:
    async with database.write() as tx:
        await timers.set(tx, *wanted)


class Ticking:
    """Timers on the machine's clock, awake by themselves."""

    def __init__(self, database: Database, work: Work, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead
        self.reconciled = asyncio.Event()
        self.timers = Timers(database, work, lambda: system() + self.ahead)

    async def reconcile(self) -> None:
        self.reconciled.set()

    async def start_without_more_looks(self) -> None:
        """Look once, then wake for the moments alone: a look every five seconds would hide that none does."""
        self.timers.start(self.reconcile)
        await self.timers._alarm._look()
        self.timers._alarm.looking.cancel()


@pytest.fixture
async def ticking(database: Database, work: Work) -> AsyncIterator[Ticking]:
    ticking = Ticking(database, work)
    yield ticking
    await ticking.timers.stop()


async def test_awake_by_itself_it_is_there_at_the_moment(
    database: Database, ticking: Ticking, feature: Feature
) -> None:
    await ticking.start_without_more_looks()
    async with asyncio.timeout(PATIENCE):
        await plan(database, ticking.timers, Timer("lock", "in an hour", system() + timedelta(hours=1)))
        moment = system() + timedelta(milliseconds=200)
        await plan(database, ticking.timers, Timer("lock", "soon", moment))
        await feature.news.wait()
    assert feature.subjects == ["soon"]
    assert system() >= moment


async def test_after_one_moment_it_expects_the_next(
    database: Database, ticking: Ticking, feature: Feature
) -> None:
    moments = [system() + timedelta(milliseconds=100 * number) for number in (1, 2, 3)]
    await plan(
        database, ticking.timers, *(Timer("lock", f"{moment}", moment) for moment in reversed(moments))
    )
    await ticking.start_without_more_looks()
    async with asyncio.timeout(PATIENCE):
        while len(feature.due) < 3:
            feature.news.clear()
            await feature.news.wait()
    assert sorted(feature.subjects) == [f"{moment}" for moment in moments]


async def test_at_start_it_catches_up_and_reconciles(
    database: Database, ticking: Ticking, feature: Feature
) -> None:
    await plan(database, ticking.timers, Timer("lock", "last week", system() - timedelta(days=7)))
    ticking.timers.start(ticking.reconcile)
    async with asyncio.timeout(PATIENCE):
        await feature.news.wait()
        await ticking.reconciled.wait()
    assert feature.subjects == ["last week"]


async def test_after_a_jump_of_the_clock_it_reconciles(ticking: Ticking) -> None:
    ticking.timers.start(ticking.reconcile)
    async with asyncio.timeout(PATIENCE):
        await ticking.reconciled.wait()
        ticking.reconciled.clear()
        ticking.ahead = timedelta(hours=1)
        await ticking.timers._alarm._look()  # which it does every five seconds
        await ticking.reconciled.wait()


async def test_a_scheduler_that_sleeps_until_a_clock_is_there_again_makes_nothing_late(
    database: Database, ticking: Ticking, feature: Feature
) -> None:
    ticking.timers.start(ticking.reconcile)
    async with asyncio.timeout(PATIENCE):
        await ticking.reconciled.wait()
        ticking.timers._alarm._scheduler.pause()
        await plan(database, ticking.timers, Timer("lock", "soon", system()))
        await feature.news.wait()
    assert feature.subjects == ["soon"]


async def test_by_how_much_a_clock_was_set_back_is_told(database: Database, work: Work) -> None:
    ticking, told = Ticking(database, work), []

    async def jumped(by: timedelta) -> None:
        told.append(round(by / timedelta(minutes=1)))

    ticking.timers.start(ticking.reconcile, jumped)
    ticking.ahead = timedelta(hours=-2)
    await ticking.timers._alarm._look()
    await ticking.timers._alarm._look()
    await ticking.timers.stop()

    assert told == [-120]
