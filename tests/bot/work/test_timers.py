"""What is due comes, once, at its moment or as soon after it as somebody is awake."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.clock import system
from bot.store import Database
from bot.work import CatchUp, Due, Moment, Timer, Timers, Work, due, open_work
from tests.bot.work.doing import Diary, Feature


def every_morning(payload: Mapping[str, Any], after: datetime) -> datetime:
    """The next time that it is so many hours."""
    today = after.replace(hour=payload["hour"], minute=0, second=0, microsecond=0)
    return today if today > after else today + timedelta(days=1)


MOMENTS = {
    "lock": Moment("lock", counted=False),
    "rise": Moment("rise", next=every_morning, counted=False),
    "line": Moment("line", in_order=True, counted=False),
}


@pytest.fixture
async def timers(database: Database, work: Work, clock) -> Timers:
    return Timers(database, work, clock, MOMENTS)


async def plan(database: Database, timers: Timers, *wanted: Timer) -> None:
    async with database.write() as tx:
        await timers.set(tx, *wanted)


async def wake(timers: Timers, work: Work) -> None:
    await timers.wake()
    await work.idle()


async def test_what_is_due_comes_once_and_what_is_not_waits(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    noon = clock()
    soon, later = noon + timedelta(minutes=1), noon + timedelta(hours=1)
    await plan(database, timers, Timer("lock", "room 1", soon, {"by": "Mo"}), Timer("lock", "room 2", later))
    await wake(timers, work)
    assert feature.due == []
    clock.move(minutes=1)
    await wake(timers, work)
    await wake(timers, work)
    assert feature.due == [Due("room 1", soon, {"by": "Mo"})]
    async with database.read() as tx:
        assert await timers.pending(tx) == [Timer("lock", "room 2", later)]


async def test_a_timer_of_the_same_kind_and_subject_is_replaced(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    await plan(database, timers, Timer("lock", "room 1", clock()), Timer("announce", "room 1", clock()))
    await plan(database, timers, Timer("lock", "room 1", clock() + timedelta(hours=1), {"new": True}))
    await wake(timers, work)
    assert [job.kind for job in feature.jobs] == ["announce"]
    clock.move(hours=1)
    await wake(timers, work)
    assert feature.due[-1].payload == {"new": True}


async def test_a_timer_taken_back_does_not_come(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    await plan(database, timers, Timer("lock", "room 1", clock()), Timer("lock", "room 2", clock()))
    async with database.write() as tx:
        await timers.cancel(tx, "lock", "room 1")
        await timers.cancel(tx, "lock", "room 3")
    await wake(timers, work)
    assert feature.subjects == ["room 2"]


async def test_what_is_to_come_can_be_listed(database: Database, timers: Timers, clock) -> None:
    first, second, third = (
        Timer(kind, subject, clock() + timedelta(minutes=minutes))
        for kind, subject, minutes in (("lock", "a_1", 1), ("announce", "a_1", 2), ("lock", "ab1", 3))
    )
    await plan(database, timers, third, first, second)
    async with database.read() as tx:
        assert await timers.pending(tx) == [first, second, third]
        assert await timers.pending(tx, kind="lock") == [first, third]
        assert await timers.pending(tx, subject_prefix="a_") == [first, second]
        assert await timers.pending(tx, kind="lock", subject_prefix="a_") == [first]


async def test_a_job_has_twenty_subjects_of_one_kind_at_most(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    await plan(database, timers, *(Timer("lock", f"room {number}", clock()) for number in range(45)))
    await plan(database, timers, *(Timer("announce", f"room {number}", clock()) for number in range(3)))
    await wake(timers, work)
    assert sorted((job.kind, len(due(job))) for job in feature.jobs) == [
        ("announce", 3),
        ("lock", 5),
        ("lock", 20),
        ("lock", 20),
    ]
    assert sorted(feature.subjects) == sorted(
        [f"room {number}" for number in range(45)] + [f"room {number}" for number in range(3)]
    )


async def test_of_a_kind_that_is_in_order_one_job_is_done_with_before_the_next_begins(
    database: Database, work: Work, timers: Timers, clock
) -> None:
    diary = Diary()
    await work.run({"line": diary})
    await plan(database, timers, *(Timer("line", f"line {number}", clock()) for number in range(45)))
    await wake(timers, work)
    assert (len(diary.done), diary.most_at_work) == (3, 1)


async def test_more_than_one_handful_is_taken_at_one_waking(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    await plan(database, timers, *(Timer("lock", f"room {number}", clock()) for number in range(1200)))
    await wake(timers, work)
    assert len(set(feature.subjects)) == len(feature.subjects) == 1200


def test_late_beyond_its_grace_an_announcement_is_missed_and_a_lock_is_not() -> None:
    announce = Moment("announce", late=CatchUp.SKIP, grace=timedelta(minutes=5), counted=False)
    assert not announce.is_missed(timedelta(minutes=5))
    assert announce.is_missed(timedelta(minutes=6))
    assert not Moment("lock", counted=False).is_missed(timedelta(days=6))


async def test_two_that_wake_at_once_share_what_is_due(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    other = Timers(database, work, clock)
    await plan(database, timers, *(Timer("lock", f"room {number}", clock()) for number in range(1100)))
    await asyncio.gather(timers.wake(), other.wake(), timers.wake())
    await work.idle()
    assert len(set(feature.subjects)) == len(feature.subjects) == 1100


async def test_a_timer_whose_transaction_failed_never_was(
    database: Database, work: Work, timers: Timers, feature: Feature, clock
) -> None:
    with pytest.raises(LookupError):
        await _fail_after_setting(database, timers, Timer("lock", "room 1", clock()))
    await wake(timers, work)
    assert feature.due == []


async def _fail_after_setting(database: Database, timers: Timers, timer: Timer) -> None:
    async with database.write() as tx:
        await timers.set(tx, timer)
        raise LookupError


async def test_a_process_that_starts_takes_what_another_left(database: Database, work: Work, clock) -> None:
    """Killed between the waking and the job: the job is in the same transaction as the timer's end."""
    feature = Feature()
    timers = Timers(database, work, clock)
    await plan(database, timers, Timer("lock", "room 1", clock()))
    await timers.wake()
    another = open_work(database, system)
    await another.run({"lock": feature})
    await another.idle()
    await another.drain(1)
    assert feature.subjects == ["room 1"]


async def test_a_series_goes_on_from_now_and_replays_no_backlog(
    database: Database, work: Work, timers: Timers, clock
) -> None:
    feature = Feature()
    await work.run({"rise": feature})
    await plan(database, timers, Timer("rise", "yoga", clock(), {"hour": 7}))
    await wake(timers, work)
    clock.move(days=7)
    await wake(timers, work)

    async with database.read() as tx:
        to_come = await timers.pending(tx, kind="rise")
    assert [one.fire_at for one in to_come] == [every_morning({"hour": 7}, clock())]
    assert feature.subjects == ["yoga", "yoga"]
