"""What was given up can be handed over again; what another release knows waits for it."""

import pytest
import sqlalchemy as sa

from bot.store import Database
from bot.work import Effects, EffectUnknown, Failures, Job, SetAside, Work
from bot.work.effects import effects
from tests.bot.work.doing import Diary


@pytest.fixture
async def diary(work: Work) -> Diary:
    diary = Diary()
    await work.run({"ring": diary})
    return diary


async def test_what_only_another_release_knows_is_not_handed_over_here(
    database: Database, work: Work, diary: Diary, clock
) -> None:
    failures = Failures(work, Effects(database, clock), clock)
    async with database.write() as tx:
        number = await failures.keep(tx, Job("sing", "bell"), "sing:bell")
        assert await failures.find(tx, number) is None


async def test_what_was_given_up_is_handed_over_again_once(
    database: Database, work: Work, diary: Diary, clock
) -> None:
    failures = Failures(work, Effects(database, clock), clock)
    async with database.write() as tx:
        number = await failures.keep(tx, Job("ring", "bell"), "ring:bell")
        assert await failures.find(tx, number) == Job("ring", "bell")

    again = []
    for _ in range(2):
        async with database.write() as tx:
            again.append(await failures.again(tx, number))
    await work.idle()

    assert again == [True, False]
    assert diary.done == ["bell"]


async def test_an_effect_that_nobody_knew_of_is_done_once_more_and_no_other(
    database: Database, work: Work, diary: Diary, clock
) -> None:
    once, failures = Effects(database, clock), Failures(work, Effects(database, clock), clock)
    rows = [
        {"key": key, "state": "unknown", "changed_at": clock()}
        for key in ("ring:bell:ring:", "ring:gong:ring:")
    ]
    async with database.write() as tx:
        await tx.execute(sa.insert(effects), rows)
        number = await failures.keep(tx, Job("ring", "bell"), "ring:bell")
    async with database.write() as tx:
        await failures.again(tx, number)

    async def ring() -> str:
        return "rung"

    assert await once.once("ring:bell:ring:", ring) == "rung"
    with pytest.raises(EffectUnknown):
        await once.once("ring:gong:ring:", ring)
    await work.idle()


async def test_what_is_too_old_is_forgotten(database: Database, work: Work, diary: Diary, clock) -> None:
    failures = Failures(work, Effects(database, clock), clock)
    async with database.write() as tx:
        old = await failures.keep(tx, Job("ring", "old"), "ring:old")
    clock.move(days=2)
    async with database.write() as tx:
        new = await failures.keep(tx, Job("ring", "new"), "ring:new")
        clock.move(days=-1)
        await failures.prune(tx, clock())
        clock.move(days=1)
        assert await failures.find(tx, old) is None
        assert await failures.find(tx, new) == Job("ring", "new")


async def test_jobs_of_another_release_wait_in_their_order_and_are_taken_once(
    database: Database, clock
) -> None:
    aside = SetAside(clock)
    jobs = [Job("fly", f"flight:{number}", {"to": "home"}, "air") for number in range(5)]
    async with database.write() as tx:
        first = [await aside.put(tx, job) for job in (*jobs, Job("swim", "sea"))]

    async with database.write() as tx:
        taken = await aside.take(tx, ["fly"])
    async with database.write() as tx:
        again = await aside.take(tx, ["fly", "swim"])

    assert first == [True, False, False, False, False, True]
    assert taken == jobs
    assert again == [Job("swim", "sea")]
