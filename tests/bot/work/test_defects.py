"""What becomes of a job whose handler fails, asked of both carriers."""

import asyncio
from collections import Counter

import pytest
import structlog

from bot.clock import system
from bot.store import Database
from bot.work import Backoff, Job, Later, Timer, Timers, Work, open_work
from tests.bot.work.doing import Diary, hand_over


async def test_a_defect_is_logged_whole_and_the_job_tried_again(database: Database, work: Work) -> None:
    tries: list[Job] = []

    async def handler(job: Job) -> None:
        tries.append(job)
        if len(tries) < 3:
            raise ValueError("the second digit is missing")

    job = Job("count", "count:7", {"from": 1})
    with structlog.testing.capture_logs() as logs:
        await work.run({"count": handler})
        await hand_over(database, work, job)
        await work.idle()
    assert tries == [job, job, job]
    failed = [line for line in logs if line["event"] == "job failed"]
    assert [(line["kind"], line["key"], line["failures"]) for line in failed] == [
        ("count", "count:7", 1),
        ("count", "count:7", 2),
    ]
    assert all(line["exc_info"] for line in failed)


async def test_a_job_that_waited_for_what_was_cancelled_is_tried_again(
    database: Database, work: Work
) -> None:
    tries: list[Job] = []

    async def handler(job: Job) -> None:
        tries.append(job)
        if len(tries) == 1:
            shared: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            shared.cancel()
            await shared

    await work.run({"count": handler})
    await hand_over(database, work, Job("count", "one", lane="a"), Job("count", "two", lane="a"))
    await work.idle()

    assert [job.key for job in tries] == ["one", "one", "two"]


async def test_a_job_that_fails_keeps_its_turn_and_then_lets_the_lane_go_on(
    database: Database, work: Work
) -> None:
    diary, mended = Diary(), asyncio.Event()
    failures: list[list[str]] = []

    async def handler(job: Job) -> None:
        if job.key == "broken" and not mended.is_set():
            failures.append(list(diary.done))
            raise ValueError("a defect")
        await diary(job)
        if job.key == "two":
            mended.set()

    await hand_over(database, work, *(Job("ride", key, lane="a") for key in ("broken", "one", "two")))
    await work.run({"ride": handler})
    await work.idle()
    assert failures[:3] == [[], [], []]  # in_lane=3: the first three times nobody passed it
    assert diary.done[-1] == "broken"
    assert sorted(diary.done) == ["broken", "one", "two"]


async def test_a_handler_that_asks_for_later_is_called_again_and_its_lane_waits(
    database: Database, work: Work
) -> None:
    diary, tries = Diary(), Counter[str]()

    async def handler(job: Job) -> None:
        tries[job.key] += 1
        if job.key == "first" and tries["first"] < 6:
            raise Later(0.01)
        await diary(job)

    with structlog.testing.capture_logs() as logs:
        await work.run({"ride": handler})
        await hand_over(database, work, *(Job("ride", key, lane="a") for key in ("first", "second")))
        await work.idle()
    assert diary.done == ["first", "second"]
    assert [line for line in logs if line["event"] == "job failed"] == []


async def test_a_job_that_fails_becomes_one_with_its_successor(database: Database, work: Work) -> None:
    tries: list[str] = []

    async def handler(job: Job) -> None:
        tries.append(job.payload["name"])
        if len(tries) == 1:
            await hand_over(database, work, Job("edit", "card", {"name": "second"}))
            raise ValueError("a defect")

    await work.run({"edit": handler})
    await hand_over(database, work, Job("edit", "card", {"name": "first"}))
    await work.idle()
    assert tries == ["first", "second"]


async def test_a_kind_that_nobody_handles_waits_for_somebody_who_does(database: Database) -> None:
    diary, soon = Diary(), Backoff(first=0.01, most=0.02)
    older = open_work(database, system, backoff=soon)
    job = Job("from the future", "flight")
    other = Job("note", "other")
    await hand_over(database, older, job, other)
    with structlog.testing.capture_logs() as logs:
        await older.run({"note": diary})
        await diary.has_begun("other")
        await older.drain(1)
    assert [(line["event"], line["kind"]) for line in logs if "kind" in line][:1] == [
        ("job failed", "from the future")
    ]
    newer = open_work(database, system, backoff=soon)
    await newer.run({"from the future": diary})
    await newer.idle()
    assert diary.done == ["other", "flight"]
    await newer.drain(1)


async def test_a_kind_that_nobody_handles_here_is_refused_where_it_is_asked_for(
    database: Database, work: Work
) -> None:
    await work.run({"note": Diary()})
    with pytest.raises(LookupError, match="ntoe"):
        await hand_over(database, work, Job("note", "one"), Job("ntoe", "two"))
    with pytest.raises(LookupError, match="lokc"):
        async with database.write() as tx:
            await Timers(database, work, system).set(tx, Timer("lokc", "room 1", system()))
    await work.idle()


async def test_a_timer_of_another_release_is_left_to_it_and_holds_up_no_other(
    database: Database, work: Work
) -> None:
    timers, diary = Timers(database, work, system), Diary()
    async with database.write() as tx:
        await timers.set(tx, Timer("from the future", "flight", system()), Timer("note", "one", system()))
    await work.run({"note": diary})
    await timers.wake()
    await work.idle()
    assert len(diary.done) == 1
    async with database.read() as tx:
        assert [timer.subject for timer in await timers.pending(tx)] == ["flight"]


async def test_who_waits_for_a_job_that_fails_again_and_again_is_told_why(database: Database) -> None:
    async def broken(job: Job) -> None:
        raise ValueError("a defect")

    work = open_work(database, system, backoff=Backoff(first=0.0, most=0.0, raised=3))
    await work.run({"note": broken})
    await hand_over(database, work, Job("note", "one"))
    with pytest.raises(ValueError, match="a defect"):
        await work.idle()
    await work.drain(1)
