"""Forms and questions in the browser: opened, corrected, handed in, closed."""

import pytest
from playwright.async_api import Page, Route, expect

from sandbox.slack.delivery import Ack, Payload
from sandbox.slack.views import View
from tests.browser.tabs import act_as
from tests.sandbox.slack.page.app import FORM, ScriptedApp, button, mrkdwn, option, plain, section

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


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
    await form.get_by_role("combobox", name="Person").fill("Gus")
    await form.get_by_role("option", name="Gus Miller").click()
    await expect(form.get_by_role("combobox", name="Person")).to_have_value("Gus Miller")
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


async def test_what_is_still_empty_has_the_focus_once_the_form_is_filled(
    page: Page, address: str, app: ScriptedApp
) -> None:
    def answer(payload: Payload) -> Ack:
        if payload.kind == "slash_commands":
            waiting = {**FORM, "blocks": [section("One moment.")]}
            opened.append(app.workspace.state.app.opens(payload.body["trigger_id"], waiting))
        return Ack()

    opened: list[View] = []
    app.answer = answer
    await act_as(page, address, "U0MO")
    await page.get_by_role("textbox", name="Message #classes").fill("/hms remove")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text("One moment.")
    app.workspace.state.app.updates(FORM, view_id=opened[0].id)
    await expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    await expect(page.get_by_role("listbox", name="Options")).to_be_hidden()  # it opens when it is asked for


async def test_an_option_is_chosen_by_keyboard_and_what_is_no_option_goes(
    page: Page, address: str, app: ScriptedApp
) -> None:
    def answer(payload: Payload) -> Ack:
        if payload.body.get("type") != "block_suggestion":
            return Ack()
        names = [name for name in ("Gus", "Gia") if payload.body["value"] in name]
        return Ack(body={"options": [option(name, f"peer:{name}") for name in names]})

    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    app.answer = answer
    await act_as(page, address, "U0MO")
    box, options = page.get_by_role("combobox", name="Person"), page.get_by_role("listbox", name="Options")
    await box.press("ArrowDown")
    await expect(options.get_by_role("option")).to_have_text(["Gus", "Gia"])
    await box.press("ArrowDown")
    await box.press("ArrowDown")
    await box.press("Enter")
    await expect(box).to_have_value("Gia")
    await box.fill("Bob")
    await expect(options).to_contain_text("Nothing fits.")
    await box.press("Escape")
    await expect(options).to_be_hidden()
    await box.press("Tab")
    await expect(box).to_have_value("Gia")
    await page.get_by_role("textbox", name="Reason").fill("spam")
    async with page.expect_response("**/do/submit"):
        await page.get_by_role("button", name="Ask for it").click()
    assert app.last["view"]["state"]["values"]["who"]["person"]["selected_option"]["value"] == "peer:Gia"


async def test_several_are_chosen_one_after_the_other_and_taken_out_again(
    page: Page, address: str, app: ScriptedApp
) -> None:
    def answer(payload: Payload) -> Ack:
        return Ack(body={"options": names}) if payload.body.get("type") == "block_suggestion" else Ack()

    several = {"type": "multi_external_select", "action_id": "a", "min_query_length": 0}
    asked = {"type": "input", "block_id": "who", "label": plain("Who"), "element": several}
    names = [option(name, name.lower()) for name in ("Gus", "Ivy", "Gia")]
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], {**FORM, "blocks": [asked]})
    app.answer = answer
    await act_as(page, address, "U0MO")
    box, chosen = page.get_by_role("combobox", name="Type to search"), page.get_by_role("checkbox")
    for name in ("Gus", "Ivy", "Gia", "Ivy"):
        await box.click()
        await page.get_by_role("option", name=name, exact=True).click()
    await expect(chosen).to_have_count(3)
    await expect(box).to_have_value("")
    await page.get_by_role("checkbox", name="Gus").uncheck()
    async with page.expect_response("**/do/submit"):
        await page.get_by_role("button", name="Ask for it").click()
    held = app.last["view"]["state"]["values"]["who"]["a"]["selected_options"]
    assert [one["value"] for one in held] == ["ivy", "gia"]


async def test_escape_pressed_twice_is_no_error(page: Page, address: str, app: ScriptedApp) -> None:
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    await act_as(page, address, "U0MO")
    held: list[Route] = []
    await page.route("**/do/close", lambda route: held.append(route))  # noqa: PLW0108 -- it must be a function
    async with page.expect_request("**/do/close"):
        await page.get_by_role("dialog").press("Escape")
    await page.keyboard.press("Escape")
    for route in held:
        await route.continue_()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert len(held) == 1


async def test_a_form_that_is_being_closed_is_not_handed_in(
    page: Page, address: str, app: ScriptedApp
) -> None:
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    await act_as(page, address, "U0MO")
    held: list[Route] = []
    await page.route("**/do/close", lambda route: held.append(route))  # noqa: PLW0108 -- it must be a function
    async with page.expect_request("**/do/close"):
        await page.get_by_role("dialog").press("Escape")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    await page.get_by_role("button", name="Ask for it").click()
    for route in held:
        await route.continue_()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert not [url for url in sent if url.endswith("/do/submit")]


async def test_escape_closes_a_form_for_slack_too(page: Page, address: str, app: ScriptedApp) -> None:
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    await act_as(page, address, "U0MO")
    await page.get_by_role("dialog").press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert app.workspace.views_of("U0MO") == []


async def test_a_form_that_the_app_ignores_stays_and_says_so(
    page: Page, address: str, app: ScriptedApp
) -> None:
    await app.workspace.says("U0MO", "C0CLASSES", "/hms remove")
    app.workspace.state.app.opens(app.last["trigger_id"], FORM)
    app.answer = lambda _payload: Ack(error="operation_timeout")
    await act_as(page, address, "U0MO")
    form = page.get_by_role("dialog", name="Remove somebody")
    await form.get_by_role("textbox", name="Reason").fill("spam")
    await form.get_by_role("button", name="Ask for it").click()
    await expect(form.get_by_role("alert")).to_contain_text("did not answer within three seconds")
    await form.get_by_role("button", name="Dismiss").click()
    await expect(form.get_by_role("textbox", name="Reason")).to_have_value("spam")
