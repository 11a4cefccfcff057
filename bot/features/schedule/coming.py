"""What comes next by the clock in every room: one look for all of them, and no rule is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.command import Context
from bot.features.room.cockpit import NOTHING_COMES, Coming
from bot.features.schedule.book import OPEN, Windows
from bot.features.schedule.lines import RUN, ScheduledLines
from bot.work import Timers


async def coming(ctx: Context) -> Mapping[str, Coming]:
    """What comes next in each room that does something by the clock, by the room's id."""
    async with ctx.reading() as tx:
        expected = await ctx[Timers].expected(tx, OPEN.kind, RUN.kind)
        windows, lines = await ctx[Windows].rooms(tx), await ctx[ScheduledLines].words(tx)
    found: dict[str, Coming] = {}
    for (kind, subject), at in sorted(expected.items(), key=_latest_first):
        if kind == OPEN.kind and subject in windows:
            room = windows[subject]
            found[room] = replace(found.get(room, NOTHING_COMES), opens=at)
        elif kind == RUN.kind and subject in lines:
            room, words = lines[subject]
            found[room] = replace(found.get(room, NOTHING_COMES), words=words, runs=at)
    return found


def _latest_first(moment: tuple[tuple[str, str], datetime]) -> float:
    """What comes first is put down last, and stands."""
    return -moment[1].timestamp()
