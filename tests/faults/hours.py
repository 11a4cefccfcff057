"""Rooms whose hours end or begin soon, as a bot finds them on disk, and what became of each."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Days, Hours, RoomRef
from bot.features.room.locks import Lock, Locks
from bot.features.room.reactions import EndWarningAt
from bot.features.room.stopping import moment_of
from bot.features.room.stops import END_WINDOW, Stop, Stops
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import Rule
from bot.people import Actor
from bot.reply import Invocation
from bot.request.book import RequestBook, requests
from bot.request.request import Cause, Origin, Request, State
from bot.store import Database
from bot.work import Timer, Timers, open_work
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, words
from tests.faults.town import CHANNEL, Town, now

NOON = 12
AFTERNOON = Hours(start=time(14), end=time(18))
MO = Actor(PEOPLE["mo"], "Mo")


@dataclass(frozen=True)
class OpenUntil:
    """A room that its hours have opened, and when they end; ``warn`` are minutes before."""

    room: Room | RoomRef
    ends: datetime
    warn: tuple[int, ...] = ()


@dataclass(frozen=True)
class ClosedUntil:
    """A room that is locked outside its hours, and when they open it."""

    room: Room | RoomRef
    opens: datetime


async def closed_rooms(database_url: str, several: Sequence[ClosedUntil]) -> list[int]:
    """Write down that these are locked; answers the numbers of their hours. A bot that runs is not woken."""
    async with _writing(database_url) as (db, timers, tx):
        return [await _closed(db, timers, tx, each) for each in several]


async def _closed(db: Database, timers: Timers, tx: AsyncConnection, closed: ClosedUntil) -> int:
    opens, room = closed.opens, RoomRef(id=closed.room.id, name=closed.room.name)
    number, day = await _was_asked(tx, room), _local(opens).date()
    cause = Cause(number, MO.mention, opens - timedelta(days=1), places=(CHANNEL,))
    early = Exceptions(counts_from=day).opening(day, opens)  # before its start, at any moment
    rule = Rule(days=Days.of("daily"), hours=AFTERNOON, zone=_zone(opens))
    window = Window(str(number), room, rule, cause, early)
    lock = Lock(room.id, MO.id, MO.name, "outside its hours", now(), opens, number, hours=True)
    await Windows(db, now).keep(tx, window)
    await Locks(db, now).put(tx, lock)
    await timers.set(tx, window.timer(opens))
    return number


async def open_rooms(database_url: str, several: Sequence[OpenUntil]) -> list[int]:
    """Write down that these are open; answers the numbers of their hours. A bot that runs is not woken."""
    async with _writing(database_url) as (db, timers, tx):
        return [await _open(db, timers, tx, each) for each in several]


@asynccontextmanager
async def _writing(database_url: str) -> AsyncIterator[tuple[Database, Timers, AsyncConnection]]:
    """One transaction of a database, beside whoever else works with it."""
    db = await Database.open(database_url)
    try:
        async with db.write() as tx:
            yield db, Timers(db, open_work(db, now, guest=True), now), tx
    finally:
        await db.close()


async def _open(db: Database, timers: Timers, tx: AsyncConnection, opened: OpenUntil) -> int:
    ends, room = opened.ends, RoomRef(id=opened.room.id, name=opened.room.name)
    number, day = await _was_asked(tx, room), _local(ends).date()
    cause = Cause(number, MO.mention, ends - timedelta(days=1), places=(CHANNEL,))
    moved = Exceptions().ending(day, ends)  # a rule ends at a full minute, and these do at any moment
    window = Window(str(number), room, _hours_until(ends), cause, moved, opened.warn, opened=day)
    name = f"{number}:{day}"
    stop = Stop(name, room, ends, cause, warn=opened.warn, lock=True, window=str(number), card=name)
    await Windows(db, now).keep(tx, window)
    await Stops(db, now).add(tx, stop)
    end = Timer(END_WINDOW.kind, name, ends, {"stop": name, "room": room.model_dump()}, cause.json())
    warnings = [
        EndWarningAt(stop=name, room=room, minutes=minutes).timer(moment_of(stop, minutes), at, cause)
        for minutes, at in stop.warnings(now())
    ]
    opens = window.opens(now())
    await timers.set(tx, end, *warnings, *([window.timer(opens)] if opens else []))
    return number


def _hours_until(ends: datetime) -> Rule:
    """Daily hours in a zone where it is about noon when they end: midnight is far."""
    local = _local(ends)
    hours = Hours(start=time(8), end=time(local.hour, local.minute))
    return Rule(days=Days.of("daily"), hours=hours, zone=_zone(ends))


def _zone(moment: datetime) -> str:
    return f"Etc/GMT{moment.hour - NOON:+d}"


def _local(moment: datetime) -> datetime:
    return moment + timedelta(hours=NOON - moment.hour)


async def _was_asked(tx: AsyncConnection, room: RoomRef) -> int:
    """The request that brought the hours, done since long ago; its number."""
    line = Invocation("schedule window", room={"words": room.name})
    origin = Origin("slack", room.name, channel=CHANNEL)
    asked = Request(0, room.name, line, "schedule window", MO, origin, State.ASKED, now())
    request = await RequestBook().ask(tx, asked)
    assert request
    await tx.execute(sa.update(requests).where(requests.c.id == request.id).values(state=State.DONE))
    return request.id


def is_shut(room: Room) -> bool:
    """Whether nobody is in a room, and nobody can come in."""
    return not room.enabled and not room.session


def openings(here: Town, room: Room) -> list[datetime]:
    """When 100ms was asked to open a room."""
    asked = [call for call in here.world.calls_of("rooms.set_enabled") if room.id in call.path]
    return [call.at for call in asked if call.status == 200 and call.body == {"enabled": True}]


def told(here: Town, room: Room) -> list[str]:
    """What everybody reads of the end."""
    there = [words(one) for one in here.sees("max") if one.channel == CHANNEL]
    return [text for text in there if f"The hours of {room.name} are over" in text]


def ends(here: Town, room: Room) -> list[datetime]:
    """When 100ms has ended what ran in a room."""
    asked = [call for call in here.world.calls_of("active_rooms.end_room") if room.id in call.path]
    return [call.at for call in asked if call.status == 200]
