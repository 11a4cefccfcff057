"""Looks at what runs and what has ended since the last look, in pages, whoever was to report it."""

from asyncio import gather
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.command import Context, RoomRef
from bot.features.event import finding
from bot.features.event.book import Looked, Looks
from bot.features.room.cache import RoomCache
from bot.hms import Hms, NotFound, Recording, Session
from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox

NAME = "state"
OVERLAP = timedelta(minutes=1)  # what was being made at the last look may be dated before it
LONGEST = timedelta(hours=13)  # a session ends by itself after twelve
WRITING = timedelta(hours=3)  # a fifth of the longest recording passes until it is written down


class Made(Protocol):
    """What 100ms lists, the newest first."""

    @property
    def created_at(self) -> datetime | None:
        """When it was made."""


Listed = TypeVar("Listed", bound=Made)


@dataclass(frozen=True)
class Heard:
    """What is open as far as we have heard, and up to when we looked."""

    sessions: frozenset[str]
    recordings: frozenset[str]
    looked: Looked


async def look(ctx: Context, before: datetime) -> None:
    """Tell the reactions what is new and from before a moment."""
    found = [one for one in await _found(ctx.hms, await _heard(ctx)) if not one.at or one.at <= before]
    await ctx[Inbox].add(await _named(ctx, await ctx[Inbox].news(found)))
    async with ctx.transaction() as tx:
        await ctx[Looks].looked(tx, NAME, before)


async def _named(ctx: Context, news: Sequence[Arrival]) -> list[Arrival]:
    """The same with the names of their rooms, which 100ms's lists of sessions and files do not say."""
    names = ctx[RoomCache]
    rooms = {str(one.data["room_id"]) for one in news}
    await names.learn(rooms)
    called = {room: names.now_called(RoomRef(id=room)).name for room in rooms}
    return [replace(one, data={**one.data, "room_name": called[str(one.data["room_id"])]}) for one in news]


async def _heard(ctx: Context) -> Heard:
    inbox, since = ctx[Inbox], ctx.now - LONGEST
    async with ctx.reading() as tx:
        sessions = await inbox.open_since(tx, finding.OPEN, [finding.CLOSE], since)
        over = [finding.STOPPED, finding.FAILED]
        recordings = await inbox.open_since(tx, finding.STARTED, over, since)
    return Heard(frozenset(sessions), frozenset(recordings), await ctx[Looks].last(NAME))


async def _found(hms: Hms, heard: Heard) -> list[Arrival]:
    since = max(heard.looked.first, heard.looked.until - OVERLAP)
    sessions, recordings, assets = await gather(
        _sessions(hms, heard, since),
        _recordings(hms, heard, since),
        _since(hms.recording_assets.each(), max(heard.looked.first, since - WRITING)),
    )
    return [
        *(one for session in sessions for one in finding.of_session(session)),
        *(one for recording in recordings for one in finding.of_recording(recording)),
        *finding.of_assets(assets),
    ]


async def _sessions(hms: Hms, heard: Heard, since: datetime) -> Sequence[Session]:
    """Those that run, those that came and went since, and those that ended without our hearing of it."""
    running, over = await gather(
        _all(hms.sessions.each(active=True)), _all(hms.sessions.each(active=False, after=since))
    )
    seen = {one.id: one for one in [*over, *running]}
    ended = [await _session(hms, one) for one in sorted(heard.sessions - seen.keys())]
    return [*seen.values(), *(one for one in ended if one)]


async def _recordings(hms: Hms, heard: Heard, since: datetime) -> Sequence[Recording]:
    seen = {one.id: one for one in await _since(hms.recordings.each(), since)}
    ended = [await _recording(hms, one) for one in sorted(heard.recordings - seen.keys())]
    return [*seen.values(), *(one for one in ended if one)]


async def _session(hms: Hms, session: str) -> Session | None:
    try:
        return await hms.sessions.retrieve(session)
    except NotFound:
        return None


async def _recording(hms: Hms, recording: str) -> Recording | None:
    try:
        return await hms.recordings.get(recording)
    except NotFound:  # it is a live stream's, or an external stream's
        return None


async def _all(listed: AsyncIterator[Session]) -> list[Session]:
    return [one async for one in listed]


async def _since(listed: AsyncIterator[Listed], since: datetime) -> list[Listed]:
    """The newest of a list, up to the first that is older."""
    found: list[Listed] = []
    async for one in listed:
        if one.created_at and one.created_at < since:
            break
        found.append(one)
    return found
