"""The way to one 100ms account, shared by all resources: signs, sends, repeats, reads."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from json import dumps
from time import perf_counter
from typing import Final, Self, TypeVar, cast

import structlog
from pydantic import SecretStr, ValidationError

from bot.hms.auth import Tokens
from bot.hms.call import Call, Host
from bot.hms.circuit import Circuit
from bot.hms.errors import (
    LOST,
    HmsError,
    Illegible,
    TooManyRequests,
    Unavailable,
    Unknown,
    Unsettled,
    meaning,
)
from bot.hms.objects import Refusal, plain
from bot.hms.retry import asked_wait, wait_before
from bot.hms.wire import BrokenError, Incoming, Outgoing, Wire

READ_SHARE = 0.4  # of the deadline, for one try where another may follow

FETCHED: Final = "recording_assets.presigned_url"  # of what this gives an address
NO_SENSE = "100ms answered something that makes no sense"

T = TypeVar("T")

log = structlog.get_logger(__name__)


TIMED_OUT = frozenset({"sip.start_call"})  # of these 100ms itself says so: nobody picked up


_SEEN: ContextVar[dict[tuple[Host, str], "asyncio.Future[object]"] | None] = ContextVar("seen", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Within it, here and in what it starts, the same is read of 100ms once: many ask about one moment."""
    outside = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(outside)


@dataclass(frozen=True)
class Endpoint:
    """One of the addresses of 100ms, and whether it answers."""

    url: str
    circuit: Circuit


UNANSWERED: Final = "unanswered"
PUT_OFF: Final = "put off"
Asking = Callable[[str], AbstractContextManager[None]]
"""Is entered for as long as 100ms has not answered, or has put off the next try."""


def nobody_asks(_: str) -> AbstractContextManager[None]:
    """Nobody wants to know."""
    return nullcontext()


