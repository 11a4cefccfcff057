"""Rooms whose hours end now, among many moments of tomorrow, as rows of a new database."""

import sqlalchemy as sa

from bench import locked
from bot.clock import system
from bot.command import RoomRef
from bot.features.room.stops import stops
from bot.store import Database
from tests.faults.hours import OpenUntil, open_rooms


async def fill(url: str, due: int, among: int) -> None:
    """Migrate a database and write down so many rooms that are open until now."""
    await locked.fill(url, 0, among - due)
    rooms = [RoomRef(id=f"{number:024x}", name=f"room-{number}") for number in range(due)]
    now = system()
    await open_rooms(url, [OpenUntil(room, now) for room in rooms])


async def left(db: Database) -> int:
    """How many ends are still to come."""
    async with db.read() as tx:
        return int(await tx.scalar(sa.select(sa.func.count()).select_from(stops)) or 0)
