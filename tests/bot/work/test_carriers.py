"""What a carrier promises, asked of both."""

import asyncio
from collections import Counter
from contextlib import suppress

from bot.clock import system
from bot.store import Database
from bot.work import Job, Work, open_work
from tests.bot.work.doing import Diary, hand_over
from tests.patience import PATIENCE


async def test_a_job_is_done_once_it_is_committed(database: Database, work: Work) -> None:
    given: list[Job] = []

    async def handler(job: Job) -> None:
        given.append(job)

    await work.run({"greet": handler})
    job = Job("greet", "greet:1", {"whom": ["Gus", "Ivy"], "times": 2}, lane="standup")
    await hand_over(database, work, job)
    await work.idle()
    assert given == [job]


async def test_a_job_of_a_transaction_that_failed_never_was(database: Database, work: Work) -> None:
    diary = Diary()
    await work.run({"note": diary})
    with suppress(ZeroDivisionError):
        async with database.write() as tx:
            await work.later(tx, Job("note", "unsaid"))
            raise ZeroDivisionError
    await hand_over(database, work, Job("note", "said"))
    await work.idle()
    assert diary.done == ["said"]


async def test_a_job_that_waits_already_is_not_handed_over_twice(database: Database, work: Work) -> None:
    diary = Diary()
    await hand_over(database, work, Job("note", "one", {"name": "first"}))
    await hand_over(
        database, work, Job("note", "zero"), Job("note", "one", {"name": "second"}), Job("note", "two")
    )
    async with database.write() as tx:
        await work.later(tx, Job("note", "two"))
        await work.later(tx, Job("note", "three"))  # the transaction goes on
    await work.run({"note": diary})
    await work.idle()
    assert sorted(diary.done) == ["first", "three", "two", "zero"]


async def test_a_running_job_has_one_successor_and_never_runs_beside_it(
    database: Database, work: Work
) -> None:
    diary = Diary()
    gate = diary.hold("edit")
    await work.run({"note": diary})
    await hand_over(database, work, Job("note", "edit", {"name": "first"}))
    await diary.has_begun("edit")
    await hand_over(database, work, Job("note", "edit", {"name": "second"}), Job("note", "else"))
    await hand_over(database, work, Job("note", "edit", {"name": "third"}))
    await diary.has_begun("else")
    gate.set()
    await work.idle()
    assert [name for name in diary.done if name != "else"] == ["first", "second"]


async def test_a_lane_is_kept_in_order_one_at_a_time(database: Database, work: Work) -> None:
    running: Counter[str] = Counter()
    done: dict[str, list[str]] = {"red": [], "blue": []}

    async def handler(job: Job) -> None:
        running[job.lane] += 1
        assert running[job.lane] == 1
        await asyncio.sleep(0)
        running[job.lane] -= 1
        done[job.lane].append(job.key)

    await work.run({"ride": handler})
    for number in range(10):
        red, blue = (Job("ride", f"{lane} {number}", lane=lane) for lane in ("red", "blue"))
        await hand_over(database, work, red, blue)
    await work.idle()
    assert done == {lane: [f"{lane} {number}" for number in range(10)] for lane in ("red", "blue")}


async def test_a_lane_that_stands_still_holds_up_no_other(database: Database, work: Work) -> None:
    diary = Diary()
    gate = diary.hold("slow")
    await work.run({"note": diary})
    await hand_over(database, work, Job("note", "slow", lane="a"), Job("note", "next", lane="a"))
    await hand_over(database, work, Job("note", "other", lane="b"), Job("note", "none"))
    await diary.has_begun("other")
    await diary.has_begun("none")
    assert "next" not in diary.begun
    gate.set()
    await work.idle()
    assert sorted(diary.done) == ["next", "none", "other", "slow"]


async def test_no_more_jobs_are_in_flight_than_allowed(database: Database) -> None:
    work, diary = open_work(database, system, at_once=3), Diary()
    gates = [diary.hold(f"{number}") for number in range(9)]
    await hand_over(database, work, *(Job("note", f"{number}") for number in range(9)))
    await work.run({"note": diary})
    await asyncio.gather(*(diary.has_begun(f"{number}") for number in range(3)))
    for gate in gates:
        gate.set()
    await work.idle()
    assert diary.most_at_work == 3
    assert len(diary.done) == 9
    await work.drain(1)


async def test_a_forgotten_job_is_not_done_but_a_running_one_ends(database: Database, work: Work) -> None:
    diary = Diary()
    gate = diary.hold("begun")
    await work.run({"note": diary})
    await hand_over(database, work, Job("note", "begun", lane="a"), Job("note", "waiting", lane="a"))
    await diary.has_begun("begun")
    async with database.write() as tx:
        await work.forget(tx, "begun")
        await work.forget(tx, "waiting")
        await work.forget(tx, "never heard of")
    gate.set()
    await work.idle()
    assert diary.done == ["begun"]


async def test_a_job_may_hand_over_another_in_its_own_transaction(database: Database, work: Work) -> None:
    done: list[str] = []

    async def handler(job: Job) -> None:
        done.append(job.key)
        if len(done) < 4:
            await hand_over(database, work, Job("step", f"{len(done)}"))

    await work.run({"step": handler})
    await hand_over(database, work, Job("step", "0"))
    await work.idle()
    assert done == ["0", "1", "2", "3"]


async def test_draining_finishes_what_was_taken_and_takes_no_more(database: Database, work: Work) -> None:
    diary = Diary()
    gate = diary.hold("taken")
    await work.run({"note": diary})
    await hand_over(database, work, Job("note", "taken", lane="a"), Job("note", "left", lane="a"))
    await diary.has_begun("taken")
    draining = asyncio.create_task(work.drain(10))
    await asyncio.sleep(0)
    gate.set()
    await draining
    assert diary.done == ["taken"]
    await work.run({"note": diary})
    await work.idle()
    assert diary.done == ["taken", "left"]


async def test_what_draining_cuts_off_is_done_after_the_next_start(database: Database, work: Work) -> None:
    diary = Diary()
    diary.hold("endless")
    await work.run({"note": diary})
    await hand_over(database, work, Job("note", "endless", {"name": "cut off"}))
    await diary.has_begun("endless")
    await hand_over(database, work, Job("note", "successor"))
    await work.drain(0.01)
    assert "cut off" not in diary.done
    diary.gates.clear()
    await work.run({"note": diary})
    await work.idle()
    assert sorted(diary.done) == ["cut off", "successor"]


async def test_draining_before_running_is_nothing(database: Database, work: Work) -> None:
    await work.drain(1)


async def test_a_drain_wakes_a_carrier_that_has_nothing_to_do(database: Database, work: Work) -> None:
    await work.run({})
    async with asyncio.timeout(PATIENCE):
        await work.drain(10)
