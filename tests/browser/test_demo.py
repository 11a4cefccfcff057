"""The demo as somebody uses it: the real bot, asked and answered in the browser by Mo and by Max."""

import re
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.tabs import act_as

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ROOT = Path(__file__).parents[2]
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
PATIENCE = 20_000  # milliseconds, on a machine that has other things to do


@dataclass(frozen=True)
class Demo:
    """The running demo, and what its emulated 100ms can be asked."""

    address: str
    session: ClientSession

    async def standup(self) -> dict[str, Any]:
        rooms = (await self._get("state"))["rooms"]
        return next(room for room in rooms if room["name"] == "standup")

    async def people(self) -> dict[str, str]:
        """Who is in the standup: ids by name, without 100ms's own recorder."""
        there = (await self.standup())["people"]
        return {peer["name"]: peer["id"] for peer in there if not peer["role"].startswith("__")}

    async def let_in(self, *names: str) -> None:
        """Let people come in, unless they are there."""
        room, there = await self.standup(), await self.people()
        for name in names:
            if name not in there:
                url = f"{self.address}_sim/rooms/{room['id']}/join"
                async with self.session.post(url, json={"name": name, "role": "guest"}) as answer:
                    assert answer.ok

    async def calls(self, operation: str) -> list[dict[str, Any]]:
        return (await self._get(f"calls?operation={operation}"))["calls"]

    async def _get(self, what: str) -> dict[str, Any]:
        async with self.session.get(f"{self.address}_sim/{what}") as answer:
            return await answer.json()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(chromium: str) -> AsyncIterator[Demo]:
    """Start it as ``make demo`` does, once for all tests here."""
    process = await create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout
    said = (await process.stdout.readline()).decode()
    found = re.match(r"Open (http://\S+)", said)
    assert found, said + (await process.communicate())[1].decode()
    async with ClientSession() as session:
        yield Demo(found[1], session)
    process.terminate()
    await process.communicate()


@pytest_asyncio.fixture(loop_scope="session")
async def mo(page: Page, demo: Demo) -> Page:
    return await act_as(patient(page), demo.address, "U0MO")


@pytest_asyncio.fixture(loop_scope="session")
async def max_(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    async with await browser.new_page() as tab:
        yield await act_as(patient(tab), demo.address, "U0MAX")


def patient(page: Page) -> Page:
    page.set_default_timeout(PATIENCE)
    return page


async def says(page: Page, line: str) -> None:
    await page.get_by_role("textbox", name="Message #classes").fill(line)
    await page.keyboard.press("Escape")  # the list of commands, which would take Enter for itself
    await page.keyboard.press("Enter")


def newest(page: Page, words: str) -> Locator:
    """The newest message that says this."""
    return page.get_by_role("log").get_by_role("article").filter(has_text=words).last


async def reads(where: Locator, words: str | re.Pattern[str]) -> None:
    await expect(where).to_contain_text(words, timeout=PATIENCE)


def live_room(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("[Rr]oom standup$"))


async def test_a_session_is_ended_once_by_who_confirms_it(mo: Page, max_: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    count, before = len(await demo.people()), len(await demo.calls("active_rooms.end_room"))
    await says(mo, "/hms end-room")
    yes = mo.get_by_role("button", name=f"End for {count} people")
    await reads(newest(mo, "Ends the session"), f"Ends the session in standup for {count} people.")
    await expect(max_.get_by_role("button", name=f"End for {count} people")).to_have_count(0)
    await yes.dblclick()
    await reads(live_room(mo), "Nobody in")
    await expect(yes).to_have_count(0, timeout=PATIENCE)
    for page in (mo, max_):
        await reads(newest(page, f"Ended standup for {count} people."), re.compile(r"@Mo · Today \d\d:\d\d"))
    calls = await demo.calls("active_rooms.end_room")
    assert len(calls) == before + 1
    assert (await demo.standup())["id"] in calls[-1]["path"]


async def test_a_removal_is_done_when_a_second_moderator_approves_it(
    mo: Page, max_: Page, demo: Demo
) -> None:
    await demo.let_in("Gus", "Ivy")
    gus, before = (await demo.people())["Gus"], len(await demo.calls("active_rooms.remove_peers"))
    await says(mo, "/hms remove Gus spamming")
    card = newest(mo, "spamming")
    await reads(card, "Waiting for a second moderator, until Today")
    await card.get_by_role("button", name="Remove Gus").click()
    await reads(newest(mo, "You asked for this"), "so somebody else decides")
    assert gus in (await demo.people()).values()
    await newest(max_, "spamming").get_by_role("button", name="Remove Gus").click()
    for page in (mo, max_):
        await reads(newest(page, "spamming"), re.compile(r"Approved by @Max in \w+ · done"))
        await expect(page.get_by_role("button", name="Remove Gus")).to_have_count(0)
    await expect(live_room(mo)).not_to_contain_text("Gus", timeout=PATIENCE)
    calls = await demo.calls("active_rooms.remove_peers")
    assert [call["body"]["peer_id"] for call in calls[before:]] == [gus]


async def test_a_removal_that_is_denied_removes_nobody(mo: Page, max_: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    before = await demo.calls("active_rooms.remove_peers")
    await says(mo, "/hms remove Ivy shouting")
    await newest(max_, "shouting").get_by_role("button", name="Deny").click()
    for page in (mo, max_):
        await reads(newest(page, "shouting"), "Denied by @Max. Nothing was done.")
        await expect(page.get_by_role("button", name="Remove Ivy")).to_have_count(0)
    assert "Ivy" in await demo.people()
    assert await demo.calls("active_rooms.remove_peers") == before


async def test_what_is_missing_is_asked_for_in_a_form(mo: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    await says(mo, "/hms remove Ivy")
    form = mo.get_by_role("dialog", name="Remove")
    await expect(form.get_by_label("Person")).to_have_value("Ivy", timeout=PATIENCE)
    await form.get_by_label("Reason").fill("singing")
    await form.get_by_role("button", name="Go ahead").click()
    await expect(form).to_have_count(0, timeout=PATIENCE)
    card = newest(mo, "singing")
    await reads(card, "Why: singing")
    await says(mo, "/hms approval withdraw " + re.findall(r"Request (\d+)", await card.inner_text())[0])
    await reads(card, "Withdrawn by @Mo. Nothing was done.")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "narrow"])
async def test_what_the_bot_shows_fits_and_can_be_read(
    browser: Browser, demo: Demo, size: tuple[int, int], theme: str
) -> None:
    await demo.let_in("Gus", "Ivy")
    viewport = {"width": size[0], "height": size[1]}
    async with await browser.new_page(viewport=viewport, color_scheme=theme) as page:
        await act_as(patient(page), demo.address, "U0MO")
        await says(page, "/hms who")
        await reads(newest(page, "people in standup."), "Ivy")
        await says(page, "/hms end-room --lock")
        await newest(page, "Locks standup").get_by_role("button", name="Cancel").wait_for()
        assert await page.evaluate(LOOK) == []
        await act_as(page, demo.address, "U0MO", "home")
        await page.get_by_text("What waits for you").wait_for()
        assert await page.evaluate(LOOK) == []
