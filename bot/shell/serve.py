"""``hms-bot serve``: runs the bot until it is told to stop."""

import asyncio
import gc
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from functools import partial

import structlog

from bot.app import Bot
from bot.dispatch import underway
from bot.errors import UserError
from bot.settings import Settings
from bot.shell import logs
from bot.slack.inbound.http import SignedHttp
from bot.slack.inbound.socket_mode import SocketMode
from bot.web.metrics import Metrics
from bot.web.server import Probe, Route, Server, Web
from bot.web.webhooks import Webhooks
from bot.work import Trouble
from bot.work.inbox import Inbox

log = structlog.get_logger()

# New objects between two collections: one payload makes two thousand; 20,000 hold the loop for 12 to 23 ms.
GARBAGE = 5_000


def serve(environment: Mapping[str, str]) -> int:
    """Check everything, then serve; raises UserError before it listens when something is wrong."""
    settings = Settings.read(environment)
    settings.refuse_demo_secrets()
    logs.set_up(settings.log_format)
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    async with AsyncExitStack() as held:
        metrics = Metrics()
        bot = await Bot.open(settings, counts=metrics)
        held.push_async_callback(bot.close)
        held.enter_context(bot.db.serve_lock())
        stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        await bot.start()
        bot.timers.start(bot.reconcile, bot.jumped)
        for beside in (bot.door.pulse.go_on(), underway.go_on(bot.dispatcher)):
            held.callback(asyncio.create_task(beside).cancel)
        await _open_doors(bot, settings, metrics, held)
        gc.freeze()  # what was built stays: to go through it, even once, would hold the loop for 130 ms
        gc.set_threshold(GARBAGE)
        gc.enable()
        await stop.wait()
        log.info("stopping")
    log.info("stopped")
    return 0


async def _open_doors(bot: Bot, settings: Settings, metrics: Metrics, held: AsyncExitStack) -> None:
    """Listen; what was entered last is closed first, so the doors shut before the work is drained."""
    socket = _socket(bot, settings)
    server = Server(_web(bot, settings, metrics, socket).application(), settings.host, settings.port)
    held.push_async_callback(server.close)
    try:
        await server.start()
    except OSError as error:
        raise UserError(
            "PORT {port} on HOST {host} cannot be listened on: {why}. Choose another.",
            port=settings.port,
            host=settings.host,
            why=error.strerror,
        ) from error
    if socket:
        held.push_async_callback(socket.close)
        await socket.start()
    log.info("serving", port=server.port, door="socket mode" if socket else "http")


def _socket(bot: Bot, settings: Settings) -> SocketMode | None:
    token = settings.slack_app_token
    return SocketMode(bot.slack, token, bot.connection, settings.slack_api_url) if token else None


def _web(bot: Bot, settings: Settings, metrics: Metrics, socket: SocketMode | None) -> Web:
    connected = socket.connected if socket else _always
    checks: dict[str, Probe] = {"database": bot.db.answers, "slack": partial(_let_in, bot, connected)}
    checks["clock"] = bot.timers.running
    slack: Route | None = None
    if socket is None and settings.slack_signing_secret:
        slack = SignedHttp(bot.slack, settings.slack_signing_secret).handle
    return Web(metrics, checks, slack, partial(_degraded, bot), bot.timers.due, _hms(bot, settings))


def _hms(bot: Bot, settings: Settings) -> Route | None:
    if settings.hms_webhook_secret is None:
        return None
    take = bot.dispatcher.books[Inbox].take
    return Webhooks(settings.hms_webhook_secret, settings.hms_webhook_header, take).handle


async def _let_in(bot: Bot, connected: Probe) -> bool:
    """Whether Slack accepts our token, and we are connected; a refused one is tried anew at each look."""
    if Trouble.TOKEN in bot.connection.troubles.now:
        with suppress(UserError):
            await bot.connection.time()
    return Trouble.TOKEN not in bot.connection.troubles.now and await connected()


def _degraded(bot: Bot) -> list[str]:
    """What is not as it should be, while people can still be told so here."""
    off = ["clock"] if bot.connection.clock_is_off else []
    return [*(str(trouble) for trouble in bot.connection.troubles.now if trouble is Trouble.HMS), *off]


async def _always() -> bool:
    """Over HTTP it is Slack that calls us: there is no connection that could be down."""
    return True
