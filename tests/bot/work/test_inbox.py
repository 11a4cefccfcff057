"""Events are on disk before anybody is told so, each fact is handed on once, and many share a commit."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import Database
from bot.work.arrivals import Arrival, Source
from bot.work.inbox import Inbox, Received, inbox, occurrences
from tests.way import MORNING, Clock

HOUR = timedelta(hours=1)


class Reader:
    """Whoever is handed the facts."""

    def __init__(self) -> None:
        self.read: list[str] = []

    async def __call__(self, _: AsyncConnection, arrivals: Sequence[Arrival]) -> None:
        self.read += [one.id for one in arrivals]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def box(database: Database, clock: Clock) -> Inbox:
    return Inbox(database, clock)


@pytest.fixture
def reader(box: Inbox) -> Reader:
    box.hand = Reader()
    return box.hand


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


async def test_an_event_is_kept_once_and_handed_on_once(
    database: Database, box: Inbox, reader: Reader
) -> None:
    for _ in range(3):
        await box.take(joined("gus"))

    assert await rows(database) == 1
    assert reader.read == ["evt-gus"]


async def test_what_waits_together_is_committed_together(
    database: Database, box: Inbox, reader: Reader
) -> None:
    written = await commits(database, [box.take(joined(f"p{number}")) for number in range(150)])

    assert await rows(database) == 150
    assert reader.read == [f"evt-p{number}" for number in range(150)]
    assert written <= 3


async def test_repeats_in_one_commit_are_one_event(database: Database, box: Inbox, reader: Reader) -> None:
    await asyncio.gather(*(box.take(joined("gus")) for _ in range(20)))

    assert await rows(database) == 1
    assert reader.read == ["evt-gus"]


async def test_a_fact_that_was_looked_up_and_is_then_reported_is_one_occurrence(
    database: Database, box: Inbox, reader: Reader
) -> None:
    await box.take(joined("gus").looked_up())
    await box.take(joined("gus"))
    await asyncio.gather(box.take(joined("ivy")), box.take(joined("ivy").looked_up()))

    assert await rows(database) == 4  # 100ms's own words say more
    assert reader.read == ["look:peer.join.success:s1:gus", "evt-ivy"]


async def test_two_processes_hand_a_fact_on_once(
    database: Database, box: Inbox, clock: Clock, reader: Reader
) -> None:
    other = Inbox(database, clock)
    other.hand = reader
    events = [joined(f"p{number}") for number in range(30)]

    await asyncio.gather(
        *(box.take(one) for one in events), *(other.take(one.looked_up()) for one in reversed(events))
    )

    assert len(reader.read) == 30
    assert await rows(database, occurrences) == 30


async def test_an_event_that_does_not_fit_is_kept_and_handed_to_nobody(
    database: Database, box: Inbox, reader: Reader
) -> None:
    await box.take(joined("gus", fits=False))

    async with database.read() as tx:
        assert (await box.received(tx, MORNING - HOUR)).strange == 1
    await box.take(joined("gus", "evt-2"))

    assert await rows(database) == 2
    assert reader.read == ["evt-2"]


async def test_whoever_hands_on_and_fails_keeps_the_event_off_the_disk(
    database: Database, box: Inbox
) -> None:
    async def breaks(_: AsyncConnection, __: Sequence[Arrival]) -> None:
        raise OperationalError("handing on", {}, OSError("the disk is full"))

    box.hand = breaks
    with pytest.raises(OperationalError):
        await box.take(joined("gus"))
    assert await rows(database) == 0

    box.hand = Reader()
    await box.take(joined("gus"))
    assert box.hand.read == ["evt-gus"]


async def test_one_that_the_store_refuses_spoils_no_other(
    database: Database, box: Inbox, reader: Reader
) -> None:
    bad = Arrival("evt-bad", "x", {"a": float("inf")}, MORNING.replace(tzinfo=None))
    took = [box.take(joined("gus")), box.take(bad), box.take(joined("ivy"))]

    found = await asyncio.gather(*took, return_exceptions=True)

    assert [isinstance(one, Exception) for one in found] == [False, True, False]
    assert reader.read == ["evt-gus", "evt-ivy"]


async def test_whoever_hangs_up_takes_nobody_with_them(
    database: Database, box: Inbox, reader: Reader
) -> None:
    gone = asyncio.create_task(box.take(joined("gus")))
    waits = asyncio.create_task(box.take(joined("ivy")))
    await asyncio.sleep(0)
    gone.cancel()

    await waits

    assert reader.read == ["evt-gus", "evt-ivy"]


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


async def test_what_is_old_is_forgotten(database: Database, box: Inbox, clock: Clock) -> None:
    await box.take(joined("gus"))
    clock.now += HOUR
    await box.take(joined("ivy"))

    async with database.write() as tx:
        await box.prune(tx, MORNING + timedelta(minutes=1))

    assert (await rows(database), await rows(database, occurrences)) == (1, 1)


async def test_it_knows_what_never_came_and_what_is_open(database: Database, box: Inbox) -> None:
    for session, kind in (("s1", "open"), ("s2", "open"), ("s1", "close")):
        await box.take(
            Arrival(f"{kind}-{session}", f"session.{kind}.success", {"session_id": session}, MORNING)
        )

    async with database.read() as tx:
        ends = ["session.close.success"]
        assert await box.open_since(tx, "session.open.success", ends, MORNING) == {"s2"}
        assert await box.missing(tx, ["open-s1", "open-s3"]) == {"open-s3"}


async def test_what_is_found_by_looking_is_added_once(database: Database, box: Inbox, reader: Reader) -> None:
    found = [joined(f"p{number}").looked_up() for number in range(450)]
    await box.take(joined("p7"))
    assert await box.news(found) == [one for one in found if one.data["peer_id"] != "p7"]

    await box.add(found)

    assert await box.news(found) == []
    assert len(reader.read) == 450
