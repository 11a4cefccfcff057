"""The page with a scripted app behind it: what people do with mouse and keyboard, and what they see of it."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from sandbox.hms.emulator import Emulator
from sandbox.hms.server import install
from sandbox.hms.world import World
from sandbox.slack.delivery import Ack, Payload
from sandbox.slack.page import routes
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.page.app import CARD, FORM, ScriptedApp, button, mrkdwn, option, plain, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
WORDS = [
    ("end-room [room]", "End the session."),
    ("remove <person> <reason>", "Take somebody out."),
    ("room list", "List the rooms."),
]


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


async def act_as(page: Page, address: str, person: str, channel: str = "C0CLASSES") -> Page:
    await page.goto(f"{address}?as={person}&channel={channel}")
    return page


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


async def test_a_question_is_asked_before_what_needs_one(page: Page, address: str, app: ScriptedApp) -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": mrkdwn("For *2* people."),
        "confirm": plain("End it"),
        "deny": plain("Keep it"),
    }
    end = button("End", "end", confirm=confirm)
    app.workspace.state.app.posts("C0CLASSES", "End?", [{"type": "actions", "elements": [end]}])
    await act_as(page, address, "U0MO")
    await page.get_by_role("button", name="End", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    assert app.heard == []
    await page.get_by_role("button", name="End", exact=True).click()
    async with page.expect_response("**/do/touch"):
        await page.get_by_role("dialog").get_by_role("button", name="End it").click()
    assert app.last["actions"][0]["action_id"] == "end"


async def test_a_form_opens_is_corrected_and_handed_in(page: Page, address: str, app: ScriptedApp) -> None:
    def answer(payload: Payload) -> Ack:
        if payload.kind == "slash_commands":
            app.workspace.state.app.opens(payload.body["trigger_id"], FORM)
        if payload.body.get("type") == "block_suggestion":
            return Ack(body={"options": [option("Gus", "peer:1"), option("Gus Miller", "peer:2")]})
        return Ack()

    app.answer = answer
    await act_as(page, address, "U0MO")
    await page.get_by_role("textbox", name="Message #classes").fill("/hms remove")
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Remove somebody")
    await form.get_by_role("searchbox").fill("Gus")
    await form.get_by_label("Person").select_option("Gus Miller")
    await form.get_by_role("button", name="Ask for it").click()
    await expect(form).to_contain_text("Please complete this required field.")
    await expect(form.get_by_role("textbox", name="Reason")).to_be_focused()
    await form.get_by_role("textbox", name="Reason").fill("spam")
    await form.get_by_role("button", name="Ask for it").click()
    await expect(form).to_have_count(0)
    values = app.last["view"]["state"]["values"]
    assert values["who"]["person"]["selected_option"]["value"] == "peer:2"
    assert values["why"]["text"]["value"] == "spam"


async def test_what_is_typed_survives_an_update_of_the_form(
    page: Page, address: str, app: ScriptedApp
) -> None:
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    view = app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    await act_as(page, address, "U0MO")
    reason = page.get_by_role("dialog").get_by_role("textbox", name="Reason")
    await reason.fill("half a sent")
    await reason.focus()
    more = {**FORM, "blocks": [section("In *standup* are 2 people."), *FORM["blocks"]]}
    app.workspace.state.app.updates(more, view_id=view.id)
    await expect(page.get_by_role("dialog")).to_contain_text("In standup are 2 people.")
    await expect(reason).to_have_value("half a sent")
    await expect(reason).to_be_focused()


async def test_escape_closes_a_form_for_slack_too(page: Page, address: str, app: ScriptedApp) -> None:
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    await act_as(page, address, "U0MO")
    await page.get_by_role("dialog").press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert app.workspace.views_of("U0MO") == []


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
