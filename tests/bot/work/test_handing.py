"""Each fact is handed on once, whoever took it in, and what breaks or dies on the way loses none."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import Database
from bot.work.arrivals import Arrival
from bot.work.handing import AT_ONCE, Handing
from bot.work.inbox import Fate, Inbox, inbox, occurrences
from bot.work.tasks import Tasks
from tests.bot.work.test_inbox import HOUR, joined, rows
from tests.way import MORNING, Clock

DOWN = OperationalError("handing on", {}, OSError("the disk is full"))


class Reader:
    """Whoever is handed the facts; ``breaks`` is raised where one of ``on`` is among them."""

    def __init__(self) -> None:
        self.tasks = Tasks()
        self.read: list[str] = []
        self.breaks: Exception | None = None
        self.on: set[str] = set()

    async def __call__(self, _: AsyncConnection, arrivals: Sequence[Arrival]) -> None:
        ids = [one.id for one in arrivals]
        if self.breaks and self.on & {*ids}:
            raise self.breaks
        self.read += ids

    async def heard(self) -> list[str]:
        """All that was handed on, once nothing is under way."""
        await self.tasks.idle()
        return sorted(self.read)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def box(database: Database, clock: Clock, reader: Reader) -> Inbox:
    return read_by(reader, database, clock)


def read_by(reader: Reader, database: Database, clock: Clock) -> Inbox:
    """The inbox of one process."""
    box = Inbox(database, clock)
    Handing(database, clock, box, reader, reader.tasks.spawn)
    return box


async def state(database: Database, event: str) -> Fate:
    async with database.read() as tx:
        return Fate(await tx.scalar(sa.select(inbox.c.state).where(inbox.c.id == event)))


async def test_an_event_is_handed_on_once(box: Inbox, reader: Reader) -> None:
    for _ in range(3):
        await box.take(joined("gus"))
        await reader.tasks.idle()
    await asyncio.gather(*(box.take(joined("gus")) for _ in range(20)))

    assert await reader.heard() == ["evt-gus"]


async def test_however_many_come_all_are_handed_on(box: Inbox, reader: Reader) -> None:
    many = 2 * AT_ONCE + 50
    await asyncio.gather(*(box.take(joined(f"p{number}")) for number in range(many)))

    assert await reader.heard() == sorted(f"evt-p{number}" for number in range(many))


async def test_a_fact_that_was_looked_up_and_is_then_reported_is_one_occurrence(
    database: Database, box: Inbox, reader: Reader
) -> None:
    await box.take(joined("gus").looked_up())
    await reader.tasks.idle()
    await box.take(joined("gus"))
    await asyncio.gather(box.take(joined("ivy")), box.take(joined("ivy").looked_up()))

    assert await reader.heard() == ["evt-ivy", "look:peer.join.success:s1:gus"]
    assert await rows(database) == 4  # 100ms's own words say more


async def test_two_processes_hand_a_fact_on_once(
    database: Database, box: Inbox, clock: Clock, reader: Reader
) -> None:
    other = read_by(reader, database, clock)
    events = [joined(f"p{number}") for number in range(30)]

    await asyncio.gather(
        *(box.take(one) for one in events), *(other.take(one.looked_up()) for one in reversed(events))
    )

    assert len(await reader.heard()) == 30
    assert await rows(database, occurrences) == 30


async def test_an_event_that_does_not_fit_is_kept_and_handed_to_nobody(
    database: Database, box: Inbox, reader: Reader
) -> None:
    await box.take(joined("gus", fits=False))
    assert await reader.heard() == []
    await box.take(joined("gus", "evt-2"))

    assert await reader.heard() == ["evt-2"]
    async with database.read() as tx:
        assert (await box.received(tx, MORNING - HOUR)).strange == 1


async def test_what_a_process_that_died_took_in_is_handed_on_by_the_next(
    database: Database, clock: Clock, reader: Reader
) -> None:
    await Inbox(database, clock).take(joined("gus"))
    assert await state(database, "evt-gus") is Fate.NEW

    await read_by(reader, database, clock).take_up()

    assert await reader.heard() == ["evt-gus"]
    assert await state(database, "evt-gus") is Fate.TOLD


async def test_while_the_database_does_not_take_it_nothing_is_lost(
    database: Database, box: Inbox, reader: Reader
) -> None:
    reader.breaks, reader.on = DOWN, {"evt-gus"}
    await box.take(joined("gus"))
    assert await reader.heard() == []
    assert await rows(database, occurrences) == 0

    reader.breaks = None
    await box.take_up()
    assert await reader.heard() == ["evt-gus"]


async def test_one_that_breaks_whoever_hears_of_it_is_put_aside_and_spoils_no_other(
    database: Database, box: Inbox, reader: Reader
) -> None:
    reader.breaks, reader.on = ValueError("it cannot be read"), {"evt-bad"}

    await asyncio.gather(*(box.take(joined(peer)) for peer in ("gus", "bad", "ivy")))

    assert await reader.heard() == ["evt-gus", "evt-ivy"]
    assert await state(database, "evt-bad") is Fate.STRANGE
    async with database.read() as tx:
        assert (await box.received(tx, MORNING - HOUR)).strange == 1


async def test_what_is_found_by_looking_is_handed_on_once(box: Inbox, reader: Reader) -> None:
    found = [joined(f"p{number}").looked_up() for number in range(450)]
    await box.take(joined("p7"))
    await reader.tasks.idle()
    assert await box.news(found) == [one for one in found if one.data["peer_id"] != "p7"]

    await box.add(found)

    assert len(await reader.heard()) == 450
    assert await box.news(found) == []


async def test_it_knows_what_is_open(database: Database, box: Inbox, reader: Reader) -> None:
    for session, kind in (("s1", "open"), ("s2", "open"), ("s1", "close")):
        data = {"session_id": session}
        await box.take(Arrival(f"{kind}-{session}", f"session.{kind}.success", data, MORNING))
    await reader.tasks.idle()

    async with database.read() as tx:
        ends = ["session.close.success"]
        assert await box.open_since(tx, "session.open.success", ends, MORNING) == {"s2"}


async def test_what_is_old_is_forgotten(database: Database, box: Inbox, clock: Clock, reader: Reader) -> None:
    await box.take(joined("gus"))
    await reader.tasks.idle()
    clock.now += HOUR
    await box.take(joined("ivy"))
    await reader.tasks.idle()

    async with database.write() as tx:
        await box.prune(tx, MORNING + timedelta(minutes=1))

    assert (await rows(database), await rows(database, occurrences)) == (1, 1)
