"""Analytics: what happened in a room, how webhooks were delivered, how well people were seen and heard."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from bot.hms.call import at
from bot.hms.event import (
    ERROR_EVENTS,
    RECORDING_EVENTS,
    TRACK_EVENTS,
    Delivery,
    DeliveryPage,
    EventPage,
    ReportedEvent,
)
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.peer_stats import PeerStats
from bot.hms.replay import Replay
from bot.hms.resource import Resource, given


class WhichEvents(TypedDict, total=False):
    """What events can be narrowed to; ``beam_id`` goes with recordings only, ``error`` with errors only."""

    type: Sequence[str]
    session_id: str
    peer_id: str
    user_id: str
    beam_id: str
    error: bool


class WhichDeliveries(TypedDict, total=False):
    """What deliveries can be narrowed to; ``status`` is ``all``, ``failed`` or ``success``.

    The times span at most 14 days of the last 30; not given, they are the last 24 hours.
    """

    start_time: datetime
    end_time: datetime
    room_id: str
    status: str
    event_names: Sequence[str]


class Analytics(Resource):
    """Looking back."""

    async def list_events(
        self,
        room_id: str,
        *,
        limit: int | None = None,
        start: str | None = None,
        **which: Unpack[WhichEvents],
    ) -> EventPage:
        """Fetch one page of what happened in a room in the last 30 days; ``limit`` 1 to 100.

        Raises Invalid. Source: 100ms docs, analytics/overview.
        """
        path = "/analytics/events"
        return await self._get(
            "analytics.list_events", path, EventPage, room_id=room_id, limit=limit, start=start, **which
        )

    def each_event(self, room_id: str, **which: Unpack[WhichEvents]) -> AsyncIterator[ReportedEvent]:
        """Walk what happened in a room in the last 30 days."""
        return each_of(lambda start: self.list_events(room_id, limit=LARGEST_PAGE, start=start, **which))

    def each_track_event(
        self, room_id: str, *, session_id: str | None = None
    ) -> AsyncIterator[ReportedEvent]:
        """Walk when cameras, microphones and screens came and went. Source: analytics/track-events."""
        which: WhichEvents = {"type": TRACK_EVENTS}
        if session_id:
            which["session_id"] = session_id
        return self.each_event(room_id, **which)

    def each_recording_event(self, room_id: str) -> AsyncIterator[ReportedEvent]:
        """Walk when recordings were done. Source: analytics/recording-events."""
        return self.each_event(room_id, type=RECORDING_EVENTS)

    def each_error_event(self, room_id: str) -> AsyncIterator[ReportedEvent]:
        """Walk what failed for people. Source: analytics/error-events."""
        return self.each_event(room_id, type=ERROR_EVENTS)

    async def list_webhook_events(
        self, *, limit: int | None = None, page: int | None = None, **which: Unpack[WhichDeliveries]
    ) -> DeliveryPage:
        """Fetch one page of how webhooks were delivered, counted from 1; ``limit`` 1 to 100.

        Raises Invalid for times out of bounds, Forbidden, TooManyRequests.
        Source: 100ms docs, analytics/list-webhook-events.
        """
        return await self._get(
            "analytics.list_webhook_events",
            "/analytics/webhooks",
            DeliveryPage,
            limit=limit,
            page=page,
            **which,
        )

    def each_webhook_event(self, **which: Unpack[WhichDeliveries]) -> AsyncIterator[Delivery]:
        """Walk how webhooks were delivered."""
        return each_of(lambda page: self.list_webhook_events(limit=LARGEST_PAGE, page=page, **which))

    async def replay_webhooks(
        self, *, limit: int | None = None, offset: int | None = None, **which: Unpack[WhichDeliveries]
    ) -> Replay:
        """Have webhooks delivered again, those that failed unless ``status`` says otherwise.

        Ten a second, at most 50,000. While the same one runs, it is returned. Raises Invalid for times out of
        bounds, Forbidden, TooManyRequests, Unknown. Source: 100ms docs, analytics/replay-webhook-events.
        """
        body = given({"limit": limit, "offset": offset, **which})
        return await self._post_whole("analytics.replay_webhooks", "/analytics/webhooks/replay", Replay, body)

    async def get_webhook_replay(self, workflow_id: str) -> Replay:
        """Read how far a replay is. Raises NotFound. Source: 100ms docs, analytics/replay-webhook-events."""
        path = at("/analytics/webhooks/replay/{workflow_id}", workflow_id=workflow_id)
        return await self._get("analytics.get_webhook_replay", path, Replay)

    async def peer_stats(self, peer_id: str, *, session_id: str) -> PeerStats:
        """Read how well somebody was seen and heard in a session that is over.

        Raises Invalid, NotFound. Source: 100ms docs, analytics/peer-quality-stats.
        """
        return await self._get(
            "analytics.peer_stats", "/analytics/peer-stats", PeerStats, peer_id=peer_id, session_id=session_id
        )
