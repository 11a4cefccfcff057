import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.hms import Elsewhere, Hms
from sandbox.hms.emulator import Emulator
from sandbox.hms.server import application
from sandbox.hms.state.world import World

ACCESS_KEY = "key-of-the-tests"
SECRET = "a secret of the tests, long enough for HS256"

ELSEWHERE = Elsewhere("https://auth.example/v2", "https://legacy.example")

Handler = Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]


@dataclass
class Clock:
    """Time that moves only when somebody waits; who waits side by side waits once."""

    now: datetime = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        until = self.now + timedelta(seconds=seconds)
        await asyncio.sleep(0)  # let the others begin to wait
        self.now = max(self.now, until)


@dataclass
class Script:
    """A 100ms that gives the written answers in order, the last one for ever, and keeps what it was asked."""

    answers: list[httpx.Response | Exception]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Office:
    """Makes clients that talk to a handler instead of the network."""

    clock: Clock
    made: list[Hms] = field(default_factory=list)

    def calls(self, handler: Handler) -> Hms:
        return self._keep(httpx.MockTransport(handler), "https://api.example/v2")

    def calls_network(self, api_url: str, elsewhere: Elsewhere = ELSEWHERE) -> Hms:
        return self._keep(None, api_url, elsewhere)

    def _keep(
        self, transport: httpx.AsyncBaseTransport | None, api_url: str, elsewhere: Elsewhere = ELSEWHERE
    ) -> Hms:
        hms = Hms(
            api_url,
            ACCESS_KEY,
            SecretStr(SECRET),
            clock=self.clock,
            elsewhere=elsewhere,
            transport=transport,
            sleep=self.clock.sleep,
        )
        self.made.append(hms)
        return hms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def office(clock: Clock) -> AsyncIterator[Office]:
    office = Office(clock)
    yield office
    for hms in office.made:
        await hms.aclose()


@pytest.fixture
def script() -> Callable[..., Script]:
    return lambda *answers: Script(list(answers))


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock)


@pytest.fixture
def emulator(world: World) -> Emulator:
    return Emulator(world, access_key=ACCESS_KEY, secret=SECRET)


@pytest.fixture
async def hms(office: Office, emulator: Emulator) -> AsyncIterator[Hms]:
    """A client that talks to the emulated 100ms over a real socket."""
    async with TestServer(application(emulator)) as server:
        address = str(server.make_url("")).rstrip("/")
        yield office.calls_network(f"{address}/v2", Elsewhere(f"{address}/v2", f"{address}/legacy"))
