"""Sessions: what happened in a room from the first join to the last leave."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TypedDict, Unpack

from pydantic import Field

from bot.hms.active_rooms import Peer
from bot.hms.call import at
from bot.hms.objects import Object, Page, Timestamp
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource


class SessionPeer(Peer):
    """Somebody who took part; ``left_at`` is None while they are connected."""

    session_id: str = ""
    left_at: Timestamp = None


class Session(Object):
    """One session; ``peers`` by peer id. Over, it lasted from ``created_at`` to ``updated_at``.

    Source: 100ms docs, Sessions/object.
    """

    id: str
    room_id: str = ""
    customer_id: str = ""
    app_id: str = ""
    active: bool = False
    peers: dict[str, SessionPeer] = Field(default_factory=dict)
    created_at: Timestamp = None
    updated_at: Timestamp = None

    @property
    def connected(self) -> tuple[SessionPeer, ...]:
        """Who is in it now."""
        return tuple(peer for peer in self.peers.values() if peer.left_at is None)


class WhichSessions(TypedDict, total=False):
    """What a list of sessions can be narrowed to; ``after`` and ``before`` bound their start."""

    room_id: str
    active: bool
    after: datetime
    before: datetime


class Sessions(Resource):
    """Looking up sessions, running and past."""

    async def retrieve(self, session_id: str) -> Session:
        """Fetch one session with everybody who took part.

        Raises NotFound. Source: 100ms docs, Sessions/retrieve-a-session.
        """
        path = at("/sessions/{session_id}", session_id=session_id)
        return await self._get("sessions.retrieve", path, Session)

    async def list(
        self, *, limit: int | None = None, start: str | None = None, **which: Unpack[WhichSessions]
    ) -> Page[Session]:
        """Fetch one page, newest first; ``limit`` 10 to 100.

        Raises Invalid for a limit out of range. Source: 100ms docs, Sessions/list-sessions.
        """
        return await self._get("sessions.list", "/sessions", Page[Session], limit=limit, start=start, **which)

    def each(self, **which: Unpack[WhichSessions]) -> AsyncIterator[Session]:
        """Walk all sessions, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start, **which))
