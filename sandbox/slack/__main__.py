"""The emulated Slack alone: `python -m sandbox.slack --port 8402`."""

import argparse
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from sandbox.slack import page
from sandbox.slack.deliver import SignedHttp
from sandbox.slack.server import application
from sandbox.slack.workspace import Workspace


def main() -> None:
    """Serve on this machine only, until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.slack", description="The emulated Slack.")
    parser.add_argument("--port", type=int, default=8402)
    parser.add_argument("--request-url", help="deliver by signed HTTP to this address, not by Socket Mode")
    arguments = parser.parse_args()
    workspace = _workspace(by_http=arguments.request_url is not None)
    workspace.listens_at(f"http://127.0.0.1:{arguments.port}")
    app = application(workspace)
    app.add_routes(page.routes(workspace))
    if arguments.request_url is not None:
        _deliver_to(app, workspace, arguments.request_url)
    web.run_app(app, host="127.0.0.1", port=arguments.port, shutdown_timeout=1)


def _workspace(*, by_http: bool) -> Workspace:
    return Workspace(
        lambda: datetime.now(UTC),
        bot_token=_needed("SLACK_BOT_TOKEN"),
        app_token="" if by_http else _needed("SLACK_APP_TOKEN"),
        signing_secret=_needed("SLACK_SIGNING_SECRET") if by_http else "",
    )


def _deliver_to(app: web.Application, workspace: Workspace, url: str) -> None:
    async def delivering(_: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            secret, clock = workspace.installation.signing_secret, workspace.state.clock
            delivery = SignedHttp(session, url, secret, clock=lambda: clock().timestamp())
            workspace.connect(delivery)
            yield
            await delivery.close()

    app.cleanup_ctx.append(delivering)


def _needed(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        sys.exit(f"{variable} is not set: it is what the bot and the emulated Slack agree on.")
    return value


if __name__ == "__main__":
    main()
