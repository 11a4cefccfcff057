"""How the page looks: at both widths and in both themes nothing is cut off, nameless or too faint to read."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from sandbox.hms.beam import Kind, Order
from sandbox.hms.world import World
from sandbox.slack.page import routes
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.page.app import CARD, FORM, ScriptedApp, option, plain, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
SIZES = [(1280, 800), (390, 844)]
THEMES = ["light", "dark"]
MENU = {
    "type": "actions",
    "elements": [
        {"type": "static_select", "action_id": "row", "options": [option("Mute Gus", "m")]},
        {"type": "users_select", "action_id": "who", "placeholder": plain("Link somebody")},
        {"type": "overflow", "action_id": "more", "options": [option("Show", "s"), option("Hide", "h")]},
    ],
}
TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": word} for word in ("Name", "Role")]] * 3}
CHART = {
    "type": "data_visualization",
    "title": "Minutes",
    "chart": {
        "type": "pie",
        "segments": [{"label": "standup", "value": 3}, {"label": "lecture", "value": 9}],
    },
}

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")


@pytest_asyncio.fixture(loop_scope="session")
async def address() -> AsyncIterator[str]:
    workspace = Workspace(lambda: NOW, signing_secret="shh", bot_token="xoxb-bot", app_token="xapp-app")
    app = ScriptedApp(workspace)
    workspace.connect(app)
    await workspace.says("U0VI", "C0CLASSES", "@mo see https://a.example and `code`\n> *quoted*")
    bot = workspace.state.app
    bot.posts("C0CLASSES", "Minutes", [section("Who is in *standup*?"), TABLE, CHART, MENU])
    card = bot.posts("C0CLASSES", "Remove Gus?", CARD)
    await workspace.says("U0MAX", "C0CLASSES", "why?", card.ts)
    bot.whispers("C0CLASSES", "U0MO", "Waiting for a second moderator.")
    await workspace.says("U0MAX", "C0CLASSES", "/hms remove")
    bot.opens(app.last["trigger_id"], FORM)
    site = web.Application()
    site.add_routes(routes(workspace, furnished(), tries=["/hms help"]))
    server = TestServer(site)
    await server.start_server(shutdown_timeout=0.05)  # tabs hold their stream open until they are closed
    yield str(server.make_url("/"))
    await server.close()


def furnished() -> World:
    world = World(lambda: NOW)
    room = world.add_room("standup", live=True)
    room.join("Gus with a name that is far too long for a tile").raise_hand()
    room.mute(room.join("Ivy"), "audio", mute=True)
    room.start(Order(kind=Kind.RECORDING, meeting_url="https://a.example"))
    world.add_room("lecture", enabled=False)
    return world


@pytest_asyncio.fixture(loop_scope="session")
async def tab(browser: Browser, size: tuple[int, int], theme: str) -> AsyncIterator[Page]:
    width, height = size
    tab = await browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
    yield tab
    await tab.close()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "query",
    ["as=U0MO&channel=C0CLASSES", "as=U0MAX&channel=C0CLASSES", "as=U0VI&channel=C0WEBINARS"],
    ids=["talk", "form", "empty"],
)
async def test_everything_fits_has_a_name_and_can_be_read(tab: Page, address: str, query: str) -> None:
    await tab.goto(f"{address}?{query}")
    await tab.get_by_role("log", include_hidden=True).wait_for()
    assert await tab.evaluate(LOOK) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [SIZES[1]], ids=["narrow"])
async def test_on_a_phone_the_sides_are_drawers(tab: Page, address: str) -> None:
    await tab.goto(f"{address}?as=U0MO&channel=C0CLASSES")
    for opener, drawer in (("Channels and people", "Workspace"), ("Live rooms", "Live rooms")):
        side = tab.get_by_label(drawer, exact=True).and_(tab.locator("nav, aside"))
        assert not await side.is_visible()
        await tab.get_by_role("button", name=opener).click()
        assert await side.is_visible()
        assert await tab.evaluate(LOOK) == []
        await tab.keyboard.press("Escape")
        assert not await side.is_visible()
