"""The 100ms client: everything we can ask of one account."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from bot.hms.active_rooms import ActiveRooms
from bot.hms.analytics import Analytics
from bot.hms.auth import Tokens
from bot.hms.call import Host
from bot.hms.circuit import Circuit, Reachable
from bot.hms.connection import Asking, Connection, Endpoint, nobody_asks
from bot.hms.external_streams import ExternalStreams
from bot.hms.legacy_v1 import LegacyV1
from bot.hms.live_streams import LiveStreams
from bot.hms.polls import Polls
from bot.hms.recording_assets import PresignedUrl, RecordingAssets
from bot.hms.recordings import Recordings
from bot.hms.room_codes import RoomCodes
from bot.hms.rooms import Rooms
from bot.hms.sessions import Sessions
from bot.hms.sip import Sip
from bot.hms.stream_keys import StreamKeys
from bot.hms.templates import Templates
from bot.hms.wire import Transport, Wire

PATIENCE = timedelta(seconds=10)  # as long as a moderator looks at an unchanged card


@dataclass(frozen=True)
class Elsewhere:
    """Where 100ms serves what its API does not: the exchange of room codes, and V1."""

    auth_url: str = "https://auth.100ms.live/v2"
    legacy_url: str = "https://prod-in2.100ms.live"


ELSEWHERE = Elsewhere()


class Account:
    """Everything that can be asked of one account: an attribute for each family of operations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rooms = Rooms(connection)
        self.room_codes = RoomCodes(connection)
        self.active_rooms = ActiveRooms(connection)
        self.sessions = Sessions(connection)
        self.recordings = Recordings(connection)
        self.recording_assets = RecordingAssets(connection)
        self.live_streams = LiveStreams(connection)
        self.external_streams = ExternalStreams(connection)
        self.stream_keys = StreamKeys(connection)
        self.polls = Polls(connection)
        self.templates = Templates(connection)
        self.analytics = Analytics(connection)
        self.sip = Sip(connection)
        self.legacy_v1 = LegacyV1(connection)

    async def fetch(self, file: PresignedUrl) -> bytes:
        """The file itself, whole: for small ones. Raises Unavailable."""
        return await self._connection.fetch(file.url)

    def within(self, deadline: timedelta) -> "Account":
        """Ask the same account with another deadline: for who can wait longer, or not so long."""
        return Account(self._connection.within(deadline))


class Hms(Account):
    """The client. Every operation answers or raises HmsError within a deadline, repeats included.

    ``clock`` tells the aware time; ``sleep`` waits seconds between repeats; ``transport`` replaces the
    network; ``asking`` is entered as long as a call is unanswered.
    Source of every operation: 100ms docs, server-side/v2/api-reference.
    """

    def __init__(  # noqa: PLR0913 -- each is somebody else's to own, by its name
        self,
        api_url: str,
        access_key: str,
        secret: SecretStr,
        *,
        clock: Callable[[], datetime],
        elsewhere: Elsewhere = ELSEWHERE,
        transport: Transport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        asking: Asking = nobody_asks,
    ) -> None:
        urls = {Host.API: api_url, Host.AUTH: elsewhere.auth_url, Host.LEGACY: elsewhere.legacy_url}
        super().__init__(
            Connection(
                {host: Endpoint(url.rstrip("/"), Circuit(clock)) for host, url in urls.items()},
                Tokens(access_key, secret, clock),
                Wire(transport),
                clock,
                sleep,
                PATIENCE.total_seconds(),
                asking,
            )
        )

    def tells(self, told: Reachable) -> None:
        """Let somebody know, each time, whether the API answered or is given a rest."""
        self._connection.endpoints[Host.API].circuit.told = told

    async def aclose(self) -> None:
        """Close the connections; calls are refused from here on."""
        await self._connection.wire.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
