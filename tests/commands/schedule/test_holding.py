"""Hours and lines are held against what is so: what is gone is set anew, and many rooms cost little more."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.web.metrics import Metrics
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, opened
from tests.patience import PATIENCE
from tests.tally import Cost, tallied

HOURS = "mon-fri 10:00-11:00 --tz UTC"  # it is Monday, 09:00


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def watched(database_url: str, metrics: Metrics) -> AsyncIterator[Chat]:
    """A bot whose counts somebody reads."""
    async with opened(database_url, counts=metrics) as chat:
        yield chat


async def room_with_hours(chat: Chat, name: str) -> Room:
    room = chat.world.add_room(name)
    await chat.says("ada", f"/hms schedule window {HOURS} --room {name} --yes")
    return room


async def loses(chat: Chat, kind: str, subject: str) -> None:
    """A moment is gone from the table, however that came."""
    async with chat.bot.db.write() as tx:
        await chat.bot.timers.cancel(tx, kind, subject)


async def looks(chat: Chat) -> Cost:
    with tallied(chat) as cost:
        await chat.bot.reconcile()
        await chat.passes("1s")
    return cost


def counted(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def test_an_opening_that_is_gone_is_set_anew_and_counted(watched: Chat, metrics: Metrics) -> None:
    yoga = await room_with_hours(watched, "yoga")
    before = counted(metrics, "hms_bot_drift_total", kind="moments")
    await loses(watched, "open window", "1")
    await looks(watched)
    await watched.passes("59m")

    assert yoga.enabled
    assert counted(metrics, "hms_bot_drift_total", kind="moments") == before + 1


@pytest.mark.usefixtures("mo_is_an_admin")
async def test_a_run_that_is_gone_is_set_anew(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule every 15m say Drink --yes")
    await loses(chat, "run line", "1")
    await looks(chat)
    await chat.passes("15m")
    assert [message.text for message in standup.messages] == ["Drink"]


async def test_what_is_paused_is_not_set(watched: Chat, metrics: Metrics) -> None:
    await room_with_hours(watched, "yoga")
    await watched.says("mo", "/hms schedule pause --room yoga")
    before = counted(metrics, "hms_bot_drift_total", kind="moments")
    await looks(watched)
    assert counted(metrics, "hms_bot_drift_total", kind="moments") == before


async def test_a_door_that_was_opened_at_100ms_is_counted(watched: Chat, metrics: Metrics) -> None:
    yoga = await room_with_hours(watched, "yoga")
    yoga.enabled = True
    await looks(watched)
    assert counted(metrics, "hms_bot_drift_total", kind="rooms") == 1
    await looks(watched)
    assert counted(metrics, "hms_bot_drift_total", kind="rooms") == 1


async def test_each_opening_says_how_late_it_was(watched: Chat, metrics: Metrics) -> None:
    await room_with_hours(watched, "yoga")
    await watched.passes("61m")
    lateness = "hms_bot_moment_lateness_seconds"
    assert counted(metrics, f"{lateness}_count", kind="open window") == 1
    assert counted(metrics, f"{lateness}_sum", kind="open window") == 120
    assert counted(metrics, "hms_bot_jobs_running", kind="open window") == 0


async def test_many_rooms_are_read_in_one_go(chat: Chat) -> None:
    await room_with_hours(chat, "yoga")
    one = await looks(chat)
    for name in ("judo", "aikido", "choir"):
        await room_with_hours(chat, name)
    four = await looks(chat)

    assert four.reads == one.reads
    assert four.calls == one.calls + 3


async def test_rooms_are_asked_together(chat: Chat) -> None:
    for name in ("yoga", "judo", "choir"):
        await room_with_hours(chat, name)
    chat.way.hold("/v2/rooms/", together=3)
    await chat.bot.reconcile()
    await chat.bot.timers.wake()
    async with asyncio.timeout(PATIENCE):
        await chat.way.asked.wait()
    chat.way.let_go()


async def test_a_room_that_its_hours_leave_alone_costs_no_call(chat: Chat) -> None:
    await room_with_hours(chat, "yoga")
    await chat.says("mo", "/hms room unlock yoga")
    assert (await looks(chat)).calls == 0
