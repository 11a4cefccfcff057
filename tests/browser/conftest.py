"""Chromium for every test here: one tab each, which nothing may break and no policy may complain in.

It is started once, so tests share the loop of the session: ``pytest.mark.asyncio(loop_scope="session")``.
"""

import os
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from sandbox.hms.emulator import Emulator
from sandbox.hms.server import install
from sandbox.hms.state.world import World
from sandbox.slack.page import routes
from sandbox.slack.workspace import Workspace
from tests.browser.demo import Demo, running_demo
from tests.browser.looks import PICTURES
from tests.browser.tabs import MILLISECONDS
from tests.sandbox.slack.page.app import ScriptedApp

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")  # root, small containers

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
WORDS = [
    ("end-room [room]", "End the session."),
    ("remove <person> <reason>", "Take somebody out."),
    ("room list", "List the rooms."),
    ("help [command]", "See what you can run."),
]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if PICTURES.exists():
        terminalreporter.write_line(f"Pictures of the page: {PICTURES}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Find the browser of this machine; without one the tests are skipped, or fail with REQUIRE_BROWSER=1."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("REQUIRE_BROWSER=1, and there is no Chromium: apt-get install chromium")
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=MILLISECONDS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=ARGUMENTS, timeout=MILLISECONDS
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Open one tab; what its scripts or its policy complain of fails the test."""
    tab = await browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda message: complaints.extend(_violations(message)))
    yield tab
    heard = list(complaints)  # what is under way when a tab closes is cut off, and says so
    await tab.close()
    assert heard == []


def _violations(message: ConsoleMessage) -> list[str]:
    return [message.text] if "Content Security Policy" in message.text else []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(chromium: str) -> AsyncIterator[Demo]:
    """Start it once for all tests that can share it."""
    async with running_demo() as demo:
        yield demo


@pytest.fixture
def app() -> ScriptedApp:
    workspace = Workspace(lambda: NOW, signing_secret="shh", bot_token="xoxb-bot", app_token="xapp-app")
    scripted = ScriptedApp(workspace)
    workspace.connect(scripted)
    return scripted


@pytest.fixture
def world() -> World:
    world = World(lambda: NOW)
    room = world.add_room("standup", live=True)
    room.join("Gus")
    return world


@pytest_asyncio.fixture(loop_scope="session")
async def address(app: ScriptedApp, world: World) -> AsyncIterator[str]:
    site = web.Application()
    site.add_routes(routes(app.workspace, world, words=WORDS, tries=["/hms help"]))
    install(site, Emulator(world, access_key="key", secret="secret"))
    server = TestServer(site)
    await server.start_server(shutdown_timeout=0.05)  # tabs hold their stream open until they are closed
    yield str(server.make_url("/"))
    await server.close()