@dataclass(frozen=True)
class Connection:
    """Asks 100ms until it answers; ``deadline`` is how many seconds a call may take with all its repeats."""

    endpoints: Mapping[Host, Endpoint]
    tokens: Tokens
    wire: Wire
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    deadline: float
    asking: Asking = nobody_asks

    def within(self, deadline: timedelta) -> Self:
        """Hand out the same connection with another deadline."""
        return replace(self, deadline=deadline.total_seconds())

    async def perform(self, call: Call, read: Callable[[bytes], T]) -> T:
        """Send the call until it is answered or the deadline passes; raises HmsError."""
        seen = _SEEN.get()
        if seen is None or call.method != "GET":
            return await self._perform(call, read)
        key = (call.host, call.target)
        if key not in seen:
            seen[key] = asyncio.ensure_future(self._perform(call, read))
        # Who gives up, since it takes too long for them, gives it up for nobody else.
        return cast("T", await asyncio.shield(seen[key]))

    async def fetch(self, address: SecretStr) -> bytes:
        """What an address gives that 100ms has signed, asked once: our token is none of its business.

        Raises Unavailable.
        """
        headers = {"User-Agent": "hms-bot"}
        outgoing = Outgoing("GET", address.get_secret_value(), headers, None, self.deadline)
        try:
            async with asyncio.timeout(self.deadline):
                incoming = await self.wire.send(outgoing)
        except (BrokenError, TimeoutError) as error:
            raise Unavailable(FETCHED, "the file could not be fetched") from error
        if not incoming.is_success:
            raise Unavailable(FETCHED, "the file could not be fetched", status=incoming.status)
        return incoming.content

    async def _perform(self, call: Call, read: Callable[[bytes], T]) -> T:
        try:
            with self.asking(UNANSWERED):
                async with asyncio.timeout(self.deadline):
                    return await self._persist(call, read)
        except TimeoutError as error:
            self.endpoints[call.host].circuit.failed(call.path)
            raise call.lost(call.operation, "100ms did not answer in time") from error

    async def _persist(self, call: Call, read: Callable[[bytes], T]) -> T:
        circuit = self.endpoints[call.host].circuit
        began, waited, repeat = self.clock(), 0.0, 0
        earlier: Unsettled | None = None
        while True:
            try:
                return await self._ask(call, read)
            except HmsError as error:
                wait = wait_before(repeat, error.retry_after, random.random)
                spent = max(waited, (self.clock() - began).total_seconds())
                if not call.repeats(error) or spent + wait > self.deadline or circuit.is_open(call.path):
                    if earlier and isinstance(error, Unavailable | TooManyRequests):
                        raise earlier from error  # that this try did nothing says nothing of that one
                    raise
                earlier = error if isinstance(error, Unsettled) else earlier
                how = PUT_OFF if isinstance(error, TooManyRequests) else UNANSWERED
            with self.asking(how):
                await self.sleep(wait)
            waited, repeat = waited + wait, repeat + 1

    async def _ask(self, call: Call, read: Callable[[bytes], T]) -> T:
        incoming = await self._signed(call)
        if not incoming.is_success:
            raise self._refused(call, incoming)
        try:
            return read(incoming.content)
        except ValidationError as error:
            raise _nonsense(call, error)(call.operation, NO_SENSE, status=incoming.status) from error

    async def _signed(self, call: Call) -> Incoming:
        if not call.is_managed:
            return await self._exchange(call, call.bearer)
        token = self.tokens.current()
        incoming = await self._exchange(call, token.value)
        if incoming.status == HTTPStatus.UNAUTHORIZED:
            incoming = await self._exchange(call, self.tokens.instead_of(token).value)
        return incoming

    async def _exchange(self, call: Call, bearer: SecretStr | None) -> Incoming:
        """Send once, unless the host is known to be dead, and read the whole answer."""
        circuit = self.endpoints[call.host].circuit
        if pause := circuit.seconds_to_wait():
            message = "100ms has stopped answering and is given a rest"
            raise Unavailable(call.operation, message, retry_after=pause)
        started = perf_counter()
        outcome: dict[str, object] = {"broken": "given up"}
        try:
            incoming = await self.wire.send(self._outgoing(call, bearer))
            outcome = {"status": incoming.status}
        except BrokenError as error:
            outcome = {"broken": str(error)}
            circuit.failed(call.path)
            raise _broken(call, error) from error
        finally:
            took = round((perf_counter() - started) * 1000, 1)
            log.debug("called 100ms", operation=call.operation, milliseconds=took, **outcome)
        (circuit.erred if incoming.is_failure else circuit.answered)(call.path)
        return incoming

    def _outgoing(self, call: Call, bearer: SecretStr | None) -> Outgoing:
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "hms-bot"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer.get_secret_value()}"
        content = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            content = dumps(plain(call.body)).encode()
        url = self.endpoints[call.host].url + call.target
        seconds = self.deadline * READ_SHARE if call.idempotent else self.deadline
        return Outgoing(call.method, url, headers, content, seconds)

    def _refused(self, call: Call, incoming: Incoming) -> HmsError:
        said = _said(incoming)
        message, *details = map(call.without_secrets, (said.message, *said.details))
        words = " ".join((said.message, *said.details))
        return _meaning(call, incoming.status)(
            call.operation,
            message,
            details=tuple(details),
            status=incoming.status,
            retry_after=asked_wait(incoming.retry_after, words, self.clock()),
        )


def _meaning(call: Call, status: int) -> type[HmsError]:
    """Tell a refusal from a lost answer: a 5xx, or a redirect, which 100ms itself never sends."""
    lost = status in LOST and not (status == 408 and call.operation in TIMED_OUT)
    return meaning(status) if 400 <= status < 500 and not lost else call.lost


def _nonsense(call: Call, error: ValidationError) -> type[HmsError]:
    """Tell a page of some gateway, where asking again may help, from an answer that will always be so."""
    if error.errors(include_input=False)[0]["type"] == "json_invalid":
        return call.lost
    return Illegible if call.method == "GET" else Unknown


def _said(incoming: Incoming) -> Refusal:
    try:
        return Refusal.model_validate_json(incoming.content)
    except ValidationError:  # a page of some gateway: nothing in it is meant for us
        return Refusal(message=incoming.reason or "no reason given")


def _broken(call: Call, error: BrokenError) -> HmsError:
    """Tell a call that never left from one whose answer was lost."""
    if not error.sent:
        return Unavailable(call.operation, "100ms could not be reached")
    return call.lost(call.operation, "the connection to 100ms broke")
