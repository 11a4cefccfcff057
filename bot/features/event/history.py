"""What 100ms has kept of what happened in a room, and of how it was delivered; having it delivered again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import finding
from bot.hms import Delivery, Replay, ReportedEvent
from bot.hms.event import ERROR_EVENTS, RECORDING_EVENTS, TRACK_EVENTS

LONGEST = timedelta(days=14)  # 100ms tells of no more at once
PAGES = 10  # of a hundred events; what is older is seen by naming a session
PAGE = 50
KINDS = {"tracks": TRACK_EVENTS, "errors": ERROR_EVENTS, "recordings": RECORDING_EVENTS}


@dataclass(frozen=True)
class ToldEvents:
    """Events of a room, the newest first; ``more`` where there are others than these."""

    events: tuple[ReportedEvent, ...]
    more: bool = False


@dataclass(frozen=True)
class Deliveries:
    """One page of deliveries, counted from 1, and how many there are in all."""

    page: Sequence[Delivery]
    total: int
    more: bool


async def happened(ctx: Context, room: RoomRef, kind: str, session: str = "") -> ToldEvents:
    """What of one kind happened in a room, in one session of it if that is named."""
    which: dict[str, Any] = {"type": KINDS[kind]} | ({"session_id": session} if session else {})
    events: list[ReportedEvent] = []
    start: str | None = None
    for _ in range(PAGES):
        page = await ctx.hms.analytics.list_events(room.id, limit=100, start=start, **which)
        events += page.events
        start = page.following
        if start is None:
            break
    newest = sorted(events, key=lambda one: (one.timestamp is not None, one.timestamp), reverse=True)
    return ToldEvents(tuple(newest), more=start is not None)


async def delivered(
    ctx: Context, room: RoomRef, since: timedelta, *, failed: bool, kinds: Sequence[str], page: int
) -> Deliveries:
    """How the events of a room were delivered, fifty at a time."""
    found = await ctx.hms.analytics.list_webhook_events(
        room_id=room.id,
        start_time=ctx.now - within(since),
        status="failed" if failed else "all",
        event_names=list(kinds),
        limit=PAGE,
        page=max(page, 1),
    )
    return Deliveries(found.events, found.pagination.total_items, found.pagination.has_next)


def within(since: timedelta) -> timedelta:
    """How far to look back; UserError where 100ms does not."""
    if not timedelta() < since <= LONGEST:
        raise UserError("100ms tells of at most {most} at once.", most=LONGEST).at("since")
    return since


async def replay(ctx: Context, room: RoomRef, since: timedelta, *, every: bool, kinds: Sequence[str]) -> str:
    """Have events of a room delivered again, once; answers the id by which it is followed."""
    span = within(since)
    until = datetime.fromisoformat(await ctx.first_seen("see time", room.id, lambda: _now(ctx)))

    async def call() -> str:
        found = await ctx.hms.analytics.replay_webhooks(
            room_id=room.id,
            start_time=until - span,
            end_time=until,
            status="all" if every else "failed",
            event_names=list(kinds),
        )
        return found.workflow_id

    # The same asked for while it runs is the one that runs, so to ask again repeats nothing.
    started: str | None = await ctx.once("replay", room.id, call, read_back=_never)
    return started or ""


async def how_far(ctx: Context, room: RoomRef, workflow: str) -> Replay:
    """How far a replay is; UserError where there is none of this room."""
    unknown = UserError(
        "Nothing of {room} is delivered again as {workflow}. Ask for it: `/hms event replay`.",
        room=room,
        workflow=workflow,
    ).at("replay")
    found = await finding.found(ctx.hms.analytics.get_webhook_replay(workflow), unknown)
    if found.filters.room_id != room.id:
        raise unknown
    return found


async def _now(ctx: Context) -> str:
    return ctx.now.isoformat()


async def _never() -> bool:
    return False
