"""The emulated Slack over a real socket."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web

from sandbox.slack import server
from sandbox.slack.workspace import Workspace


@asynccontextmanager
async def serving(workspace: Workspace, clock: Callable[[], datetime]) -> AsyncIterator[str]:
    """Serve the emulated Slack on a free port of this machine, its answers dated by the test's clock."""
    app = server.application(workspace)

    async def dated(_: web.Request, answer: web.StreamResponse) -> None:
        answer.headers["Date"] = format_datetime(clock(), usegmt=True)

    app.on_response_prepare.append(dated)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    workspace.listens_at(address)
    try:
        yield address
    finally:
        await runner.cleanup()
