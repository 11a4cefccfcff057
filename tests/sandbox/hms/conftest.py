"""The emulated 100ms as its tests speak to it: raw httpx, tokens signed by PyJWT, nothing of the bot."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest

from sandbox.hms.courier import Courier
from sandbox.hms.emulator import Emulator
from sandbox.hms.events.delivery import Endpoint
from sandbox.hms.state.world import World

ACCESS_KEY = "65a0c0de00000000000000aa"
SECRET = "a secret that only the tests of the emulated 100ms know"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """The machine's time, owned by the test."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Api:
    """Calls the emulated API and keeps nothing but a token."""

    def __init__(self, emulator: Emulator, clock: Clock) -> None:
        self.emulator = emulator
        self.clock = clock
        self.client = httpx.Client(
            transport=httpx.MockTransport(emulator), base_url="https://api.100ms.live/v2"
        )

    def token(self, *, key: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
        now = int(self.clock().timestamp())
        usual = {"access_key": ACCESS_KEY, "type": "management", "version": 2, "jti": str(uuid.uuid4())}
        times = {"iat": now, "nbf": now, "exp": now + 86400}
        return jwt.encode({**usual, **times, **claims}, key, algorithm)

    def send(self, method: str, path: str, **how: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token()}"} | how.pop("headers", {})
        return self.client.request(method, path, headers=headers, **how)

    def get(self, path: str, status: int = 200, /, **query: Any) -> Any:
        answer = self.send("GET", path, params=query or None)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, status: int = 200, /, **body: Any) -> Any:
        answer = self.send("POST", path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def delete(self, path: str, status: int = 204, /) -> Any:
        answer = self.send("DELETE", path)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


class Receiver:
    """Whoever gets the webhooks: keeps them and answers as told, 200 when nothing is."""

    def __init__(self, world: World) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[int | Exception] = []
        self._world = world
        self._client = httpx.AsyncClient(transport=httpx.MockTransport(self))
        self._courier = Courier(world, self._client)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    def listens(self, url: str = "https://bot.example/hook", **headers: str) -> None:
        self._world.webhooks.go_to(Endpoint(url=url, headers=headers))

    async def gets(self, *, after: float = 0) -> list[Any]:
        """What arrives until so many seconds have passed, and nothing that arrived before."""
        self.requests.clear()
        self._world.advance(after)
        await self._courier.deliver()
        return [json.loads(request.content) for request in self.requests]

    async def hears(self, *, after: float = 0) -> list[str]:
        return [event["type"] for event in await self.gets(after=after)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(clock)


@pytest.fixture
def emulator(world: World) -> Emulator:
    return Emulator(world, access_key=ACCESS_KEY, secret=SECRET)


@pytest.fixture
def api(emulator: Emulator, clock: Clock) -> Api:
    return Api(emulator, clock)


@pytest.fixture
def receiver(world: World) -> Receiver:
    receiver = Receiver(world)
    receiver.listens()
    return receiver


@pytest.fixture
def later() -> Any:
    return lambda **how: START + timedelta(**how)
