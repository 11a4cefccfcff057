"""``kill -9`` at each step of the end of a room's hours: locked, ended once, and told.

A step is a call of the bot to Slack or to 100ms. The bot is killed while the call is on its way there, or
while its answer is on its way back; then it is started again, as whoever runs it would.
"""

import asyncio
from datetime import datetime, time, timedelta

from bot.command import Days, Hours, RoomRef
from bot.features.room.stops import END_WINDOW, Stop, Stops
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.rule import Rule
from bot.reply import Mention
from bot.request.request import Cause
from bot.store import Database
from bot.work import Timer, Timers, open_work
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, words
from tests.faults.town import CHANNEL, Town, now, town
from tests.patience import PATIENCE

MOST_STEPS = 20
NOON = 12


def hours_until(end: datetime) -> Rule:
    """Daily hours that end at a moment, in a zone where it is about noon then: midnight is far."""
    zone = f"Etc/GMT{end.hour - NOON:+d}"
    local = end + timedelta(hours=NOON - end.hour)
    hours = Hours(start=time(8), end=time(local.hour, local.minute))
    return Rule(days=Days.of("daily"), hours=hours, zone=zone)


async def has_hours(database_url: str, number: int, room: Room) -> None:
    """Hours of a room that are over since a moment ago, while nobody was there to end them."""
    end = now().replace(second=0, microsecond=0)
    cause = Cause(number, Mention(PEOPLE["ada"], "Ada"), end - timedelta(days=1), places=(CHANNEL,))
    ref = RoomRef(id=room.id, name=room.name)
    day = (end + timedelta(hours=NOON - end.hour)).date()
    window = Window(str(number), ref, hours_until(end), cause, opened=day)
    name = f"{number}:{day}"
    stop = Stop(name, ref, end, cause, lock=True, window=window.id, card=name)
    db = await Database.open(database_url)
    try:
        timers = Timers(db, open_work(db, now, guest=True), now)
        ends = Timer(END_WINDOW.kind, stop.id, end, {"stop": stop.id, "room": ref.model_dump()}, cause.json())
        async with db.write() as tx:
            await Windows(db, now).remove(tx, str(number - 1))  # each of them is looked at after a start
            await Windows(db, now).keep(tx, window)
            await Stops(db, now).add(tx, stop)
            await timers.set(tx, ends)
    finally:
        await db.close()


def told(here: Town, room: Room) -> list[str]:
    """What everybody reads of the end."""
    there = [words(one) for one in here.sees("max") if one.channel == CHANNEL]
    return [text for text in there if f"The hours of {room.name} are over" in text]


async def one_kill(here: Town, number: int, step: int, *, after: bool) -> bool:
    """Kill at one step and look at what came of it; False when there are no more steps."""
    room = here.world.add_room(f"yoga-{number}", live=True)
    room.join("Gus")
    await has_hours(here.environment["DATABASE_URL"], number, room)
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
    assert await here.until(lambda: not room.enabled and not room.session)
    assert await here.until(lambda: bool(told(here, room)))
    await here.stops()
    for task in (done, reached):
        task.cancel()
    assert len([call for call in here.world.calls_of("active_rooms.end_room") if room.id in call.path]) == 1
    assert len(told(here, room)) == 1
    return killed


async def each_step(database_url: str, *, after: bool) -> None:
    async with town(database_url) as here:
        await here.stops()
        steps = 0
        while await one_kill(here, 100 + steps, steps, after=after):
            steps += 1
            assert steps < MOST_STEPS
        assert steps >= 5


# One way on each store: what each does with a call that was cut off is tried in full with the other deeds.


async def test_the_end_of_hours_is_done_once_and_told(sqlite_url: str) -> None:
    await each_step(sqlite_url, after=True)


async def test_where_several_serve_the_end_of_hours_is_done_once_too(postgres_url: str) -> None:
    await each_step(postgres_url, after=False)
