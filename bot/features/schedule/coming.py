"""What comes next by the clock in rooms: a look for a hundred of them, and no rule is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context
from bot.features.room.acts import UNLOCK
from bot.features.room.cockpit import NOTHING_COMES, Coming
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
    locked = {room: comes.unlocks for room, comes in found.items() if comes.unlocks}
    for room, opens in (await door.all_open_after(ctx, locked)).items():
        found[room] = replace(found[room], unlocks=opens)
    return found


async def _coming(ctx: Context, tx: AsyncConnection, rooms: Sequence[str]) -> Mapping[str, Coming]:
    ends = await ctx[Stops].nearest(tx, rooms)
    windows = await ctx[Windows].whose(tx, rooms)
    lines = await ctx[ScheduledLines].commands(tx, rooms)
    kinds = OPEN.kind, RUN.kind, UNLOCK.kind
    expected = await ctx[Timers].expected(tx, *kinds, of=[*windows, *lines, *rooms])
    found: dict[str, Coming] = {}
    # What comes first is put down last, and stands.
    for (kind, subject), at in sorted(expected.items(), key=lambda one: one[1], reverse=True):
        room, comes = _moment(windows, lines, kind, subject, at)
        if room:
            found[room] = replace(found.get(room, NOTHING_COMES), **comes)
    for room, end in ends.items():
        there = found.get(room, NOTHING_COMES)
        found[room] = replace(there, ends=end.before(there.opens))
    return found


def _moment(
    windows: Mapping[str, str], lines: Mapping[str, tuple[str, str]], kind: str, subject: str, at: datetime
) -> tuple[str, dict[str, Any]]:
    """Which room a moment is of, and what it says; none where its hours, or its line, are gone."""
    if kind == UNLOCK.kind:
        return subject, {"unlocks": at}
    if kind == OPEN.kind:
        return windows.get(subject, ""), {"opens": at}
    room, command = lines.get(subject, ("", ""))
    return room, {"command": command, "runs": at}
