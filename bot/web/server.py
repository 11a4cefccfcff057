"""The HTTP server: Slack where it comes over HTTP, and what those who run the bot look at."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

log = structlog.get_logger()

Check = Callable[[], Awaitable[bool]]
SlackHandler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_BYTES = 1024 * 1024  # Slack's largest form is a quarter of that
PATIENCE = 2.0  # seconds for one check
ACK_BUCKETS = (0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)


class Metrics:
    """What Prometheus collects. A label is a command's word, an outcome or a kind: never a name or an id."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "hms_bot_requests", "Requests that ended", ["command", "outcome"], registry=self.registry
        )
        self._acks = Histogram(
            "hms_bot_ack_seconds",
            "From a payload of Slack's to its ack",
            ["kind"],
            buckets=ACK_BUCKETS,
            registry=self.registry,
        )

    def ended(self, command: str, outcome: str) -> None:
        """Count a request that ended: the command's words, the name of the final state."""
        self._requests.labels(command, outcome).inc()

    def acked(self, kind: str, seconds: float) -> None:
        """Record how long an ack took."""
        self._acks.labels(kind).observe(seconds)


@dataclass(frozen=True)
class Web:
    """What is served. ``checks`` say by name what must be in order; ``slack`` is None in Socket Mode."""

    metrics: Metrics
    checks: Mapping[str, Check] = field(default_factory=dict)
    slack: SlackHandler | None = None

    def application(self) -> web.Application:
        """The routes of ``serve``."""
        app = web.Application(client_max_size=MOST_BYTES)
        app.add_routes(
            [
                web.get("/healthz", self._healthz),
                web.get("/readyz", self._readyz),
                web.get("/metrics", self._metrics),
                *([web.post("/slack/events", self.slack)] if self.slack else []),
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
        return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)

    async def _metrics(self, _: web.Request) -> web.Response:
        body = generate_latest(self.metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


class Server:
    """Listens; ``port`` is the one it got when 0 was asked for."""

    def __init__(self, app: web.Application, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None)
        self._host = host
        self._port = port

    @property
    def port(self) -> int:
        """Where it listens, once started."""
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def close(self) -> None:
        """Take nothing more, answer what was taken, and stop listening."""
        await self._runner.cleanup()


async def _in_order(check: Check) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check()
    except Exception as error:  # noqa: BLE001 -- whatever a check dies of, it is not in order
        log.warning("a readiness check failed", error=type(error).__name__)
        return False
