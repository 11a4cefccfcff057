"""A visit to the demo, seen at both widths and in both themes at once."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.demo import Demo, running_demo
from tests.browser.looks import LOOKS, Look
from tests.browser.tabs import act_as, live_room, newest, reads, says

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@dataclass(frozen=True)
class Visit:
    """Mo in four tabs, one for each look, and the others in one each."""

    demo: Demo
    tabs: Sequence[tuple[Look, Page]]
    vi: Page
    max_: Page

    @property
    def mo(self) -> Page:
        return self.tabs[0][1]

    async def looks_right(self, what: str) -> None:
        for look, tab in self.tabs:
            assert await look.shows(tab, what) == []

    async def everybody_reads(self, message: str, words: str) -> None:
        for _, tab in self.tabs:
            await reads(newest(tab, message), words)


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    async with running_demo() as demo, AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(look.tab(browser)) for look in LOOKS]
        for tab in tabs:
            await act_as(tab, demo.address, "U0MO")
        others = [await stack.enter_async_context(await browser.new_page()) for _ in range(2)]
        for tab, person in zip(others, ("U0VI", "U0MAX"), strict=True):
            await act_as(tab, demo.address, person)
        yield Visit(demo, list(zip(LOOKS, tabs, strict=True)), *others)


@pytest.mark.long(minutes=3)
async def test_a_visit_looks_right_all_the_way(visit: Visit) -> None:
    await visit.looks_right("first-visit")
    await see_the_demo(visit)
    await see_who_is_there(visit)
    await see_a_decision(visit)
    await see_the_help(visit)
    await see_a_form(visit)
    await see_home(visit)
    await see_the_live_room(visit)
    await see_home_with_five_hundred_rooms(visit)


async def see_the_demo(visit: Visit) -> None:
    await says(visit.vi, "Gus keeps spamming the chat of the lesson.")
    await reads(newest(visit.max_, "Gus keeps"), "spamming")
    await says(visit.max_, "@mo ask for it, I will have a look")
    await visit.everybody_reads("ask for it", "@Mo")
    await says(visit.mo, "/hms remove Gus spamming the chat")
    await visit.everybody_reads("Remove “Gus” from standup?", "decide · 10 minutes left")
    await says(visit.mo, "/hms end-room")
    await visit.everybody_reads("End standup for", "only you see this")
    await visit.looks_right("demo")
    for number in range(
        2, 10
    ):  # Slack takes none of them away; eight of them turn into the ninth when pressed
        await says(visit.mo, "/hms end-room")
        await expect(visit.mo.get_by_role("button", name="End for")).to_have_count(number)
    await visit.looks_right("nine-times-asked")
    await newest(visit.mo, "only you see this").get_by_role("button", name="Cancel").click()
    await looks_right_all_ways(visit.max_, "asked-max")
    await looks_right_all_ways(visit.vi, "asked-vi")


async def looks_right_all_ways(tab: Page, what: str) -> None:
    """One tab in each look after the other: what is in it is drawn anew, and not asked for again."""
    for look in LOOKS:
        await tab.set_viewport_size({"width": look.width, "height": look.height})
        await tab.emulate_media(color_scheme=look.theme)
        assert await look.shows(tab, what) == []


async def see_who_is_there(visit: Visit) -> None:
    await says(visit.mo, "/hms who")
    await visit.everybody_reads("people in standup", "Ivy")
    await visit.looks_right("who")


async def see_a_decision(visit: Visit) -> None:
    await newest(visit.max_, "Remove “Gus” from standup?").get_by_role("button", name="Remove “Gus”").click()
    await visit.everybody_reads("spamming the chat", "Approved by @Max")
    await says(visit.mo, "/hms remove Ivy shouting")
    await visit.everybody_reads("Remove “Ivy” from standup?", "decide · 10 minutes left")
    await newest(visit.max_, "Remove “Ivy” from standup?").get_by_role("button", name="Deny").click()
    await visit.everybody_reads("shouting", "Denied by @Max. Nothing was done.")
    await visit.looks_right("decided")


async def see_the_help(visit: Visit) -> None:
    await says(visit.mo, "/hms help")
    await visit.everybody_reads("This is what people do most", "/hms end-room")
    await visit.looks_right("help")


async def see_a_form(visit: Visit) -> None:
    await says(visit.mo, "/hms remove Ivy")
    for _, tab in visit.tabs:
        await expect(
            tab.get_by_role("dialog", name="Remove “Ivy”").get_by_label("Or in your own words")
        ).to_be_visible()
    await visit.looks_right("form")
    await visit.mo.get_by_role("dialog", name="Remove").press("Escape")
    for _, tab in visit.tabs:
        await expect(tab.get_by_role("dialog", name="Remove")).to_have_count(0)


async def see_home(visit: Visit) -> None:
    await says(visit.mo, "/hms end-room")
    await visit.everybody_reads("End standup for", "only you see this")
    for _, tab in visit.tabs:
        await act_as(tab, visit.demo.address, "U0MO", "home")
        await tab.get_by_text("Live now").wait_for()
    await visit.looks_right("home")
    await see_what_home_answers(visit, "Who is here", "people in standup", "home-who")
    await see_what_home_answers(visit, "End…", "End standup for", "home-end")


async def see_what_home_answers(visit: Visit, label: str, words: str, picture: str) -> None:
    await visit.mo.get_by_role("button", name=label).first.click()
    for _, tab in visit.tabs:
        await expect(tab.get_by_role("dialog")).to_contain_text(words)
    await visit.looks_right(picture)
    await visit.mo.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    for _, tab in visit.tabs:
        await expect(tab.get_by_role("dialog")).to_have_count(0)


async def see_the_live_room(visit: Visit) -> None:
    await says(await act_as(visit.mo, visit.demo.address, "U0MO"), "/hms room lock --yes")
    for look, tab in visit.tabs:
        if look.width < 720:
            await tab.get_by_role("button", name="Live rooms").click()
        await reads(live_room(tab), "Locked")
        await live_room(tab).get_by_role("button", name="Mute Hana").hover()
    await visit.looks_right("live-room")


async def see_home_with_five_hundred_rooms(visit: Visit) -> None:
    for tab in (visit.vi, visit.max_, *(tab for _, tab in visit.tabs)):
        await tab.goto("about:blank")  # each would be drawn anew for every room that comes
    await visit.demo.grows(rooms=500, live=30)
    tab = await act_as(visit.max_, visit.demo.address, "U0MAX", "home")
    await tab.get_by_text("more rooms are live").wait_for()
    await looks_right_all_ways(tab, "home-500-rooms")
