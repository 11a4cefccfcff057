"""Rooms that are locked until now, among many whose lock ends tomorrow, as rows of a new database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.clock import system
from bot.command import RoomRef
from bot.features.room.locks import Lock, locks
from bot.features.schedule.reactions import TimedUnlock
from bot.people import Actor
from bot.reply import Invocation
from bot.request.book import RequestBook, requests
from bot.request.request import Cause, Origin, Request, State
from bot.store import Database
from bot.work.timers import timers

CHANNEL = "C0CLASSES"
WHO = Actor("U0ADA", "Ada")
AT_ONCE = 5_000  # rows in one transaction


async def fill(url: str, due: int, among: int) -> None:
    """Migrate a database and write down so many locks that are over, each by a request of its own."""
    db, now = await Database.open(url), system()
    await db.migrate()
    rooms = [RoomRef(id=f"{number:024x}", name=f"room-{number}") for number in range(among)]
    first = await _requests(db, now, due)
    held = [asdict(_lock(room, first + place, now)) for place, room in enumerate(rooms[:due])]
    await _insert(db, locks, held)
    moments = [now] * due + [now + timedelta(days=1)] * (among - due)
    numbers = range(first, first + among)
    await _insert(db, timers, [*map(_timer, rooms, numbers, moments)])
    await db.close()


async def left(db: Database) -> int:
    """How many rooms are locked still."""
    async with db.read() as tx:
        return int(await tx.scalar(sa.select(sa.func.count()).select_from(locks)) or 0)


def _timer(room: RoomRef, request: int, at: datetime) -> Mapping[str, Any]:
    cause = Cause(request, WHO.mention, at, places=(CHANNEL,))
    timer = TimedUnlock(room=room).timer(room.id, at, cause)
    return {**vars(timer), "payload": dict(timer.payload), "cause": dict(timer.cause or {})}


def _lock(room: RoomRef, request: int, until: datetime) -> Lock:
    return Lock(room.id, WHO.id, WHO.name, "", until - timedelta(hours=1), until, request)


async def _requests(db: Database, now: datetime, count: int) -> int:
    """Write one request as the book does, and the others after it; answers the number of the first."""
    asked = Request(
        id=0,
        token="0",
        invocation=Invocation("room lock", room={"id": "0", "name": "room-0"}),
        sentence="room lock room-0 --until 10m",
        actor=WHO,
        origin=Origin("slack", "0", channel=CHANNEL),
        state=State.DONE,
        asked_at=now,
        places=(CHANNEL,),
        ended_at=now,
    )
    async with db.write() as tx:
        written = await RequestBook().ask(tx, asked)
        assert written
        row = dict((await tx.execute(sa.select(requests))).mappings().one())
    del row["id"]
    await _insert(db, requests, [row | {"key": str(n), "token": str(n)} for n in range(1, count)])
    return written.id


async def _insert(db: Database, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    for some in _packs(rows):
        async with db.write() as tx:
            await tx.execute(table.insert(), some)


def _packs(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
