"""``kill -9`` at each step between a click and its answer: the act is done once, or reported.

A step is a call of the bot to Slack or to 100ms. The bot is killed while the call is on its way there, and
while its answer is on its way back; then it is started again, as whoever runs it would.
"""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from bot.store import Database
from bot.work import open_work
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE
from tests.faults.people import END, LOCK, REMOVE, Deed, employ, number_of, pressable, reported, said
from tests.faults.town import CHANNEL, Town, now, town
from tests.patience import PATIENCE

MOST_STEPS = 40
pytestmark = pytest.mark.parametrize("after", [False, True], ids=["before_the_call", "after_the_call"])


def stopped(here: Town, deed: Deed) -> int:
    """How often the presser was told that the bot was stopped before it took something on."""
    return here.reads(deed.presser).count("stopped before it could take this on")


async def press(here: Town, deed: Deed, room: Room) -> bool:
    """Press the button; False when Slack shows an error, as to somebody whose click met a dead bot."""
    card = pressable(here, deed, room)
    if card is None:
        return True
    return (await here.workspace.clicks(PEOPLE[deed.presser], *card)).error is None


async def at_rest(here: Town, pressing: asyncio.Task[bool], settled: Callable[[], bool]) -> None:
    """Return when the click is answered, the deed is done and said, and no job of it is left."""
    await asyncio.wait({pressing})
    assert await here.until(settled)
    db = await Database.open(here.environment["DATABASE_URL"])
    try:
        await open_work(db, now, guest=True).idle()
    finally:
        await db.close()


async def reached(here: Town, rest: Coroutine[None, None, None]) -> bool:
    """Wait for the gate's step; False when the bot comes to rest without it, so that there is none."""
    waits = {asyncio.create_task(rest), asyncio.create_task(here.gate.reached.wait())}
    done, left = await asyncio.wait(waits, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    assert done
    for task in done:
        task.result()
    return here.gate.reached.is_set()


async def one_kill(here: Town, deed: Deed, step: int, *, after: bool) -> bool:
    """Kill at one step and look at what came of it; False when there are no more steps."""
    room = here.world.add_room(f"{deed.presser}-{step}-{after}".lower(), live=True)
    gus = room.join("Gus")
    stopped_before = stopped(here, deed)
    await here.workspace.says(PEOPLE["mo"], CHANNEL, f"/hms {deed.line} --room {room.name}")
    assert await here.until(lambda: pressable(here, deed, room))
    card = pressable(here, deed, room)
    assert card
    request = number_of(card)

    def settled() -> bool:
        return bool(said(here, room, deed)) or reported(here, request)

    here.gate.hold(step, after=after)
    pressing = asyncio.create_task(press(here, deed, room))
    killed = await reached(here, at_rest(here, pressing, settled))
    if killed:
        await here.is_killed()
    here.gate.open()
    acked = await pressing
    if killed:
        await here.starts()
    if not acked:
        await press(here, deed, room)
    assert await here.until(lambda: settled() or stopped(here, deed) > stopped_before), here.reads("mo")
    if not settled():
        await press(here, deed, room)  # as the notice says
    assert await here.until(settled), here.reads("mo")
    assert len([call for call in here.world.calls_of(deed.operation) if room.id in call.path]) == 1
    assert gus not in room.peers or deed is LOCK
    assert not room.enabled or deed is not LOCK
    assert len(said(here, room, deed)) <= 1
    assert pressable(here, deed, room) is None
    return killed


@pytest.mark.long(minutes=2)
@pytest.mark.parametrize("deed", [REMOVE, END], ids=["remove", "end-room"])
async def test_an_act_is_done_once_or_reported(database_url: str, deed: Deed, *, after: bool) -> None:
    await employ(database_url)
    async with town(database_url) as here:
        steps = 0
        while await one_kill(here, deed, steps, after=after):
            steps += 1
            assert steps < MOST_STEPS
        assert steps >= 5
