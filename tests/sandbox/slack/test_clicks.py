"""Clicks and choices on messages, as the bot hears of them."""

from dataclasses import replace

import pytest

from sandbox.slack.delivery import Ack
from sandbox.slack.people import GIA
from sandbox.slack.refusal import Refusal
from tests.sandbox.slack.block_kit import cell, data_table, raw

GO = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}


def options(*values) -> list[dict]:
    return [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]


async def test_somebody_of_another_workspace_is_told_apart(workspace, listener) -> None:
    workspace.directory.put(replace(GIA, team="T0OTHER"))
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [GO]}])

    await workspace.clicks("U0GIA", card, "go")

    assert listener.last["user"]["team_id"] == "T0OTHER"
    assert listener.last["team"]["id"] == "T0HMS"


async def test_a_click_carries_what_slack_sends(workspace, listener) -> None:
    button = {**GO, "value": "request-1", "style": "danger"}
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [button]}])

    await workspace.clicks("U0MAX", card, "go")

    body = listener.last
    assert listener.heard[0].kind == "interactive"
    assert (body["type"], body["user"]["id"], body["api_app_id"]) == ("block_actions", "U0MAX", "A0HMS")
    assert body["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": "C0CLASSES",
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": "C0CLASSES", "name": "classes"}
    assert (body["message"]["ts"], body["message"]["bot_id"]) == (card.ts, "B0HMS")
    (action,) = body["actions"]
    assert (action["action_id"], action["value"], action["block_id"]) == ("go", "request-1", "auto1")
    assert action["action_ts"] > card.ts
    assert body["trigger_id"]
    assert "/response/" in body["response_url"]


async def test_a_card_is_clicked_as_it_was_seen(workspace, listener) -> None:
    app = workspace.state.app
    seen = app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [GO]}])
    app.edits("C0CLASSES", seen.ts, "decided")

    await workspace.clicks("U0MAX", seen, "go")
    assert listener.last["actions"][0]["action_id"] == "go"

    (now,) = workspace.sees("U0MAX", "C0CLASSES")
    with pytest.raises(Refusal, match="no_such_element"):
        await workspace.clicks("U0MAX", now, "go")


async def test_what_only_one_person_sees_only_they_can_click(workspace, listener) -> None:
    card = workspace.state.app.whispers("C0CLASSES", "U0MO", "card", [{"type": "actions", "elements": [GO]}])

    with pytest.raises(Refusal, match="message_not_found"):
        await workspace.clicks("U0MAX", card, "go")
    assert listener.heard == []


async def test_a_click_that_is_not_acknowledged_is_reported_in_private(workspace, listener) -> None:
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [GO]}])
    listener.ack = Ack(error="operation_timeout")

    assert (await workspace.clicks("U0MO", card, "go")).error == "operation_timeout"

    assert 'operation_timeout"' in workspace.sees("U0MO", "C0CLASSES")[-1].text
    assert workspace.sees("U0VI", "C0CLASSES") == [card]


@pytest.mark.parametrize(
    ("element", "value", "reported"),
    [
        ({"type": "static_select", "options": options("a", "b")}, "b", "selected_option"),
        ({"type": "overflow", "options": options("a")}, "a", "selected_option"),
        ({"type": "radio_buttons", "options": options("a")}, "a", "selected_option"),
        ({"type": "checkboxes", "options": options("a", "b")}, ["a", "b"], "selected_options"),
        ({"type": "users_select"}, "U0VI", "selected_user"),
        ({"type": "conversations_select"}, "C0CLASSES", "selected_conversation"),
        ({"type": "channels_select"}, "C0CLASSES", "selected_channel"),
        ({"type": "datepicker"}, "2026-03-02", "selected_date"),
        ({"type": "timepicker"}, "09:30", "selected_time"),
        ({"type": "datetimepicker"}, 1772442000, "selected_date_time"),
    ],
    ids=lambda part: part["type"] if isinstance(part, dict) else "",
)
async def test_a_choice_is_reported_by_its_kind(workspace, listener, element, value, reported) -> None:
    element = {**element, "action_id": "pick"}
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [element]}])

    await workspace.selects("U0MO", card, "pick", value)

    said = listener.last["actions"][0][reported]
    values = [said] if isinstance(said, str | int) else [said] if isinstance(said, dict) else said
    assert [each["value"] if isinstance(each, dict) else each for each in values] == (
        value if isinstance(value, list) else [value]
    )


async def test_what_is_not_offered_cannot_be_chosen(workspace, listener) -> None:
    element = {"type": "static_select", "action_id": "pick", "options": options("a")}
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [element]}])

    with pytest.raises(Refusal, match="no_such_option"):
        await workspace.selects("U0MO", card, "pick", "b")
    assert listener.heard == []


async def test_a_click_tells_what_else_is_filled_in_on_the_message(workspace, listener) -> None:
    reason = {"type": "plain_text_input", "action_id": "text", "initial_value": "spam"}
    label = {"type": "plain_text", "text": "Reason"}
    blocks = [
        {"type": "input", "block_id": "reason", "label": label, "element": reason},
        {"type": "actions", "elements": [GO]},
    ]
    card = workspace.state.app.posts("C0CLASSES", "card", blocks)

    await workspace.clicks("U0MO", card, "go")
    assert listener.last["state"]["values"]["reason"]["text"]["value"] == "spam"
    await workspace.clicks("U0MO", card, "go", values={"reason": {"text": "noise"}})
    assert listener.last["state"]["values"]["reason"]["text"]["value"] == "noise"


async def test_a_button_in_a_data_table_is_pressed(workspace, listener) -> None:
    card = workspace.state.app.posts("C0CLASSES", "x", [data_table([raw("Act")], [cell(value="gus")])])

    await workspace.clicks("U0MO", card, "go")

    (action,) = listener.last["actions"]
    assert (action["action_id"], action["value"], action["block_id"]) == (
        "go",
        "gus",
        card.blocks[0]["block_id"],
    )
