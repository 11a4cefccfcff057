from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.hms.emulator import Emulator
from sandbox.hms.server import install
from sandbox.hms.state.world import World
from sandbox.slack.page import routes
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.page.app import ScriptedApp

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(lambda: NOW, signing_secret="shh", bot_token="xoxb-bot", app_token="xapp-app")


@pytest.fixture
def app(workspace: Workspace) -> ScriptedApp:
    scripted = ScriptedApp(workspace)
    workspace.connect(scripted)
    return scripted


@pytest.fixture
def world() -> World:
    world = World(lambda: NOW)
    world.add_room("standup", live=True)
    return world


@pytest.fixture
async def client(workspace: Workspace, app: ScriptedApp, world: World) -> AsyncIterator[TestClient]:
    site = web.Application()
    site.add_routes(
        routes(workspace, world, words=[("room lock <room>", "Close a room.")], tries=["/hms help"])
    )
    install(site, Emulator(world, access_key="key", secret="secret"))
    async with TestClient(TestServer(site)) as client:
        yield client
