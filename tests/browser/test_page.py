"""The page with a scripted app behind it: what people do with mouse and keyboard, and what they see of it."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.hms.state.world import World
from sandbox.slack.delivery import Ack, Payload
from tests.browser.tabs import act_as
from tests.sandbox.slack.page.app import CARD, ScriptedApp, button, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_first_visit_offers_what_to_try_and_steps_aside(
    page: Page, address: str, app: ScriptedApp
) -> None:
    def answer(_payload: Payload) -> Ack:
        app.workspace.state.app.whispers("C0CLASSES", "U0MO", "This is what you can run.")
        return Ack()

    app.answer = answer
    await act_as(page, address, "U0MO")
    await page.get_by_role("log").get_by_role("button", name="/hms help").click()
    await expect(page.get_by_role("log")).to_contain_text("This is what you can run.")
    assert app.last["text"] == "help"
    await expect(page.get_by_role("heading", name="This is #classes.")).to_have_count(0)
    await page.get_by_role("button", name="What to try here").click()
    again = page.get_by_role("dialog", name="What to try here")
    await expect(again.get_by_role("link", name="be Max")).to_be_visible()
    async with page.expect_response("**/do/say"):
        await again.get_by_role("button", name="/hms help").click()
    await expect(again).to_have_count(0)
    assert len(app.heard) == 2


async def test_times_are_those_of_whom_one_acts_as_wherever_the_browser_is(
    browser: Browser, address: str, app: ScriptedApp
) -> None:
    date = "<!date^1773056400^{date_short_pretty} at {time}|soon>"  # 12:40 in Berlin, 17:10 in Kolkata
    app.workspace.state.app.posts("C0CLASSES", date)
    async with await browser.new_page(timezone_id="Asia/Tokyo") as page:
        for person, zone, sent, due in (
            ("U0MO", "Europe/Berlin", "11:30", "Today at 12:40"),
            ("U0MAX", "Asia/Kolkata", "16:00", "Today at 17:10"),
        ):
            await act_as(page, address, person)
            await expect(page.get_by_text(f"Reads times in {zone}")).to_be_visible()
            await expect(page.get_by_role("article", name=f"hms {sent}")).to_contain_text(due)


async def test_a_line_is_sent_with_enter_and_seen_by_everybody(
    page: Page, browser: Browser, address: str
) -> None:
    await act_as(page, address, "U0MO")
    other = await act_as(await browser.new_page(), address, "U0MAX")
    await page.get_by_role("textbox", name="Message #classes").fill("good *morning*")
    await page.keyboard.press("Enter")
    said = other.get_by_role("log").get_by_role("article", name="Mo 16:00")
    await expect(said).to_contain_text("good morning")
    await expect(
        page.get_by_role("article", name="Mo 11:30").locator("strong", has_text="morning")
    ).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message #classes")).to_have_value("")


async def test_a_command_is_completed_by_keyboard(page: Page, address: str, app: ScriptedApp) -> None:
    await act_as(page, address, "U0MO")
    box = page.get_by_role("textbox", name="Message #classes")
    await box.press_sequentially("/hms r")
    commands = page.get_by_role("listbox", name="Commands")
    await expect(commands.get_by_role("option")).to_have_count(2)
    await box.press("ArrowDown")
    await box.press("ArrowDown")
    await expect(commands.get_by_role("option", name="room list")).to_have_attribute("aria-selected", "true")
    await box.press("Enter")
    await expect(box).to_have_value("/hms room list ")
    await expect(commands).to_be_hidden()
    async with page.expect_response("**/do/say"):  # the box is empty before the app hears of it
        await box.press("Enter")
    await expect(box).to_have_value("")
    assert app.last["text"] == "room list"


async def test_a_click_is_busy_until_it_is_acknowledged_and_then_the_card_changes(
    page: Page, address: str, app: ScriptedApp
) -> None:
    card = app.workspace.state.app.posts("C0CLASSES", "Remove Gus?", CARD)

    def answer(_payload: Payload) -> Ack:
        app.workspace.state.app.edits("C0CLASSES", card.ts, "Removed Gus.", [section("*Approved by Max*")])
        return Ack()

    app.answer = answer
    await act_as(page, address, "U0MAX")
    message = page.get_by_role("article", name="hms 16:00")
    await message.get_by_role("button", name="Remove Gus").click()
    await expect(message).to_contain_text("Approved by Max")
    await expect(message.get_by_role("button", name="Remove Gus")).to_have_count(0)
    await expect(message).to_be_focused()  # the button is gone; the keyboard stays where it was


async def test_an_app_that_is_silent_is_reported(page: Page, address: str, app: ScriptedApp) -> None:
    app.answer = lambda _payload: Ack(error="operation_timeout")
    app.workspace.state.app.posts("C0CLASSES", "Remove Gus?", CARD)
    await act_as(page, address, "U0MO")
    await page.get_by_role("button", name="Deny").click()
    await expect(page.get_by_role("alert")).to_contain_text("did not answer within three seconds")


async def test_a_thread_is_answered_in_place(page: Page, address: str, app: ScriptedApp) -> None:
    app.workspace.state.app.posts("C0CLASSES", "Remove Gus?", CARD)
    await act_as(page, address, "U0MO")
    await page.get_by_role("button", name="Reply to hms 11:30 in a thread").click()
    await page.keyboard.type("why?")
    await page.keyboard.press("Enter")
    await expect(
        page.get_by_role("group", name="Thread").get_by_role("article", name="Mo 11:30")
    ).to_contain_text("why?")


async def test_a_command_in_a_thread_is_refused_with_a_way_out(
    page: Page, address: str, app: ScriptedApp
) -> None:
    app.workspace.state.app.posts("C0CLASSES", "Remove Gus?", CARD)
    await act_as(page, address, "U0MO")
    await page.get_by_role("button", name="Reply to hms 11:30 in a thread").click()
    await page.keyboard.type("/hms status")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("mention the app instead")


async def test_another_person_is_acted_as_with_one_choice(page: Page, address: str) -> None:
    await act_as(page, address, "U0MO")
    await page.get_by_label("Act as").select_option("U0VI")
    await expect(page).to_have_url(re.compile(r"as=U0VI&channel=C0CLASSES"))
    await expect(page.get_by_role("link", name="mods")).to_have_count(0)


async def test_people_come_and_go_in_the_live_room(page: Page, address: str, world: World) -> None:
    await act_as(page, address, "U0MO")
    room = page.get_by_role("region", name="Live room standup")
    await room.get_by_text("Join somebody").click()
    await room.get_by_label("Name").fill("Ivy")
    await room.get_by_role("button", name="Join", exact=True).click()
    await room.get_by_role("button", name="Mute Ivy").click()
    await expect(room.get_by_role("button", name="Unmute Ivy")).to_be_focused()
    await room.get_by_role("button", name="Raise the hand of Gus").click()
    await expect(room.get_by_role("button", name="Lower the hand of Gus")).to_be_visible()
    await room.get_by_role("button", name="Let Gus leave").click()
    await expect(room).not_to_contain_text("Gus")
    standup = world.room_named("standup")
    assert standup
    assert [peer.name for peer in standup.people] == ["Hana", "Ivy"]
    await room.get_by_role("button", name="End in the app").click()
    await expect(page.get_by_role("region", name="Room standup", exact=True)).to_contain_text("Nobody in")


async def test_the_live_room_is_worked_by_keyboard_alone(page: Page, address: str, world: World) -> None:
    await act_as(page, address, "U0MO")
    room = page.get_by_role("region", name="Live room standup")
    await room.get_by_role("button", name="Mute Gus").focus()
    await page.keyboard.press("Enter")
    await expect(room.get_by_role("button", name="Unmute Gus")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(room.get_by_role("button", name="Turn on the camera of Gus")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    gus = room.get_by_role("listitem").filter(has_text="Gus")
    await expect(gus).to_contain_text("microphone off, camera off, hand raised")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")  # past what drops the line
    await page.keyboard.press("Enter")
    await expect(room).not_to_contain_text("Gus")
    await expect(room).to_be_focused()  # what had the focus is gone; the next Tab is beside it
    standup = world.room_named("standup")
    assert standup
    assert [peer.name for peer in standup.people] == ["Hana"]


async def test_the_home_of_the_app_is_asked_for_and_shown(page: Page, address: str, app: ScriptedApp) -> None:
    def answer(payload: Payload) -> Ack:
        home = {"type": "home", "blocks": [section("*Your rooms*", accessory=button("End", "end"))]}
        app.workspace.state.app.publishes(payload.body["event"]["user"], home)
        return Ack()

    app.answer = answer
    await act_as(page, address, "U0VI")
    await page.get_by_role("link", name="Home").click()
    home = page.get_by_role("region", name="Home of the app")
    await expect(home).to_contain_text("Your rooms")
    app.answer = lambda _payload: Ack()
    async with page.expect_response("**/do/touch"):
        await home.get_by_role("button", name="End").click()
    assert app.last["view"]["type"] == "home"
