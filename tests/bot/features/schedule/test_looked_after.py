"""What becomes of hours while those of other rooms are looked after."""

import asyncio

import pytest

from bot.features.room.locks import Locks
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


async def test_other_hours_of_a_room_do_not_lock_what_has_just_opened(chat: Chat) -> None:
    [room] = await with_hours(chat, "yoga")
    await chat.says("ada", "/hms schedule window daily 14:00-15:00 --tz UTC --room yoga --yes")
    await chat.stops()
    chat.clock.now += chat.span("59m 20s")
    await chat.starts()
    await chat.passes("1s")

    assert chat.world.rooms[room].enabled
    assert "was opened at 100ms" not in "\n".join(chat.channel("classes"))


async def test_a_lock_of_hours_that_was_left_in_the_midst_of_them_is_taken_off(chat: Chat) -> None:
    [room] = await with_hours(chat, "yoga")
    await chat.says("ada", "/hms schedule window daily 14:00-15:00 --tz UTC --room yoga --yes")
    locks = Locks(chat.bot.db, chat.clock)
    lock = await locks.of(room)
    assert lock
    await chat.passes("65m")
    chat.world.rooms[room].enabled = False
    async with chat.bot.db.write() as tx:  # as the other hours did before all were judged together
        await locks.put(tx, lock)
    await chat.bot.reconcile()
    await chat.passes("1s")

    assert chat.world.rooms[room].enabled


async def test_what_is_locked_again_opens_with_whichever_of_its_hours_come_first(chat: Chat) -> None:
    [room] = await with_hours(chat, "yoga")
    await chat.says("ada", "/hms schedule window daily 09:30-09:45 --tz UTC --room yoga --yes")
    chat.world.rooms[room].enabled = True
    await chat.bot.reconcile()
    await chat.passes("1s")

    told = [said for said in chat.channel("classes") if "was opened at 100ms outside its hours" in said]
    assert ["I locked it again. It opens 2 Mar 09:29 UTC." in said for said in told] == [True]


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
