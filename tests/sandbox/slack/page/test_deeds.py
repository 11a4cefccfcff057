from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from sandbox.slack.delivery import Ack
from sandbox.slack.messages import Message
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.page.app import CARD, FORM, ScriptedApp, option

HERE = {"person": "U0MO", "channel": "C0CLASSES"}


@pytest.fixture
def card(workspace: Workspace) -> Message:
    return workspace.state.app.posts("C0CLASSES", "Remove Gus?", CARD)


@pytest.fixture
async def form(workspace: Workspace, app: ScriptedApp) -> str:
    await workspace.says("U0MO", "C0CLASSES", "/hms remove")
    return workspace.state.app.opens(app.last["trigger_id"], FORM).id


async def do(client: TestClient, name: str, **deed: Any) -> tuple[int, dict[str, Any]]:
    response = await client.post(f"/do/{name}", json={**HERE, **deed})
    return response.status, await response.json()


def filled(kind: str, value: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value}


async def test_a_line_is_said(client: TestClient, workspace: Workspace) -> None:
    assert await do(client, "say", text="hello") == (200, {"error": None, "errors": {}, "options": []})
    assert [message.text for message in workspace.sees("U0VI", "C0CLASSES")] == ["hello"]


async def test_a_command_reaches_the_app(client: TestClient, app: ScriptedApp) -> None:
    await do(client, "say", text="/hms end-room standup")
    assert (app.last["text"], app.last["user_id"]) == ("end-room standup", "U0MO")


async def test_a_line_may_answer_in_a_thread_or_go_to_the_app(
    client: TestClient, workspace: Workspace, card: Message
) -> None:
    await do(client, "say", text="why?", thread=card.ts)
    assert workspace.sees("U0MO", "C0CLASSES")[-1].thread_ts == card.ts
    await do(client, "say", text="hello app", channel="app")
    direct = workspace.directory.direct("U0MO", "U0HMS")
    assert workspace.sees("U0MO", direct.id)[-1].text == "hello app"


async def test_nothing_is_said_in_a_closed_channel(client: TestClient, workspace: Workspace) -> None:
    await workspace.archives("C0CLASSES")
    status, answer = await do(client, "say", text="hello")
    assert status == 409
    assert answer["error"] == "This channel is closed: nothing more is said here. (is_archived)"


async def test_an_app_that_does_not_answer_in_time_is_told_of(client: TestClient, app: ScriptedApp) -> None:
    app.answer = lambda _payload: Ack(error="operation_timeout")
    _, answer = await do(client, "say", text="/hms status")
    assert answer["error"] == "The app did not answer within three seconds. (operation_timeout)"


async def test_a_click_reaches_the_app_with_the_button(
    client: TestClient, app: ScriptedApp, card: Message
) -> None:
    await do(client, "touch", message=card.ts, block="choices", action="yes")
    (action,) = app.last["actions"]
    assert (action["action_id"], action["value"]) == ("yes", "12.1")
    assert app.last["message"]["ts"] == card.ts


async def test_a_click_on_what_is_gone_is_refused_with_a_sentence(
    client: TestClient, workspace: Workspace, card: Message
) -> None:
    status, answer = await do(client, "touch", message=card.ts, block="choices", action="nosuch")
    assert (status, answer["error"][:34]) == (409, "This button is no longer there. (n")
    workspace.state.app.deletes("C0CLASSES", card.ts)
    status, answer = await do(client, "touch", message=card.ts, block="choices", action="yes")
    assert (status, answer["error"]) == (409, "This message is no longer there. (message_not_found)")


async def test_nobody_clicks_on_what_only_others_see(client: TestClient, workspace: Workspace) -> None:
    private = workspace.state.app.whispers("C0CLASSES", "U0MAX", "Sure?", CARD)
    status, _ = await do(client, "touch", message=private.ts, block="choices", action="yes")
    assert status == 409


async def test_options_come_from_the_app(client: TestClient, app: ScriptedApp, form: str) -> None:
    app.answer = lambda payload: Ack(body={"options": [option(f"{payload.body['value']}us", "peer:1")]})
    _, answer = await do(client, "search", view=form, block="who", action="person", text="G")
    assert answer["options"] == [{"value": "peer:1", "text": "Gus"}]


async def test_a_form_is_handed_in_with_times_where_the_person_lives(
    client: TestClient, workspace: Workspace, app: ScriptedApp, form: str
) -> None:
    values = {
        "why": {"text": filled("plain_text_input", "spam")},
        "when": {"at": filled("datetimepicker", "2026-03-09T11:30")},
        "who": {"person": filled("external_select", "")},
    }
    _, answer = await do(client, "submit", view=form, values=values)
    assert answer["errors"] == {}
    state = app.last["view"]["state"]["values"]
    assert state["why"]["text"]["value"] == "spam"
    assert state["when"]["at"]["selected_date_time"] == 1773052200  # 10:30 UTC, 11:30 in Berlin
    assert state["who"]["person"]["selected_option"] is None
    assert workspace.views_of("U0MO") == []


async def test_what_is_wrong_in_a_form_is_said_by_block(
    client: TestClient, app: ScriptedApp, form: str
) -> None:
    _, answer = await do(client, "submit", view=form)
    assert answer["errors"] == {"why": "Please complete this required field."}
    app.answer = lambda _payload: Ack(body={"response_action": "errors", "errors": {"why": "Say more."}})
    _, answer = await do(
        client, "submit", view=form, values={"why": {"text": filled("plain_text_input", "x")}}
    )
    assert answer["errors"] == {"why": "Say more."}


async def test_a_form_is_closed(client: TestClient, workspace: Workspace, form: str) -> None:
    await do(client, "close", view=form)
    assert workspace.views_of("U0MO") == []
    status, answer = await do(client, "close", view=form)
    assert (status, answer["error"]) == (409, "This form is no longer open. (not_found)")


async def test_looking_at_home_tells_the_app(client: TestClient, app: ScriptedApp) -> None:
    await do(client, "home")
    assert app.last["event"]["type"] == "app_home_opened"


async def test_what_the_page_would_never_send_is_refused(client: TestClient) -> None:
    response = await client.post("/do/say", data="garbage")
    assert response.status == 400
    status, _ = await do(client, "say", nonsense=1)
    assert status == 400
