"""Whether what 100ms keeps is paused: it does not say, so what was done here last has to tell."""

from dataclasses import dataclass
from datetime import datetime

from bot.command import Context, RoomRef
from bot.reply import Mention
from bot.request.book import RequestBook
from bot.request.request import State

LOOKED_BACK = 100  # of what was done in the room since the recording began
_PAUSES = {"record": "record pause", "live": "live pause-recording"}
_RESUMES = {"record": "record resume", "live": "live resume-recording"}


@dataclass(frozen=True)
class Switched:
    """That a recording was paused or resumed: by whom, and when."""

    paused: bool
    by: Mention
    at: datetime


async def switched(ctx: Context, room: RoomRef, noun: str, since: datetime | None) -> Switched | None:
    """What was done last of a ``noun``, ``record`` or ``live``, in a room; None where nobody knows.

    Another one that was started or stopped since, or an answer that was lost, leaves nobody knowing.
    """
    async with ctx.reading() as tx:
        acts = await ctx[RequestBook].acts(tx, LOOKED_BACK, room=room.id, since=since)
    words = {_PAUSES[noun]: True, _RESUMES[noun]: False, f"{noun} start": None, f"{noun} stop": None}
    last = next((one for one in acts if one.invocation.command in words), None)
    paused = words[last.invocation.command] if last else None
    if last is None or paused is None or last.state is not State.DONE or last.ended_at is None:
        return None
    return Switched(paused, last.actor.mention, last.ended_at)


async def paused(ctx: Context, room: RoomRef, noun: str, since: datetime | None) -> Switched | None:
    """Who paused it and when, where it is paused as far as anybody here knows."""
    last = await switched(ctx, room, noun, since)
    return last if last and last.paused else None
