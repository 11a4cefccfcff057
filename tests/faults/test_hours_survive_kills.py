"""``kill -9`` at each step of the end of a room's hours: locked, ended once, and told; and how soon after.

A step is a call of the bot to Slack or to 100ms. The bot is killed while the call is on its way there, or
while its answer is on its way back; then it is started again, as whoever runs it would.
"""

import asyncio
import time
from datetime import timedelta

import pytest

from bot.features.schedule.book import windows
from bot.store import Database
from sandbox.hms.state.room.room import Room
from tests.faults.hours import OpenUntil, ends, is_shut, open_rooms, told
from tests.faults.launching import program
from tests.faults.people import reported
from tests.faults.town import Town, free_port, now, town
from tests.patience import PATIENCE

MOST_STEPS = 20
SOON = 2.0  # seconds after the first 200 of /readyz
TAKEN_FOR_DEAD = 6.0  # on PostgreSQL: until the job of a process that was killed is somebody else's


async def has_hours(database_url: str, room: Room) -> int:
    """Hours of a room that are over since a moment ago, while nobody was there to end them; their number."""
    db = await Database.open(database_url)
    async with db.write() as tx:
        await tx.execute(windows.delete())  # each of them is looked at after a start
    await db.close()
    (number,) = await open_rooms(database_url, [OpenUntil(room, now())])
    return number


async def one_kill(here: Town, step: int, *, after: bool) -> bool:
    """Kill at one step and look at what came of it; False when there are no more steps."""
    room = here.world.add_room(f"yoga-{step}", live=True)
    room.join("Gus")
    number = await has_hours(here.environment["DATABASE_URL"], room)
    here.gate.hold(step, after=after)
    starting = asyncio.create_task(here.starts())
    done = asyncio.create_task(here.until(lambda: bool(told(here, room))))
    reached = asyncio.create_task(here.gate.reached.wait())
    await asyncio.wait({done, reached}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    killed = reached.done()
    await asyncio.wait({starting}, timeout=PATIENCE if not killed else 1)
    starting.cancel()
    await here.is_killed()
    here.gate.open()
    await here.starts()
    assert await here.until(lambda: is_shut(room))
    assert await here.until(lambda: bool(told(here, room)) or reported(here, str(number)))
    await here.stops()
    for task in (done, reached):
        task.cancel()
    assert len(ends(here, room)) == 1
    assert len(told(here, room)) <= 1
    return killed


async def each_step(database_url: str, *, after: bool) -> None:
    async with town(database_url, asleep=True) as here:
        steps = 0
        while await one_kill(here, steps, after=after):
            steps += 1
            assert steps < MOST_STEPS
        assert steps >= 5


@pytest.mark.long(minutes=1)
async def test_the_end_of_hours_is_done_once_and_told(sqlite_url: str) -> None:
    # After the call, where nobody knows what was done; the other way and the other store are tried elsewhere.
    await each_step(sqlite_url, after=True)


async def started_and_shut(here: Town, room: Room) -> tuple[float, float]:
    """Start the bot; how long it took until it was ready, and from then on until the room was shut."""
    began = time.monotonic()
    await here.launches()
    await here.is_ready()
    ready = time.monotonic()
    assert await here.until(lambda: is_shut(room))
    return ready - began, time.monotonic() - ready


async def test_killed_across_the_end_the_room_is_locked_soon_after_the_return(database_url: str) -> None:
    async with town(database_url, program, asleep=True) as here:  # how long its start takes counts here
        here.environment["PORT"] = str(free_port())
        room = here.world.add_room("yoga", live=True)
        await open_rooms(database_url, [OpenUntil(room, now() - timedelta(seconds=90))])
        here.gate.hold(0, after=False, of="/end-room")
        await here.launches()
        assert await here.until(here.gate.reached.is_set)
        await here.is_killed()
        here.gate.open()

        started, shut = await started_and_shut(here, room)

        taken_over = TAKEN_FOR_DEAD if database_url.startswith("postgresql") else 0.0
        # A machine on which the start alone takes longer is that much slower at what follows.
        assert shut <= max(SOON, started) + taken_over, f"{shut:.1f} s after a start of {started:.1f} s"
        assert await here.until(lambda: bool(told(here, room)))
        assert told(here, room)[0].endswith("minutes late.")
        assert len(ends(here, room)) == 1
