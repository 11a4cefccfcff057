"""Both emulators and the page, on one port."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from sandbox.demo import account
from sandbox.demo.failure import Failure
from sandbox.demo.furnishing import furnish
from sandbox.demo.words import words
from sandbox.hms import server as hms_server
from sandbox.hms.emulator import Emulator
from sandbox.hms.state.world import World
from sandbox.slack import page
from sandbox.slack import server as slack_server
from sandbox.slack.workspace import Workspace

HOST = "127.0.0.1"
LAST_PORT = 65_536
TRIED = 50  # ports behind one that is taken
# What an empty channel offers; a click sends it.
TRIES = ("/hms status", "/hms end-room", "/hms remove Gus spamming")


@dataclass(frozen=True)
class Site:
    """What is served, and where."""

    workspace: Workspace
    world: World
    address: str


@asynccontextmanager
async def served(port: int) -> AsyncIterator[Site]:
    """Serve for as long as the block lasts; port 0 takes a free one. Raises Failure when it is taken."""
    workspace, world = _workspace(), World(furnish=furnish)
    runner = web.AppRunner(_application(workspace, world), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await _listen(runner, port)
        address = f"http://{HOST}:{runner.addresses[0][1]}"
        workspace.listens_at(address)
        world.engine.store = address
        yield Site(workspace, world, address)
    finally:
        await runner.cleanup()


def _workspace() -> Workspace:
    return Workspace(
        lambda: datetime.now(UTC),
        bot_token=account.BOT_TOKEN,
        app_token=account.APP_TOKEN,
        signing_secret="",
    )


def _application(workspace: Workspace, world: World) -> web.Application:
    app = web.Application()
    app.add_routes(page.routes(workspace, world, words(), TRIES))
    slack_server.install(app, workspace)  # before 100ms, which takes what is left of /_sim
    hms_server.install(app, Emulator(world, access_key=account.ACCESS_KEY, secret=account.SECRET))
    return app


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise Failure(
            f"Port {port} of {HOST} cannot be used: {error.strerror}. "
            f"One that is free: make demo PORT={_free_after(port)}."
        ) from error


def _free_after(port: int) -> int:
    """The next port that nobody listens on; any, where there is none soon."""
    for tried in (*range(port + 1, min(port + TRIED, LAST_PORT)), 0):
        with suppress(OSError), socket.create_server((HOST, tried)) as server:
            return int(server.getsockname()[1])
    return 0  # the demo takes a free one
