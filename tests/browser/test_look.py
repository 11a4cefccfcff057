"""How everything the page can draw looks: at both widths and in both themes nothing is wrong with it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.world import World
from sandbox.slack.delivery import Ack
from sandbox.slack.page import routes
from sandbox.slack.workspace import Workspace
from tests.browser.everything import ELEMENTS, EVERYTHING, FILLED_FORM, HOME
from tests.browser.looks import LOOKS, Look, problems
from tests.sandbox.slack.page.app import CARD, ScriptedApp, option

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address() -> AsyncIterator[str]:
    workspace = Workspace(lambda: NOW, signing_secret="shh", bot_token="xoxb-bot", app_token="xapp-app")
    app = ScriptedApp(workspace)
    app.answer = lambda _payload: Ack(body={"options": [option("standup", "1"), option("yoga", "2")]})
    workspace.connect(app)
    await workspace.says("U0VI", "C0CLASSES", "@mo see https://a.example and `code`\n> *quoted* :hand:")
    bot = workspace.state.app
    for text, blocks in EVERYTHING:
        bot.posts("C0CLASSES", text, blocks)
    bot.posts("C0WEBINARS", "Elements", ELEMENTS)
    card = bot.posts("C0CLASSES", "Remove Gus?", CARD)
    await workspace.says("U0MAX", "C0CLASSES", "why?", card.ts)
    bot.whispers("C0CLASSES", "U0MO", "Waiting for a second moderator.")
    bot.publishes("U0MO", HOME)
    await workspace.says("U0MAX", "C0CLASSES", "/hms remove")
    bot.opens(app.last["trigger_id"], FILLED_FORM)
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


@pytest.fixture(scope="module", params=LOOKS, ids=str)
def look(request: pytest.FixtureRequest) -> Look:
    return request.param


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tab(browser: Browser, look: Look) -> AsyncIterator[Page]:
    """One tab a look for all tests here: each opens its own address in it."""
    async with look.tab(browser) as tab:
        yield tab


@pytest.mark.parametrize(
    ("what", "query"),
    [
        ("messages", "as=U0VI&channel=C0CLASSES"),
        ("elements", "as=U0MO&channel=C0WEBINARS"),
        ("every-field", "as=U0MAX&channel=C0CLASSES"),
        ("empty", "as=U0GIA&channel=app"),
        ("surface", "as=U0MO&channel=home"),
        ("no-surface", "as=U0VI&channel=home"),
    ],
)
async def test_nothing_is_wrong_with_what_is_drawn(
    tab: Page, look: Look, address: str, what: str, query: str
) -> None:
    await tab.goto(f"{address}?{query}")
    assert await look.shows(tab, what) == []


async def test_the_first_messages_look_right_too(tab: Page, look: Look, address: str) -> None:
    await tab.goto(f"{address}?as=U0VI&channel=C0CLASSES")
    for down, what in enumerate(("first-messages", "next-messages", "more-messages")):
        await tab.get_by_role("log").evaluate("(log, down) => log.scrollTop = down * log.clientHeight", down)
        assert await look.shows(tab, what) == []


async def test_a_question_before_a_click_looks_right(tab: Page, look: Look, address: str) -> None:
    await tab.goto(f"{address}?as=U0MO&channel=C0WEBINARS")
    await tab.get_by_role("button", name="End for 12 people").click()
    await tab.get_by_role("dialog", name="End the session?").wait_for()
    assert await look.shows(tab, "question") == []


async def test_open_menus_look_right(tab: Page, look: Look, address: str) -> None:
    await tab.goto(f"{address}?as=U0MO&channel=C0WEBINARS")
    await tab.get_by_label("More actions").click()
    assert await look.shows(tab, "menu") == []
    await tab.get_by_role("combobox", name="Search for a room").click()
    await tab.get_by_role("listbox", name="Options").get_by_text("yoga").wait_for()
    assert await look.shows(tab, "options") == []


@pytest.mark.parametrize("look", LOOKS[2:], ids=str, scope="module")
async def test_on_a_phone_the_sides_are_drawers(tab: Page, look: Look, address: str) -> None:
    await tab.goto(f"{address}?as=U0MO&channel=C0CLASSES")
    for opener, drawer in (("Channels and people", "Workspace"), ("Live rooms", "Live rooms")):
        side = tab.get_by_label(drawer, exact=True).and_(tab.locator("nav, aside"))
        assert not await side.is_visible()
        await tab.get_by_role("button", name=opener).click()
        assert await side.is_visible()
        assert await look.shows(tab, drawer.replace(" ", "-").lower()) == []
        await tab.keyboard.press("Escape")
        assert not await side.is_visible()


@pytest.mark.parametrize("look", LOOKS[2:3], ids=str, scope="module")
@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<p class='quiet'>Too <span class='faint'>faint</span></p>", "color-contrast"),
        ("<form><input></form>", "label"),
        ("<p><button><svg></svg></button></p>", "button-name"),
        ("<pre class='composer'>" + "wide " * 99 + "</pre>", "cut off"),
    ],
)
async def test_what_is_wrong_would_be_told(tab: Page, address: str, broken: str, told: str) -> None:
    await tab.goto(f"{address}?as=U0GIA&channel=app")
    await tab.evaluate(
        "html => document.querySelector('.conversation').insertAdjacentHTML('beforeend', html)", broken
    )
    await tab.evaluate("() => document.querySelector('.faint')?.style.setProperty('color', '#aaa')")
    assert told in {line.partition(":")[0] for line in await problems(tab)}
