"""The emulated Slack as an HTTP server."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web

from sandbox.slack.control import Control
from sandbox.slack.refusal import Refusal
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.web_api import WebApi
from sandbox.slack.workspace import Workspace

# What is over for a response_url is 404; whatever else it refuses is the body's fault.
OVER = frozenset({"used_url", "expired_url", "invalid_url"})


def application(workspace: Workspace, socket_mode: SocketMode | None = None) -> web.Application:
    """Serve the emulated Slack alone, without its page."""
    app = web.Application()
    install(app, workspace, socket_mode)
    return app


def install(app: web.Application, workspace: Workspace, socket_mode: SocketMode | None = None) -> SocketMode:
    """Add the emulated Slack to a server that may also serve other things.

    What people do reaches the bot by Socket Mode, unless ``workspace.connect`` is then told otherwise. Tell
    ``workspace.listens_at`` under which address the server can be reached before anybody acts.
    """
    sockets = socket_mode or SocketMode(workspace.state)
    workspace.connect(sockets)
    app.add_routes(_routes(workspace, sockets))

    async def closing(_: web.Application) -> AsyncIterator[None]:
        yield
        await sockets.close()

    app.cleanup_ctx.append(closing)
    return sockets


def _routes(workspace: Workspace, sockets: SocketMode) -> list[web.RouteDef]:
    api = WebApi(workspace.state, sockets)

    async def respond(request: web.Request) -> web.Response:
        return await _respond(workspace, request)

    return [
        web.get("/api/{method}", api.handle),
        web.post("/api/{method}", api.handle),
        web.get("/socket", sockets.handle),
        web.post("/response/{token}", respond),
        *Control(workspace, sockets).routes(),
    ]


async def _respond(workspace: Workspace, request: web.Request) -> web.Response:
    try:
        workspace.state.app.responds(request.match_info["token"], await _body(request))
    except Refusal as refusal:
        return web.json_response(refusal.answer(), status=404 if refusal.code in OVER else 400)
    return web.Response(text="ok")


async def _body(request: web.Request) -> Mapping[str, Any]:
    try:
        body = json.loads(await request.text())
    except ValueError as error:
        raise Refusal("invalid_payload") from error
    if not isinstance(body, dict):
        raise Refusal("invalid_payload")
    return body
