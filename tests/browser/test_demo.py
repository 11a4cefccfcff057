"""The demo as somebody uses it: the real bot, asked and answered in the browser by Mo and by Max."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.demo import Demo
from tests.browser.looks import LOOKS
from tests.browser.tabs import act_as, live_room, newest, reads, says

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def mo(page: Page, demo: Demo) -> Page:
    return await act_as(page, demo.address, "U0MO")


@pytest_asyncio.fixture(loop_scope="session")
async def max_(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    async with await browser.new_page() as tab:
        yield await act_as(tab, demo.address, "U0MAX")


async def pictured(page: Page, what: str) -> list[str]:
    """Keep a picture at both widths; answer what is wrong with it."""
    wrong: list[str] = []
    for look in LOOKS[::2]:
        await page.set_viewport_size({"width": look.width, "height": look.height})
        wrong += await look.shows(page, what)
    return wrong


async def test_a_session_is_ended_once_by_who_confirms_it(mo: Page, max_: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    count, before = len(await demo.people()), len(await demo.calls("active_rooms.end_room"))
    await says(mo, "/hms end-room")
    yes = mo.get_by_role("button", name=f"End for {count} people")
    await reads(newest(mo, "only you see this"), f"End standup for {count} people?")
    await expect(max_.get_by_role("button", name=f"End for {count} people")).to_have_count(0)
    await yes.dblclick()
    await reads(live_room(mo), "Nobody in")
    await expect(yes).to_have_count(0)
    for page in (mo, max_):
        await reads(
            newest(page, f"@Mo ended standup for {count} people, after"),
            re.compile(r"Today at \d\d:\d\d · #\d"),
        )
    calls = await demo.calls("active_rooms.end_room")
    assert len(calls) == before + 1
    assert (await demo.standup())["id"] in calls[-1]["path"]


async def test_a_planned_end_is_moved_by_a_press_and_called_off_on_its_card(
    mo: Page, max_: Page, demo: Demo
) -> None:
    await demo.let_in("Gus", "Ivy")
    before = len(await demo.calls("active_rooms.end_room"))
    await says(mo, "/hms end-room --in 20m --warn 10,5,1 --reason 'time is up' --yes")
    card = newest(max_, "standup ends")
    await reads(card, "people are warned 10 minutes, 5 minutes, and 1 minute before")
    await card.get_by_role("button", name="+5 min").click()
    await reads(newest(mo, "standup ends"), "@Max gave standup 5m more")
    assert await pictured(max_, "stop") == []
    await newest(mo, "standup ends").get_by_role("button", name="Cancel").click()
    for page in (mo, max_):
        await reads(newest(page, "called off"), "@Mo called off the end of standup")
        await expect(page.get_by_role("button", name="+5 min")).to_have_count(0)
    assert len(await demo.calls("active_rooms.end_room")) == before


async def test_a_removal_is_done_when_a_second_moderator_approves_it(
    mo: Page, max_: Page, demo: Demo
) -> None:
    await demo.let_in("Gus", "Ivy")
    gus, before = (await demo.people())["Gus"], len(await demo.calls("active_rooms.remove_peers"))
    await says(mo, "/hms remove Gus spamming")
    card = newest(mo, "spamming")
    await reads(card, re.compile(r"@Max or @Ada decide · 10 minutes left \(until \d\d:\d\d\) · #\d"))
    await card.get_by_role("button", name="Remove “Gus”").click()
    await reads(newest(mo, "decide this one"), "@Max or @Ada decide this one.")
    assert gus in (await demo.people()).values()
    await newest(max_, "spamming").get_by_role("button", name="Remove “Gus”").click()
    for page in (mo, max_):
        await reads(
            newest(page, "spamming"), re.compile(r"@Mo removed “Gus” from standup. Approved by @Max in \w+")
        )
        await expect(newest(page, "spamming").get_by_role("button", name="Remove “Gus”")).to_have_count(0)
    await expect(live_room(mo)).not_to_contain_text("Gus")
    calls = await demo.calls("active_rooms.remove_peers")
    assert [call["body"]["peer_id"] for call in calls[before:]] == [gus]


async def test_a_removal_that_is_denied_removes_nobody(mo: Page, max_: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    before = await demo.calls("active_rooms.remove_peers")
    await says(mo, "/hms remove Ivy shouting")
    await newest(max_, "shouting").get_by_role("button", name="Deny").click()
    for page in (mo, max_):
        await reads(newest(page, "shouting"), "Denied by @Max. Nothing was done.")
        await expect(newest(page, "shouting").get_by_role("button", name="Remove “Ivy”")).to_have_count(0)
    assert "Ivy" in await demo.people()
    assert await demo.calls("active_rooms.remove_peers") == before


async def test_what_is_missing_is_asked_for_in_a_form(mo: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    await says(mo, "/hms remove Ivy")
    form = mo.get_by_role("dialog", name="Remove “Ivy”")
    await form.get_by_label("Or in your own words").fill("singing")
    await form.get_by_role("button", name="More…").click()
    whole = mo.get_by_role("dialog", name="Remove")
    await expect(whole.get_by_label("Person")).to_have_value("Ivy · guest")
    await expect(whole.get_by_label("Or in your own words")).to_have_value("singing")
    await whole.get_by_role("button", name="Ask to remove").click()
    await expect(whole).to_have_count(0)
    card = newest(mo, "singing")
    await reads(card, "Remove “Ivy” from standup?")
    await withdraws(mo, "singing")


async def test_what_is_typed_to_the_app_is_answered_there(page: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    mo = await act_as(page, demo.address, "U0MO", channel="app")
    await mo.get_by_role("textbox", name="Message hms").fill("who standup")
    await mo.keyboard.press("Enter")
    await reads(newest(mo, "in standup"), "Ivy")


async def test_what_the_page_offers_to_try_does_something_at_one_click_each(mo: Page, demo: Demo) -> None:
    await demo.let_in("Gus", "Ivy")
    answers = {
        "/hms status": "people",
        "/hms end-room": "End standup for",
        "/hms remove Gus spamming": "Remove “Gus” from standup?",
    }
    for line, words in answers.items():
        await mo.get_by_role("button", name="What to try here").click()
        offer = mo.get_by_role("dialog", name="What to try here")
        assert await offer.get_by_role("button").count() == len(answers)
        await offer.get_by_role("button", name=line).click()
        await newest(mo, words).wait_for()
    await newest(mo, "only you see this").get_by_role("button", name="Cancel").click()
    await newest(mo, "only you see this").wait_for(state="detached")
    await withdraws(mo, "spamming")


async def withdraws(page: Page, words: str) -> None:
    number = re.findall(r"#(\d+)", await newest(page, words).inner_text())[0]
    await says(page, f"/hms approval withdraw {number}")
    await reads(newest(page, words), "Withdrawn by @Mo. Nothing was done.")
