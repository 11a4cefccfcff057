"""The 100ms client: everything we can ask of one account."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from bot.hms.active_rooms import ActiveRooms
from bot.hms.auth import Tokens
from bot.hms.external_streams import ExternalStreams
from bot.hms.live_streams import LiveStreams
from bot.hms.recordings import Recordings
from bot.hms.resource import Connection, Transport, aiohttp_transport
from bot.hms.rooms import Rooms
from bot.hms.sessions import Sessions
from bot.hms.templates import Templates

PATIENCE = timedelta(seconds=10)  # as long as a moderator looks at an unchanged card


class Hms:
    """One 100ms account; every operation answers or raises HmsError within ``deadline``, repeats included.

    ``clock`` tells the aware time; ``sleep`` waits seconds between repeats; ``transport`` replaces the
    network. Source of every operation: 100ms docs, server-side/v2.
    """

    def __init__(
        self,
        api_url: str,
        access_key: str,
        secret: SecretStr,
        *,
        clock: Callable[[], datetime],
        transport: Transport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        deadline: timedelta = PATIENCE,
    ) -> None:
        self._connection = Connection(
            api_url,
            Tokens(access_key, secret, clock),
            transport or aiohttp_transport(),
            clock=clock,
            sleep=sleep,
            deadline=deadline.total_seconds(),
        )
        self.rooms = Rooms(self._connection)
        self.active_rooms = ActiveRooms(self._connection)
        self.sessions = Sessions(self._connection)
        self.recordings = Recordings(self._connection)
        self.live_streams = LiveStreams(self._connection)
        self.external_streams = ExternalStreams(self._connection)
        self.templates = Templates(self._connection)

    async def aclose(self) -> None:
        """Close the connections; calls are refused from here on."""
        await self._connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
