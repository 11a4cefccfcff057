"""``kill -9`` at each step of the end of a room's hours: locked, ended once, and told.

A step is a call of the bot to Slack or to 100ms. The bot is killed while the call is on its way there, or
while its answer is on its way back; then it is started again, as whoever runs it would.
"""

import asyncio
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Days, Hours, RoomRef
from bot.features.room.stops import END_WINDOW, Stop, Stops
from bot.features.schedule.book import Window, Windows, windows
from bot.features.schedule.rule import Rule
from bot.people import Actor
from bot.reply import Invocation
from bot.request.book import RequestBook, requests
from bot.request.request import Cause, Origin, Request, State
from bot.store import Database
from bot.work import Timer, Timers, open_work
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, words
from tests.faults.people import reported
from tests.faults.town import CHANNEL, Town, now, town
from tests.patience import PATIENCE

MOST_STEPS = 20
NOON = 12
MO = Actor(PEOPLE["mo"], "Mo")


def hours_until(end: datetime) -> Rule:
    """Daily hours that end at a moment, in a zone where it is about noon then: midnight is far."""
    zone = f"Etc/GMT{end.hour - NOON:+d}"
    local = end + timedelta(hours=NOON - end.hour)
    hours = Hours(start=time(8), end=time(local.hour, local.minute))
    return Rule(days=Days.of("daily"), hours=hours, zone=zone)


async def has_hours(database_url: str, room: Room) -> int:
    """Hours of a room that are over since a moment ago, while nobody was there to end them; their number."""
    end = now().replace(second=0, microsecond=0)
    day = (end + timedelta(hours=NOON - end.hour)).date()
    ref = RoomRef(id=room.id, name=room.name)
    db = await Database.open(database_url)
    try:
        timers = Timers(db, open_work(db, now, guest=True), now)
        async with db.write() as tx:
            number = await was_asked(tx, room)
            cause = Cause(number, MO.mention, end - timedelta(days=1), places=(CHANNEL,))
            name = f"{number}:{day}"
            stop = Stop(name, ref, end, cause, lock=True, window=str(number), card=name)
            payload = {"stop": name, "room": ref.model_dump()}
            await tx.execute(windows.delete())  # each of them is looked at after a start
            await Windows(db, now).keep(tx, Window(str(number), ref, hours_until(end), cause, opened=day))
            await Stops(db, now).add(tx, stop)
            await timers.set(tx, Timer(END_WINDOW.kind, name, end, payload, cause.json()))
    finally:
        await db.close()
    return number


async def was_asked(tx: AsyncConnection, room: Room) -> int:
    """The request that brought the hours, done since long ago; its number."""
    line = Invocation("schedule window", room={"words": room.name})
    origin = Origin("slack", room.name, channel=CHANNEL)
    asked = Request(0, room.name, line, "schedule window", MO, origin, State.ASKED, now())
    request = await RequestBook().ask(tx, asked)
    assert request
    await tx.execute(sa.update(requests).where(requests.c.id == request.id).values(state=State.DONE))
    return request.id


def told(here: Town, room: Room) -> list[str]:
    """What everybody reads of the end."""
    there = [words(one) for one in here.sees("max") if one.channel == CHANNEL]
    return [text for text in there if f"The hours of {room.name} are over" in text]


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
    assert await here.until(lambda: not room.enabled and not room.session)
    assert await here.until(lambda: bool(told(here, room)) or reported(here, str(number)))
    await here.stops()
    for task in (done, reached):
        task.cancel()
    assert len([call for call in here.world.calls_of("active_rooms.end_room") if room.id in call.path]) == 1
    assert len(told(here, room)) <= 1
    return killed


async def each_step(database_url: str, *, after: bool) -> None:
    async with town(database_url) as here:
        await here.stops()
        steps = 0
        while await one_kill(here, steps, after=after):
            steps += 1
            assert steps < MOST_STEPS
        assert steps >= 5


async def test_the_end_of_hours_is_done_once_and_told(sqlite_url: str) -> None:
    # After the call, where nobody knows what was done; the other way and the other store are tried elsewhere.
    await each_step(sqlite_url, after=True)
