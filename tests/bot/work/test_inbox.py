"""Events are on disk before anybody is told so, and many of them share a commit."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store import Database
from bot.work.arrivals import Arrival, Source
from bot.work.inbox import Inbox, Received, inbox
from tests.way import MORNING, Clock

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box(database: Database, clock: Clock) -> Inbox:
    return Inbox(database, clock)


def joined(peer: str, event: str = "", at: datetime | None = MORNING, **more: Any) -> Arrival:
    data = {"session_id": "s1", "peer_id": peer}
    return Arrival(event or f"evt-{peer}", "peer.join.success", data, at, **more)


async def rows(database: Database, table: sa.Table = inbox) -> int:
    async with database.read() as tx:
        return await tx.scalar(sa.select(sa.func.count()).select_from(table)) or 0


async def commits(database: Database, coroutines: Sequence[Any]) -> int:
    """How many transactions wrote while all of these went on together."""
    heard: list[str | None] = []
    database.told = heard.append
    await asyncio.gather(*coroutines)
    return len(heard)


async def test_an_event_is_kept_once(database: Database, box: Inbox) -> None:
    for _ in range(3):
        await box.take(joined("gus"))
    await asyncio.gather(*(box.take(joined("gus")) for _ in range(20)))

    assert await rows(database) == 1


async def test_who_hands_on_is_told_of_what_is_new(box: Inbox) -> None:
    told: list[bool] = []
    box.came = lambda: told.append(True)
    await box.take(joined("gus"))
    await box.take(joined("gus"))

    assert told == [True]


async def test_what_waits_together_is_committed_together(database: Database, box: Inbox) -> None:
    written = await commits(database, [box.take(joined(f"p{number}")) for number in range(150)])

    assert await rows(database) == 150
    assert written <= 3


async def test_one_that_the_store_refuses_spoils_no_other(database: Database, box: Inbox) -> None:
    bad = Arrival("evt-bad", "x", {"a": float("inf")}, MORNING.replace(tzinfo=None))
    took = [box.take(joined("gus")), box.take(bad), box.take(joined("ivy"))]

    found = await asyncio.gather(*took, return_exceptions=True)

    assert [isinstance(one, Exception) for one in found] == [False, True, False]
    async with database.read() as tx:
        assert await box.missing(tx, ["evt-gus", "evt-bad", "evt-ivy"]) == {"evt-bad"}


async def test_whoever_hangs_up_takes_nobody_with_them(database: Database, box: Inbox) -> None:
    gone = asyncio.create_task(box.take(joined("gus")))
    waits = asyncio.create_task(box.take(joined("ivy")))
    await asyncio.sleep(0)
    gone.cancel()

    await waits

    assert await rows(database) == 2


async def test_it_counts_what_came_late_and_what_was_repaired(
    database: Database, box: Inbox, clock: Clock
) -> None:
    await box.take(joined("gus"))
    await box.take(joined("ivy", at=MORNING - HOUR))
    await box.take(joined("hana", at=MORNING - HOUR, source=Source.REPLAY))
    await box.take(joined("ada").looked_up())

    async with database.read() as tx:
        assert await box.received(tx, MORNING) == Received(received=4, late=1, repaired=2, strange=0)
        assert await box.received(tx, MORNING + HOUR) == Received(0, 0, 0)


async def test_it_knows_what_never_came(database: Database, box: Inbox) -> None:
    await box.take(joined("gus", "open-s1"))

    async with database.read() as tx:
        assert await box.missing(tx, ["open-s1", "open-s3"]) == {"open-s3"}
