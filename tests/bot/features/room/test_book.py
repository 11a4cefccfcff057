"""Bindings, defaults, locks and rows, on both stores."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import system
from bot.command import RoomRef
from bot.features.room.book import Binding, Defaults, RoomBook
from bot.features.room.locks import Lock, Locks
from bot.features.room.rows import Rows, row
from bot.store import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STANDUP = RoomRef(id="64f0c3a1b2d4e5f601234567", name="standup")
WEBINAR = RoomRef(id="64f0c3a1b2d4e5f601234568", name="webinar")


async def bind(db: Database, *bindings: Binding) -> RoomBook:
    rooms = RoomBook(db, system)
    async with db.write() as tx:
        for binding in bindings:
            await rooms.bind(tx, binding)
    return rooms


async def test_a_channel_speaks_for_the_room_it_was_bound_to_last(database: Database) -> None:
    rooms = await bind(database, Binding("C1", STANDUP, viewers=True), Binding("C1", WEBINAR, viewers=False))

    assert await rooms.bound("C1") == Binding("C1", WEBINAR, viewers=False)
    assert await rooms.bindings(STANDUP.id) == ()


async def test_a_channel_that_was_never_bound_speaks_for_nothing(database: Database) -> None:
    assert await RoomBook(database, system).bound("C1") is None


async def test_only_bindings_that_say_so_make_the_members_viewers(database: Database) -> None:
    rooms = await bind(database, Binding("C1", STANDUP, viewers=True), Binding("C2", WEBINAR, viewers=False))

    async with database.read() as tx:
        assert await rooms.viewers(tx, "C1") == STANDUP.id
        assert await rooms.viewers(tx, "C2") is None
        assert await rooms.viewers(tx, "C3") is None


async def test_the_first_channel_of_a_room_is_the_one_that_is_told(database: Database) -> None:
    rooms = await bind(database, Binding("C2", STANDUP, viewers=True), Binding("C1", STANDUP, viewers=True))

    assert (await rooms.channels_of(STANDUP.id))[0] == "C1"
    assert await rooms.channels_of(WEBINAR.id) == ()


async def test_of_many_bindings_no_more_are_read_than_are_asked_for(database: Database) -> None:
    rooms = await bind(database, Binding("C1", STANDUP, viewers=True), Binding("C2", WEBINAR, viewers=False))

    assert [one.channel for one in await rooms.bindings(most=1)] == ["C1"]
    assert [one.channel for one in await rooms.bindings(WEBINAR.id, "nosuch")] == ["C2"]


async def test_what_is_said_of_a_room_is_added_to_what_was_said(database: Database) -> None:
    rooms = RoomBook(database, system)
    for said in (Defaults(host_role="host"), Defaults(zone="Europe/Berlin")):
        now = (await rooms.defaults(STANDUP.id)).with_(said)
        async with database.write() as tx:
            await rooms.keep(tx, STANDUP.id, now)

    assert await rooms.defaults(STANDUP.id) == Defaults(host_role="host", zone="Europe/Berlin")
    assert await rooms.defaults(WEBINAR.id) == Defaults()


async def test_the_newest_lock_of_a_room_counts_until_it_is_lifted(database: Database) -> None:
    locks = Locks(database, system)
    first = Lock(STANDUP.id, "U0MO", "Mo", "exam", NOW, None, 12)
    second = Lock(STANDUP.id, "U0MAX", "Max", "", NOW, NOW + timedelta(hours=1), 13)
    async with database.write() as tx:
        await locks.put(tx, first)
        await locks.put(tx, second)
    assert await locks.of(STANDUP.id) == second

    async with database.write() as tx:
        await locks.lift(tx, STANDUP.id)
    assert await locks.of(STANDUP.id) is None


@pytest.mark.parametrize(
    ("number", "later", "means"),
    [
        (1, timedelta(), "gus"),
        (2, timedelta(minutes=10), "ivy"),
        (2, timedelta(minutes=10, seconds=1), None),
        (0, timedelta(), None),
        (3, timedelta(), None),
    ],
)
def test_a_row_means_somebody_for_ten_minutes(number: int, later: timedelta, means: str | None) -> None:
    assert row(["gus", "ivy"], NOW, number, NOW + later) == means


async def test_everybody_has_rows_of_their_own_and_only_the_last_list_counts(database: Database) -> None:
    rows = Rows(database, system)
    await rows.keep("U0MO", ["gus", "ivy"], NOW)
    await rows.keep("U0MO", ["ivy"], NOW)
    await rows.keep("U0MAX", ["hana"], NOW)

    assert await rows.row("U0MO", 1, NOW) == "ivy"
    assert await rows.row("U0MAX", 1, NOW) == "hana"
    assert await rows.row("U0VI", 1, NOW) is None
