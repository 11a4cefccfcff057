"""The emulated Slack and 100ms in a process of their own, with more live rooms than are ended.

``python -m bench.town <port>``; the rooms are called ``room-0``, ``room-1`` … ``GET /ended/<room>`` answers
once the bot has posted that it ended one, and says when that was by the clock of this machine's processes.
``POST /lag/<seconds>`` is how long 100ms takes for each answer from now on; at first it answers at once.
"""

import asyncio
import re
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.typedefs import Middleware

from sandbox.demo import account
from sandbox.hms import server as hms_server
from sandbox.hms.emulator import Emulator
from sandbox.hms.state.world import World
from sandbox.slack import server as slack_server
from sandbox.slack.workspace import Workspace

HOST = "127.0.0.1"
ROOMS = 1000
# As it is said in a form or in JSON, also by a checkout before.
ENDED = re.compile(r"[Ee]nded[^a-z]{1,12}(room-[0-9]+)")


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def furnish(world: World) -> None:
    for number in range(ROOMS):
        room = world.add_room(f"room-{number}", live=True)
        room.join("Gus")
        room.join("Ivy")


class Posts:
    """Knows when it was posted that a room was ended, which is the answer to the line that asked for it."""

    def __init__(self) -> None:
        self._said: dict[str, asyncio.Future[float]] = defaultdict(asyncio.Future)

    async def ended(self, request: web.Request) -> web.Response:
        return web.json_response(await self._said[request.match_info["room"]])

    def middleware(self) -> Middleware:
        @web.middleware
        async def notice(request: web.Request, handler: Handler) -> web.StreamResponse:
            answer = await handler(request)
            if request.path.startswith("/api/chat."):
                self._take(await request.text())
            return answer

        return notice

    def _take(self, body: str) -> None:
        for room in ENDED.findall(body):
            if not self._said[room].done():
                self._said[room].set_result(time.perf_counter())


class Lag:
    """How far away 100ms is."""

    def __init__(self) -> None:
        self._seconds = 0.0

    async def set(self, request: web.Request) -> web.Response:
        self._seconds = float(request.match_info["seconds"])
        return web.Response()

    def middleware(self) -> Middleware:
        @web.middleware
        async def wait(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path.startswith("/v2/"):
                await asyncio.sleep(self._seconds)
            return await handler(request)

        return wait


def main(port: int) -> None:
    workspace = Workspace(
        lambda: datetime.now(UTC), bot_token=account.BOT_TOKEN, app_token="", signing_secret=""
    )
    workspace.listens_at(f"http://{HOST}:{port}")
    world = World(furnish=furnish)
    posts, lag = Posts(), Lag()
    app = web.Application(middlewares=[posts.middleware(), lag.middleware()])
    app.router.add_get("/ended/{room}", posts.ended)
    app.router.add_post("/lag/{seconds}", lag.set)
    slack_server.install(app, workspace)
    hms_server.install(app, Emulator(world, access_key=account.ACCESS_KEY, secret=account.SECRET))
    web.run_app(app, host=HOST, port=port, print=lambda *_: None, shutdown_timeout=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
