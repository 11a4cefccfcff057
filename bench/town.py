"""The emulated Slack and 100ms in a process of their own, with more live rooms than are ended.

``python -m bench.town <port>``; the rooms are called ``room-0``, ``room-1`` …
"""

import sys
from datetime import UTC, datetime

from aiohttp import web

from sandbox.demo import account
from sandbox.hms import server as hms_server
from sandbox.hms.emulator import Emulator
from sandbox.hms.world import World
from sandbox.slack import server as slack_server
from sandbox.slack.workspace import Workspace

HOST = "127.0.0.1"
ROOMS = 1000


def furnish(world: World) -> None:
    for number in range(ROOMS):
        room = world.add_room(f"room-{number}", live=True)
        room.join("Gus")
        room.join("Ivy")


def main(port: int) -> None:
    workspace = Workspace(
        lambda: datetime.now(UTC), bot_token=account.BOT_TOKEN, app_token="", signing_secret=""
    )
    workspace.listens_at(f"http://{HOST}:{port}")
    world = World(furnish=furnish)
    app = web.Application()
    slack_server.install(app, workspace)
    hms_server.install(app, Emulator(world, access_key=account.ACCESS_KEY, secret=account.SECRET))
    web.run_app(app, host=HOST, port=port, print=lambda *_: None, shutdown_timeout=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
