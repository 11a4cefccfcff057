"""The emulated Slack as an HTTP server."""

from collections.abc import AsyncIterator
from email.utils import format_datetime

from aiohttp import web

from sandbox.slack.control import Control
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.web_api import WebApi
from sandbox.slack.workspace import Workspace

DATED = ("/api/", "/response/")  # a server may serve other things beside Slack


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

    async def dated(request: web.Request, response: web.StreamResponse) -> None:
        if request.path.startswith(DATED):
            response.headers["Date"] = format_datetime(workspace.state.clock(), usegmt=True)

    async def closing(_: web.Application) -> AsyncIterator[None]:
        yield
        await sockets.close()

    app.on_response_prepare.append(dated)
    app.cleanup_ctx.append(closing)
    return sockets


def _routes(workspace: Workspace, sockets: SocketMode) -> list[web.RouteDef]:
    api = WebApi(workspace.state, sockets)
    return [
        web.get("/api/{method}", api.handle),
        web.post("/api/{method}", api.handle),
        web.get("/socket", sockets.handle),
        web.post("/response/{token}", api.respond),
        web.post("/upload/v1/{file}", api.receive),
        *Control(workspace, sockets).routes(),
    ]
