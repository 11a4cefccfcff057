"""What comes next by the clock in rooms: a look for a hundred of them, and no rule is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context
from bot.features.room.cockpit import NOTHING_COMES, Coming
from bot.features.room.locks import Locks
from bot.features.room.stops import Stops
from bot.features.schedule import door
from bot.features.schedule.book import OPEN, ROOMS, Windows
from bot.features.schedule.lines import RUN, ScheduledLines
from bot.work import Timers


async def coming(ctx: Context, rooms: Sequence[str]) -> Mapping[str, Coming]:
    """What comes next in each of these rooms that does something by the clock, by the room's id.

    It is as the timers say, which hold all that is to come: in a pause there is none. Only of a room that is
    locked until a moment its rules are asked: outside its hours it opens with these.
    """
    found: dict[str, Coming] = {}
    async with ctx.reading() as tx:
        for start in range(0, len(rooms), ROOMS):
            found |= await _coming(ctx, tx, rooms[start : start + ROOMS])
    for room, lock in (await ctx[Locks].of_all(rooms)).items():
        if lock.until and not lock.hours:
            unlocks = await door.opens_after(ctx, room, lock.until)
            found[room] = replace(found.get(room, NOTHING_COMES), unlocks=unlocks)
    return found


async def _coming(ctx: Context, tx: AsyncConnection, rooms: Sequence[str]) -> Mapping[str, Coming]:
    ends = await ctx[Stops].nearest(tx, rooms)
    windows = await ctx[Windows].whose(tx, rooms)
    lines = await ctx[ScheduledLines].commands(tx, rooms)
    expected = await ctx[Timers].expected(tx, OPEN.kind, RUN.kind, of=[*windows, *lines])
    found = {room: Coming(ends=at) for room, at in ends.items()}
    # What comes first is put down last, and stands.
    for (kind, subject), at in sorted(expected.items(), key=lambda one: one[1], reverse=True):
        room, comes = _opening(windows, subject, at) if kind == OPEN.kind else _run(lines, subject, at)
        if room:
            found[room] = replace(found.get(room, NOTHING_COMES), **comes)
    return found


def _opening(windows: Mapping[str, str], subject: str, at: datetime) -> tuple[str, dict[str, Any]]:
    """Which room an opening is of, and what it says; none where its hours are gone."""
    return windows.get(subject, ""), {"opens": at}


def _run(lines: Mapping[str, tuple[str, str]], subject: str, at: datetime) -> tuple[str, dict[str, Any]]:
    """Which room a scheduled line is for, and what it says; none where it is gone."""
    room, command = lines.get(subject, ("", ""))
    return room, {"command": command, "runs": at}
