"""What comes due in a storm: how a database gets it, how much is left of it, and the calls that it makes."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bench import ending, locked
from bot.hms import Hms, NotFound
from bot.store import Database


@dataclass(frozen=True)
class Moments:
    """One kind of moment, of which many come due at once; ``calls`` are how many of 100ms each makes."""

    title: str
    each: str
    fill: Callable[[str, int, int], Awaitable[None]]
    left: Callable[[Database], Awaitable[int]]
    call: Callable[[Hms, str], Awaitable[None]]
    calls: int


async def unlock(hms: Hms, room: str) -> None:
    await hms.rooms.set_enabled(room, enabled=True)


async def end(hms: Hms, room: str) -> None:
    """The end of hours to which nobody came: the door is locked between two looks."""
    await _look(hms, room)
    await hms.rooms.set_enabled(room, enabled=False)
    await _look(hms, room)


async def _look(hms: Hms, room: str) -> None:
    with suppress(NotFound):
        await hms.active_rooms.retrieve(room)


UNLOCKS, ENDS = "unlocks", "ends"
MOMENTS: Mapping[str, Moments] = {
    UNLOCKS: Moments("timed unlocks", "unlocks a room by a call", locked.fill, locked.left, unlock, 1),
    ENDS: Moments(
        "ends of hours", "locks a room that nobody is in by three calls", ending.fill, ending.left, end, 3
    ),
}
