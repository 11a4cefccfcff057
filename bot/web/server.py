"""The HTTP server: Slack where it comes over HTTP, and what those who run the bot look at."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import nan

import structlog
from aiohttp import web, web_response

from bot.web.callers import Callers
from bot.web.metrics import Metrics

log = structlog.get_logger()

Probe = Callable[[], Awaitable[bool]]
Degraded = Callable[[], Sequence[str]]
DueMoments = Callable[[], Awaitable[int]]
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]

# What it answers to what it cannot read goes through no handler: there is no other place to say no version.
vars(web_response)["SERVER_SOFTWARE"] = "hms-bot"

MOST_BYTES = 1024 * 1024  # Slack's largest form is a quarter of that
PATIENCE = 2.0  # seconds for one check


@dataclass(frozen=True)
class Web:
    """What is served. ``checks`` say by name what must be in order; ``slack`` is None in Socket Mode.

    ``degraded`` names what is not, while the bot is still the door at which people are told so. ``due`` looks
    up how many moments are due. ``hms`` takes 100ms's webhooks; None where there is no secret by which to
    know them.
    """

    metrics: Metrics
    checks: Mapping[str, Probe] = field(default_factory=dict)
    slack: Route | None = None
    degraded: Degraded = list
    due: DueMoments | None = None
    hms: Route | None = None

    def application(self) -> web.Application:
        """The routes of ``serve``."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._metrics),
                *([web.post("/slack/events", self.slack)] if self.slack else []),
                *([web.post("/hms/webhooks", self.hms)] if self.hms else []),
            ]
        )
        return app

    async def missing(self) -> list[str]:
        """The names of the checks that fail, or take too long."""
        results = await asyncio.gather(*(_in_order(check) for check in self.checks.values()))
        return [name for name, good in zip(self.checks, results, strict=True) if not good]

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _: web.Request) -> web.Response:
        missing = await self.missing()
        said = {"ready": not missing, "missing": missing, "degraded": list(self.degraded())}
        return web.json_response(said, status=503 if missing else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        if self.due:
            self.metrics.due(await _number(self.due))
        return web.Response(body=self.metrics.page(), headers={"Content-Type": self.metrics.content_type})


class Server:
    """Listens; ``port`` is the one it got when 0 was asked for."""

    def __init__(self, app: web.Application, host: str, port: int, callers: Callers | None = None) -> None:
        self._callers = callers or Callers()
        app.middlewares.insert(0, self._callers.heard)
        self._runner = web.AppRunner(app, access_log=None)
        self._host = host
        self._port = port
        self._listening: asyncio.Server | None = None
        self._looking: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        return int(self._listening.sockets[0].getsockname()[1]) if self._listening else self._port

    async def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        await self._runner.setup()
        loop, serve = asyncio.get_running_loop(), self._runner.server
        assert serve  # noqa: S101 -- it is there once set up
        arrives = partial(self._callers.arrives, serve)
        self._listening = await loop.create_server(arrives, self._host, self._port, backlog=128)
        self._looking = asyncio.create_task(self._callers.keep_looking(), name="callers")

    async def close(self) -> None:
        """Take nothing more, answer what was taken, and stop listening."""
        if self._looking:
            self._looking.cancel()
        if self._listening:
            self._listening.close()
        await self._runner.cleanup()


async def _number(count: DueMoments) -> float:
    """What it counts; no number where the database does not say, or takes too long."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await count()
    except Exception as error:  # noqa: BLE001 -- the rest of the page is read all the more then
        log.warning("what is due could not be counted", error=type(error).__name__)
        return nan


async def _in_order(check: Probe) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check()
    except Exception as error:  # noqa: BLE001 -- whatever a check dies of, it is not in order
        log.warning("a readiness check failed", error=type(error).__name__)
        return False
