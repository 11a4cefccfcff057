"""Mo, Max and Gia, each in a tab of their own: what one of them does, the others see."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.demo import Demo
from tests.browser.tabs import act_as, live_room, newest, reads, says

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@dataclass(frozen=True)
class Three:
    """One tab each."""

    mo: Page
    max_: Page
    gia: Page

    @property
    def tabs(self) -> tuple[Page, Page, Page]:
        return self.mo, self.max_, self.gia


@pytest_asyncio.fixture(loop_scope="session")
async def three(browser: Browser, demo: Demo) -> AsyncIterator[Three]:
    await demo.let_in("Gus", "Ivy", "Ben")
    tabs = [await browser.new_page() for _ in range(3)]
    for tab, person in zip(tabs, ("U0MO", "U0MAX", "U0GIA"), strict=True):
        await act_as(tab, demo.address, person)
    yield Three(*tabs)
    for tab in tabs:
        await tab.close()


async def test_a_decision_changes_the_card_and_the_room_for_all(three: Three) -> None:
    await says(three.mo, "/hms remove Gus singing")
    for tab in three.tabs:
        await reads(newest(tab, "singing"), "decide · 10 minutes left")
    await newest(three.max_, "singing").get_by_role("button", name="Remove “Gus”").click()
    for tab in three.tabs:
        await reads(newest(tab, "singing"), "Approved by @Max")
        await expect(newest(tab, "singing").get_by_role("button", name="Remove “Gus”")).to_have_count(0)
        await expect(live_room(tab)).not_to_contain_text("Gus")


async def test_a_guest_who_presses_yes_decides_nothing_and_is_told_why(three: Three, demo: Demo) -> None:
    await says(three.mo, "/hms remove Ivy humming")
    await newest(three.gia, "humming").get_by_role("button", name="Remove “Ivy”").click()
    await reads(newest(three.gia, "Only visible to you"), "You are a guest here")
    assert "Ivy" in await demo.people()
    for tab in three.tabs:
        await reads(newest(tab, "humming"), "decide · 10 minutes left")
    await newest(three.max_, "humming").get_by_role("button", name="Deny").click()
    for tab in three.tabs:
        await reads(newest(tab, "humming"), "Denied by @Max")


async def test_what_one_does_in_the_live_room_the_others_see(three: Three) -> None:
    await live_room(three.gia).get_by_role("button", name="Raise the hand of Ben").click()
    await live_room(three.mo).get_by_role("button", name="Lower the hand of Ben").wait_for()
    await live_room(three.max_).get_by_role("button", name="Lower the hand of Ben").click()
    for tab in three.tabs:
        await live_room(tab).get_by_role("button", name="Raise the hand of Ben").wait_for()


async def test_a_tab_without_a_connection_says_so_and_catches_up(three: Three) -> None:
    network = three.gia.context
    await network.set_offline(True)
    await three.gia.evaluate("dispatchEvent(new Event('online'))")  # it looks for the server anew
    await three.gia.get_by_text("Out of step").wait_for()
    await says(three.mo, "can anybody hear me?")
    await reads(newest(three.max_, "can anybody hear me?"), "Mo")
    await expect(three.gia.get_by_role("log")).not_to_contain_text("can anybody hear me?")
    await network.set_offline(False)
    await reads(newest(three.gia, "can anybody hear me?"), "Mo")
    await expect(three.gia.get_by_text("Out of step")).to_have_count(0)


async def test_a_tab_that_slept_catches_up_and_keeps_what_was_half_written(three: Three) -> None:
    box = three.gia.get_by_role("textbox", name="Message #classes")
    await box.fill("half a sent")
    chrome = await three.gia.context.new_cdp_session(three.gia)
    await chrome.send("Page.setWebLifecycleState", {"state": "frozen"})
    await says(three.mo, "good night")
    await live_room(three.max_).get_by_role("button", name="Mute Ben").click()
    await live_room(three.mo).get_by_role("button", name="Unmute Ben").wait_for()
    await chrome.send("Page.setWebLifecycleState", {"state": "active"})
    await reads(newest(three.gia, "good night"), "Mo")
    await live_room(three.gia).get_by_role("button", name="Unmute Ben").click()
    await live_room(three.max_).get_by_role("button", name="Mute Ben").wait_for()
    await expect(box).to_have_value("half a sent")
