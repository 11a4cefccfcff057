"""The ways between the bot and both emulators, and the time they have: each a test's to slow down."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx
from slack_bolt.app.async_app import AsyncApp

from bot.slack.inbound.acks import delivering
from bot.slack.inbound.app import taken
from bot.slack.inbound.payloads import DELIVERED, SENT
from sandbox.hms.emulator import Emulator
from sandbox.slack.delivery import Ack, Payload

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """The time of both emulators and of the bot; it moves when the test says so."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


class HandedOver:
    """A delivery without a network: payloads go straight to the bot's app, as its transports hand them.

    With a ``lag`` they are that long under way, and say when Slack sent them, as they do over HTTP. Where
    Slack has ``hung_up`` no ack reaches it.
    """

    def __init__(self, app: AsyncApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self.lag: timedelta | None = None
        self.hung_up = False

    async def deliver(self, payload: Payload) -> Ack:
        context: dict[str, object] = {SENT: int(self._clock.now.timestamp())} if self.lag else {}
        self._clock.now += self.lag or timedelta(0)
        with delivering() as delivered:
            context[DELIVERED] = delivered
            response = await taken(self._app, payload.body, context)
            delivered.set_result(not self.hung_up)
        if self.hung_up:
            return Ack(error="operation_timeout")
        if response.status != 200:
            return Ack(error="dispatch_failed")
        kind = response.headers.get("content-type", [""])[0]
        return Ack(
            body=json.loads(response.body) if kind.startswith("application/json") else response.body or {}
        )


class Way:
    """The way to the emulated 100ms: it answers at once, unless somebody holds back what it says."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._held, self._method = "", ""
        self._free = asyncio.Event()
        self.asked = asyncio.Event()
        self._waiting = 0  # answers that are held back
        self._wanted = 1  # how many make ``asked`` come true

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self._held and request.url.path.startswith(self._held) and self._method in {"", request.method}:
            self._waiting += 1
            if self._waiting >= self._wanted:
                self.asked.set()
            try:
                await self._free.wait()
            finally:  # also where who asked has given up, and asks again
                self._waiting -= 1
        return self._emulator(request)

    def hold(self, path: str, together: int = 1, *, method: str = "") -> None:
        self._held, self._method, self._wanted = path, method, together
        self._free.clear()
        self.asked.clear()

    def let_go(self) -> None:
        self._held = ""
        self._free.set()
