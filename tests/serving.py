"""The emulated Slack over a real socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.slack import server
from sandbox.slack.workspace import Workspace


@asynccontextmanager
async def serving(workspace: Workspace) -> AsyncIterator[str]:
    """Serve the emulated Slack on a free port of this machine."""
    runner = web.AppRunner(server.application(workspace))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    workspace.listens_at(address)
    try:
        yield address
    finally:
        await runner.cleanup()
