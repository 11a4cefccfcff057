"""What becomes of hours while those of other rooms are looked after."""

import asyncio

import pytest

from bot.features.schedule import book
from bot.features.schedule.book import OPEN, Windows
from bot.features.schedule.lines import RUN, ScheduledLines
from tests.chat import Chat
from tests.patience import PATIENCE

HOURS = "daily 10:00-11:00 --tz UTC"


async def test_hours_that_were_removed_meanwhile_do_not_come_back(chat: Chat) -> None:
    rooms = await with_hours(chat, "yoga", "aikido")
    async with chat.bot.db.write() as tx:  # so that the look alone finds that they are not open
        for window in await Windows(chat.bot.db, chat.clock).of(*rooms):
            await chat.bot.timers.cancel(tx, OPEN.kind, window.id)
    chat.clock.now += chat.span("65m")
    chat.way.hold("/v2/rooms/", together=2)
    await chat.bot.reconcile()
    looked = asyncio.create_task(chat.passes("1s"))
    async with asyncio.timeout(PATIENCE):
        await chat.way.asked.wait()

    async with chat.bot.db.write() as tx:  # as another process does
        for window in await Windows(chat.bot.db, chat.clock).of(*rooms):
            await Windows(chat.bot.db, chat.clock).remove(tx, window.id)
    chat.way.let_go()
    await looked
    assert await Windows(chat.bot.db, chat.clock).beyond("") == []


async def with_hours(chat: Chat, *names: str) -> list[str]:
    """Rooms that are open an hour a day, by their ids."""
    rooms = [chat.world.add_room(name) for name in names]
    for name in names:
        await chat.says("ada", f"/hms schedule window {HOURS} --room {name} --yes")
    return [room.id for room in rooms]


async def test_however_many_rooms_have_hours_each_is_looked_after(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "ROOMS", 2)
    rooms = await with_hours(chat, "yoga", "aikido", "judo", "boxing", "chess")
    async with chat.bot.db.write() as tx:  # so that the look alone finds that they are not open
        for window in await Windows(chat.bot.db, chat.clock).of(*rooms):
            await chat.bot.timers.cancel(tx, OPEN.kind, window.id)
    chat.clock.now += chat.span("65m")
    await chat.bot.reconcile()
    await chat.passes("1s")

    assert [chat.world.rooms[room].enabled for room in rooms] == [True] * 5
    async with chat.bot.db.read() as tx:
        assert len(await chat.bot.timers.expected(tx, OPEN.kind)) == 5


async def test_hours_that_have_just_begun_are_opened_by_their_own_moment_alone(chat: Chat) -> None:
    room = chat.world.add_room("yoga")
    await chat.says("ada", f"/hms schedule window {HOURS} --room yoga --yes")
    await chat.stops()
    chat.clock.now += chat.span("59m 30s")
    before = len(chat.calls("rooms.set_enabled"))
    await chat.starts()
    await chat.passes("1s")

    assert room.enabled
    assert len(chat.calls("rooms.set_enabled")) == before + 1


async def test_hours_whose_own_moment_is_gone_are_opened_by_the_next_look(chat: Chat) -> None:
    room = chat.world.add_room("yoga")
    await chat.says("ada", f"/hms schedule window {HOURS} --room yoga --yes")
    async with chat.bot.db.write() as tx:
        await chat.bot.timers.cancel(tx, OPEN.kind, "1")
    chat.clock.now += chat.span("59m 30s")
    for _ in range(2):
        await chat.bot.reconcile()
        await chat.passes("1m")
    assert room.enabled


async def test_of_one_room_nothing_of_others_is_read(chat: Chat) -> None:
    yoga, _ = await with_hours(chat, "yoga", "aikido")
    await chat.says("ada", "/hms schedule once tomorrow 10:00 room lock aikido --yes")
    timers, windows = chat.bot.timers, Windows(chat.bot.db, chat.clock)

    async with chat.bot.db.read() as tx:
        assert await windows.whose(tx, [yoga]) == {"1": yoga}
        assert [*await timers.expected(tx, OPEN.kind, RUN.kind, of=["1"])] == [(OPEN.kind, "1")]
        assert await ScheduledLines(chat.bot.db, chat.clock).commands(tx, [yoga]) == {}
        assert len(await timers.expected(tx, OPEN.kind, RUN.kind)) == 3
