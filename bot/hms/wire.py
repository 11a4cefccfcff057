"""One request to 100ms and its answer, over the network: httpx on aiohttp's connections."""

import re
import ssl
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from json import dumps, loads
from typing import Final

import aiohttp
import httpx
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from httpx_aiohttp import AiohttpTransport

from bot.settings import proxy_for
from bot.text import storable

CONNECTIONS: Final = 256
IDLE_SECONDS: Final = 15.0  # kept open between calls; shorter than the servers in front of 100ms keep theirs
CONNECT_SECONDS: Final = 3.0
NEVER_SENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,  # the proxy would not open the way
)
UNSTORABLE: Final = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)  # or the half of a good pair

Transport = httpx.AsyncBaseTransport


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


class Wire:
    """The way to 100ms; ``transport`` replaces the network, as a mounted emulated 100ms does.

    The transports are used without httpx's client, which would log every address with its query. There is one
    for each proxy that the environment names: one host may be reached by it, another directly.
    """

    def __init__(self, transport: Transport | None = None) -> None:
        self._replaced = transport
        self._ways: dict[str | None, Transport] = {}  # by the proxy, None for the direct way
        self._proxies: dict[tuple[str, str], str | None] = {}  # by scheme and host, which are few

    async def send(self, outgoing: Outgoing) -> Incoming:
        """Send once and read the whole answer; raises BrokenError."""
        try:
            request = _request(outgoing)
            response = await self._way(request.url).handle_async_request(request)
            async with aclosing(response):
                content = await response.aread()
        except (httpx.RequestError, aiohttp.ClientError) as error:
            raise BrokenError(error, sent=not _never_sent(error)) from error
        asked = response.headers.get("Retry-After")
        return Incoming(response.status_code, response.reason_phrase, asked, _storable(content))

    async def aclose(self) -> None:
        """Close the connections; what is sent from here on is refused."""
        for way in (*self._ways.values(), *([self._replaced] if self._replaced else [])):
            await way.aclose()

    def _way(self, url: httpx.URL) -> Transport:
        if self._replaced:
            return self._replaced
        where = (url.scheme, url.host)
        if where not in self._proxies:
            self._proxies[where] = proxy_for(str(url))
        proxy = self._proxies[where]
        if proxy not in self._ways:
            self._ways[proxy] = _over(proxy)
        return self._ways[proxy]


def _request(outgoing: Outgoing) -> httpx.Request:
    timeout = httpx.Timeout(outgoing.seconds, connect=CONNECT_SECONDS).as_dict()
    return httpx.Request(
        outgoing.method,
        outgoing.url,
        headers=outgoing.headers,
        content=outgoing.content,
        extensions={"timeout": timeout},
    )


def _storable(content: bytes) -> bytes:
    """JSON without what no store takes; only what may hold such is taken apart for it."""
    if not UNSTORABLE.search(content):
        return content
    try:
        return dumps(storable(loads(content))).encode()
    except (ValueError, RecursionError):  # no JSON, or none to be read: whoever reads it says so
        return content


def _never_sent(error: Exception) -> bool:
    """Whether the request did not leave; aiohttp's transport calls most breaks a ConnectTimeout."""
    if error.__cause__ is None:
        return isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, *NEVER_SENT))
    return isinstance(error.__cause__, NEVER_SENT)


def _over(proxy: str | None) -> Transport:
    # The session has a context of its own; to fill another one with certificates would be for nothing.
    unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return AiohttpTransport(verify=unused, client=_session, proxy=httpx.Proxy(proxy) if proxy else None)


def _session() -> aiohttp.ClientSession:
    """Open a session that keeps connections and nothing else: what 100ms answers depends on no cookie."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS)
    jar = aiohttp.DummyCookieJar()
    return aiohttp.ClientSession(connector=connector, cookie_jar=jar, middlewares=(_sent_once,))


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
        if request.method != "DELETE":
            raise
        raise BrokenError(error, sent=True) from error
