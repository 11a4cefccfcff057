"""What an answer carries: a picture of the week with its words, and a file that can be taken."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from bot.reply import Message, OpenDay, Reply, Term, week_chart
from bot.slack.drawing.render import Renderer
from sandbox.slack.page import routes
from sandbox.slack.workspace import Workspace
from tests.browser.looks import LOOKS, Look

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NINE_TO_FIVE = ((time(9), time(17)),)
WEEK = [
    *(OpenDay(Term(day), NINE_TO_FIVE) for day in ("Mon", "Tue")),
    OpenDay(Term("Wed"), note=Term("skipped: a holiday")),
    OpenDay(Term("Thu"), ((time(9), time(12)), (time(13), time(17, 30)))),
    OpenDay(Term("Fri"), ((time(22), time(2)),)),
    *(OpenDay(Term(day)) for day in ("Sat", "Sun")),
]
SAID = Message(
    Reply("{room} opens next on Tuesday.", room="standup", chart=week_chart("{room} this week", WEEK))
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def address() -> AsyncIterator[str]:
    workspace = Workspace(lambda: NOW, signing_secret="shh", bot_token="xoxb-bot", app_token="xapp-app")
    bot = workspace.state.app
    bot.posts("C0CLASSES", **Renderer().body(SAID))
    file = workspace.state.uploads.expect(
        "standup-with-a-name-that-is-rather-long-for-a-phone.ics", len(CALENDAR)
    )
    workspace.state.uploads.receive(file.id, CALENDAR)
    bot.shares([{"id": file.id, "title": "Windows of standup"}], "C0CLASSES")
    site = web.Application()
    site.add_routes(routes(workspace))
    server = TestServer(site)
    await server.start_server(shutdown_timeout=0.05)  # tabs hold their stream open until they are closed
    yield str(server.make_url("/"))
    await server.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_week_is_drawn_and_said_and_its_file_is_there(
    browser: Browser, look: Look, address: str
) -> None:
    async with look.tab(browser) as tab:
        await tab.goto(f"{address}?as=U0MO&channel=C0CLASSES")

        picture = tab.get_by_role("img", name="standup this week: bar chart. Mon: Open 8; Tue: Open 8")
        await expect(picture).to_be_visible()
        await expect(tab.locator(".section").filter(has_text="Thu: 09:00")).to_contain_text("Wed: skipped")
        await tab.evaluate("() => document.getElementById('log').scrollTo(0, 0)")
        assert await look.shows(tab, "week") == []


async def test_the_file_is_the_one_that_was_sent(browser: Browser, address: str) -> None:
    async with LOOKS[0].tab(browser) as tab:
        await tab.goto(f"{address}?as=U0MO&channel=C0CLASSES")
        async with tab.expect_download() as download:
            await tab.get_by_role("link", name="Windows of standup").click()
        taken = await download.value
        content = (await taken.path()).read_bytes()  # it goes with the tab

    assert taken.suggested_filename == "standup-with-a-name-that-is-rather-long-for-a-phone.ics"
    assert content == CALENDAR
