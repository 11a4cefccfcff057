"""Finding rooms, open or locked: a list of 100ms that does not say which may leave the locked ones out."""

from asyncio import gather
from collections.abc import Awaitable, Iterable
from heapq import merge
from typing import Protocol, TypeVar

from bot.command import RoomRef
from bot.errors import UserError
from bot.hms import Hms, NotFound, Room, first_of


class RoomBound(Protocol):
    """What 100ms keeps of one room."""

    @property
    def room_id(self) -> str:
        """Of which."""


Kept = TypeVar("Kept")
InRoom = TypeVar("InRoom", bound=RoomBound)


async def in_room(looked_up: Awaitable[InRoom], room: RoomRef, unknown: UserError) -> InRoom:
    """What has an id, if it is of this room; of another room it is not even said that it is there."""
    there = await found(looked_up, unknown)
    if there.room_id != room.id:
        raise unknown
    return there


async def found(looked_up: Awaitable[Kept], unknown: UserError) -> Kept:
    """What 100ms has by an id."""
    try:
        return await looked_up
    except NotFound as error:
        raise unknown from error


async def called(hms: Hms, name: str) -> Room | None:
    """The room with exactly this name, whatever its case; nothing promises that 100ms lists no other."""
    for enabled in (True, False):
        async for room in hms.rooms.each(name=name, enabled=enabled):
            if room.name.casefold() == name.casefold():
                return room
    return None


async def listed(hms: Hms, most: int) -> tuple[tuple[Room, ...], bool]:
    """The same of as many pages as that takes, and whether there are others."""
    (opened, _), (locked, _) = await gather(
        first_of(hms.rooms.each(enabled=True), most), first_of(hms.rooms.each(enabled=False), most)
    )
    rooms = _merged(opened, locked)
    return rooms[:most], len(rooms) > most


async def newest(hms: Hms, most: int) -> tuple[Room, ...]:
    """So many rooms of those that were made last, the newest first; ``most`` is at most one page."""
    opened, locked = await gather(
        hms.rooms.list(limit=most, enabled=True), hms.rooms.list(limit=most, enabled=False)
    )
    return _merged(opened.data, locked.data)[:most]


def _merged(opened: Iterable[Room], locked: Iterable[Room]) -> tuple[Room, ...]:
    # Ids rise with the time of making, and a moment may be missing.
    both = merge(opened, locked, key=lambda room: room.id, reverse=True)
    once = {room.id: room for room in both}  # one that is locked in this moment stands on both
    return tuple(once.values())
