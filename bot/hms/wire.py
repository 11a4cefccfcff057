"""One request to 100ms and its answer, over the network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import aiohttp
import httpx
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from yarl import URL

CONNECTIONS: Final = 256
IDLE_SECONDS: Final = 15.0  # kept open between calls; shorter than the servers in front of 100ms keep theirs
CONNECT_SECONDS: Final = 3.0
NEVER_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True)
class Outgoing:
    """One request; ``seconds`` is how long its answer may be silent. Holds secrets, so it has no repr."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None
    seconds: float

    def __repr__(self) -> str:
        return f"<{self.method}>"


@dataclass(frozen=True, repr=False)
class Incoming:
    """One whole answer, unpacked."""

    status: int
    reason: str
    retry_after: str | None
    content: bytes

    @property
    def is_success(self) -> bool:
        """True when 100ms did what it was asked."""
        return 200 <= self.status < 300

    @property
    def is_failure(self) -> bool:
        """True when the server broke, or a gateway found none."""
        return self.status >= 500


class BrokenError(Exception):
    """No answer came; ``sent`` is False when the request never left."""

    def __init__(self, error: Exception, *, sent: bool) -> None:
        super().__init__(type(error).__name__)
        self.sent = sent


class Wire(Protocol):
    """A way to 100ms."""

    async def send(self, outgoing: Outgoing) -> Incoming:
        """Send once and read the whole answer; raises BrokenError."""
        ...

    async def aclose(self) -> None:
        """Close what is open."""
        ...


Transport = httpx.AsyncBaseTransport


class Mounted:
    """A way to 100ms through a transport of httpx, which is what an emulated 100ms is mounted with."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def send(self, outgoing: Outgoing) -> Incoming:
        """Send once and read the whole answer; raises BrokenError."""
        request = httpx.Request(
            outgoing.method, outgoing.url, headers=outgoing.headers, content=outgoing.content
        )
        try:
            response = await self._transport.handle_async_request(request)
            content = await response.aread()
        except httpx.RequestError as error:
            never_sent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout)
            raise BrokenError(error, sent=not never_sent) from error
        asked = response.headers.get("Retry-After")
        return Incoming(response.status_code, response.reason_phrase, asked, content)

    async def aclose(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


class Sockets:
    """The network, by aiohttp: httpx's own transport is several times slower with many calls in flight."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def send(self, outgoing: Outgoing) -> Incoming:
        """Send once and read the whole answer; raises BrokenError."""
        self._session = self._session or _session()
        try:
            async with self._session.request(
                outgoing.method,
                URL(outgoing.url, encoded=True),
                headers=outgoing.headers,
                data=outgoing.content,
                allow_redirects=False,
                timeout=_patience(outgoing.seconds),
                middlewares=(_sent_once,) if outgoing.method == "DELETE" else None,
            ) as response:
                return await _read(response)
        except aiohttp.ClientError as error:
            raise BrokenError(error, sent=not isinstance(error, NEVER_SENT)) from error

    async def aclose(self) -> None:
        """Close the connections; what is sent from here on is refused."""
        if self._session:
            await self._session.close()


def _session() -> aiohttp.ClientSession:
    """Open a session that keeps connections and nothing else: what 100ms answers depends on no cookie."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def _patience(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds)


async def _sent_once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    """Keep aiohttp from sending a DELETE again by itself when the connection breaks.

    To HTTP a DELETE is harmless to repeat. Here the second one names what has moved up into the place of the
    question that the first one deleted.
    """
    try:
        return await handler(request)
    except NEVER_SENT:
        raise
    except aiohttp.ClientConnectionError as error:
        raise BrokenError(error, sent=True) from error


async def _read(response: ClientResponse) -> Incoming:
    content = await response.read()
    return Incoming(response.status, response.reason or "", response.headers.get("Retry-After"), content)
