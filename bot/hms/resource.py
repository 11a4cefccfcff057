"""From a method's arguments to an object or an error: what all families of operations share."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import datetime
from http import HTTPStatus
from json import dumps
from time import perf_counter
from typing import Any, TypeVar

import aiohttp
import httpx
import structlog
from httpx_aiohttp import AiohttpTransport
from pydantic import ValidationError

from bot.hms.auth import Token, Tokens
from bot.hms.call import Call
from bot.hms.errors import BY_STATUS, HmsError, Unavailable
from bot.hms.objects import Object, Page, Refusal, plain
from bot.hms.retry import asked_wait, wait_before

CONNECTIONS = 100
IDLE_SECONDS = 15.0  # kept open between calls; shorter than the servers in front of 100ms keep theirs
CONNECT_SECONDS = 3.0
READ_SECONDS = 4.0  # of one try, where another may follow
LARGEST_PAGE = 100
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)

T = TypeVar("T")
Answer = TypeVar("Answer", bound=Object)
Transport = httpx.AsyncBaseTransport

log = structlog.get_logger(__name__)


def aiohttp_transport() -> Transport:
    """Make the transport for real use: httpx's own is several times slower with many calls in flight."""
    return AiohttpTransport(limits=httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=IDLE_SECONDS))


class Connection:
    """The way to one 100ms account, shared by all resources: signs, sends, repeats, reads.

    ``deadline`` is how many seconds a call may take with all its repeats.
    """

    def __init__(
        self,
        api_url: str,
        tokens: Tokens,
        transport: Transport,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        deadline: float,
    ) -> None:
        self._api_url = api_url.rstrip("/")
        self._tokens = tokens
        self._transport = transport
        self._clock = clock
        self._sleep = sleep
        self._deadline = deadline

    async def aclose(self) -> None:
        """Close what is open."""
        await self._transport.aclose()

    async def perform(self, call: Call, answer: type[Answer]) -> Answer:
        """Send the call until it is answered or the deadline passes; raises HmsError."""
        try:
            async with asyncio.timeout(self._deadline):
                return await self._persist(call, answer)
        except TimeoutError as error:
            raise call.lost(call.operation, "100ms did not answer in time") from error

    async def _persist(self, call: Call, answer: type[Answer]) -> Answer:
        waited, repeat, lost = 0.0, 0, False
        while True:
            try:
                return await self._ask(call, answer)
            except HmsError as error:
                error.after_lost_answer = lost
                wait = wait_before(repeat, error.retry_after, random.random)
                if not call.repeats(error) or waited + wait > self._deadline:
                    raise
                lost = lost or isinstance(error, Unavailable)
            await self._sleep(wait)
            waited, repeat = waited + wait, repeat + 1

    async def _ask(self, call: Call, answer: type[Answer]) -> Answer:
        token = self._tokens.current()
        response = await self._exchange(call, token)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response = await self._exchange(call, self._tokens.instead_of(token))
        if not response.is_success:
            raise self._refused(call, response)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            message = "100ms answered something that makes no sense"
            raise call.lost(call.operation, message, status=response.status_code) from error

    async def _exchange(self, call: Call, token: Token) -> httpx.Response:
        """Send once and read the whole answer.

        The transport is used without httpx's client, which would log every address with its query.
        """
        started = perf_counter()
        outcome: dict[str, object] = {"broken": "given up"}
        try:
            response = await self._transport.handle_async_request(self._request(call, token))
            async with aclosing(response):
                await response.aread()
            outcome = {"status": response.status_code}
        except (httpx.RequestError, aiohttp.ClientError) as error:
            outcome = {"broken": type(error).__name__}
            raise _broken(call, error) from error
        finally:
            took = round((perf_counter() - started) * 1000, 1)
            log.debug("called 100ms", operation=call.operation, milliseconds=took, **outcome)
        return response

    def _request(self, call: Call, token: Token) -> httpx.Request:
        headers = {
            "Authorization": f"Bearer {token.value.get_secret_value()}",
            "Accept-Encoding": "gzip",
            "User-Agent": "hms-bot",
        }
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        read = READ_SECONDS if call.idempotent else self._deadline
        timeout = httpx.Timeout(read, connect=CONNECT_SECONDS).as_dict()
        return httpx.Request(
            call.method,
            self._api_url + call.path,
            params=dict(call.query) or None,
            content=None if call.body is None else dumps(call.body),
            headers=headers,
            extensions={"timeout": timeout},
        )

    def _refused(self, call: Call, response: httpx.Response) -> HmsError:
        said, status = _said(response), response.status_code
        words = " ".join((said.message, *said.details))
        return _meaning(call, response)(
            call.operation,
            said.message,
            details=said.details,
            status=status,
            retry_after=asked_wait(response.headers.get("Retry-After"), words, self._clock()),
        )


def _meaning(call: Call, response: httpx.Response) -> type[HmsError]:
    """Tell a refusal from a lost answer: a 5xx, or a redirect, which 100ms itself never sends."""
    return BY_STATUS.get(response.status_code, HmsError) if response.is_client_error else call.lost


def _said(response: httpx.Response) -> Refusal:
    try:
        return Refusal.model_validate_json(response.content)
    except ValidationError:  # a page of some gateway: nothing in it is meant for us
        return Refusal(message=response.reason_phrase or "no reason given")


def _broken(call: Call, error: Exception) -> HmsError:
    """Tell a call that never left from one whose answer was lost.

    The transport calls nearly every broken connection a ConnectTimeout, so the cause decides.
    """
    if isinstance(error, httpx.ConnectError) or isinstance(error.__cause__, NEVER_SENT):
        return Unavailable(call.operation, "100ms could not be reached")
    return call.lost(call.operation, "the connection to 100ms broke")


class Resource:
    """A family of operations: a subclass has one method for each, named as the operations file names it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def _get(self, operation: str, path: str, answer: type[Answer], /, **query: object) -> Answer:
        call = Call(operation, "GET", path, idempotent=True, query=_given(query))
        return await self._connection.perform(call, answer)

    async def _post(
        self, operation: str, path: str, answer: type[Answer], /, *, idempotent: bool = False, **body: object
    ) -> Answer:
        """Post what is given; ``idempotent``, as the operations file says, lets it be repeated."""
        call = Call(operation, "POST", path, idempotent=idempotent, query={}, body=_given(body))
        return await self._connection.perform(call, answer)


def _given(arguments: Mapping[str, object]) -> dict[str, Any]:
    return {name: plain(value) for name, value in arguments.items() if value is not None}


async def each_of(page_from: Callable[[str | None], Awaitable[Page[T]]]) -> AsyncIterator[T]:
    """Walk a whole list, asking for a page only when the one before is used up."""
    start: str | None = None
    while True:
        page = await page_from(start)
        for found in page.data:
            yield found
        if page.is_final or page.last == start:
            return
        start = page.last
