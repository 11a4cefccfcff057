"""Rooms that are open by hours which end soon, as a bot finds them on disk, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Days, Hours, RoomRef
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
MO = Actor(PEOPLE["mo"], "Mo")


@dataclass(frozen=True)
class OpenUntil:
    """A room that its hours have opened, and when they end; ``warn`` are minutes before."""

    room: Room | RoomRef
    ends: datetime
    warn: tuple[int, ...] = ()


async def open_rooms(database_url: str, several: Sequence[OpenUntil]) -> list[int]:
    """Write down that these are open; answers the numbers of their hours. A bot that runs is not woken."""
    db = await Database.open(database_url)
    try:
        timers = Timers(db, open_work(db, now, guest=True), now)
        async with db.write() as tx:
            return [await _open(db, timers, tx, each) for each in several]
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
    return Rule(days=Days.of("daily"), hours=hours, zone=f"Etc/GMT{ends.hour - NOON:+d}")


def _local(ends: datetime) -> datetime:
    return ends + timedelta(hours=NOON - ends.hour)


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


def told(here: Town, room: Room) -> list[str]:
    """What everybody reads of the end."""
    there = [words(one) for one in here.sees("max") if one.channel == CHANNEL]
    return [text for text in there if f"The hours of {room.name} are over" in text]


def ends(here: Town, room: Room) -> int:
    """How often 100ms has ended what ran in a room."""
    asked = [call for call in here.world.calls_of("active_rooms.end_room") if room.id in call.path]
    return len([call for call in asked if call.status == 200])
