"""Whether what 100ms keeps is paused: it does not say, so what was done here last has to tell."""

from dataclasses import dataclass
from datetime import datetime

from bot.command import Context, RoomRef
from bot.reply import Mention
from bot.request.book import RequestBook
from bot.request.request import State

LOOKED_BACK = 100  # of what was done in the room since the recording began
_PAUSES = "record pause"
_SWITCHES = {_PAUSES, "record resume", "record start", "record stop"}


@dataclass(frozen=True)
class Paused:
    """That a recording was paused: by whom, and when."""

    by: Mention
    at: datetime


async def paused(ctx: Context, room: RoomRef, since: datetime | None) -> Paused | None:
    """Who paused the recording of a room; None where it is not paused as far as we know.

    Another one that was started or stopped since, or an answer that was lost, leaves nobody knowing.
    """
    async with ctx.reading() as tx:
        acts = await ctx[RequestBook].acts(tx, LOOKED_BACK, room=room.id, since=since)
    last = next((one for one in acts if one.invocation.command in _SWITCHES), None)
    if last is None or last.invocation.command != _PAUSES:
        return None
    return Paused(last.actor.mention, last.ended_at) if last.state is State.DONE and last.ended_at else None
