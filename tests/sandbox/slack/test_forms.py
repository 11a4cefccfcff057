"""Forms: what they refuse, and what the bot's answer does to them."""

import pytest

from sandbox.slack.delivery import Ack
from sandbox.slack.refusal import Refusal


def modal(*blocks, **changed) -> dict:
    form = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": list(blocks)}
    return {**form, "submit": {"type": "plain_text", "text": "Go"}, **changed}


def asked(block_id: str, element: dict, **changed) -> dict:
    label = {"type": "plain_text", "text": block_id}
    return {
        "type": "input",
        "block_id": block_id,
        "label": label,
        "element": {"action_id": "in", **element},
        **changed,
    }


REASON = asked("reason", {"type": "plain_text_input", "min_length": 2, "max_length": 5})
OTHER = modal(asked("other", {"type": "plain_text_input"}), callback_id="other")


@pytest.fixture
def open_form(workspace, listener):
    def open_form(view=None, person="U0MO"):
        state = workspace.state
        return state.app.opens(state.triggers.issue(person), view or modal(REASON))

    return open_form


@pytest.mark.parametrize(
    ("block", "value", "problem"),
    [
        (REASON, "", "Please complete this required field."),
        (REASON, "x", "Please write 2 to 5 characters."),
        (REASON, "xxxxxx", "Please write 2 to 5 characters."),
        (
            asked("n", {"type": "number_input", "is_decimal_allowed": False}),
            "1.5",
            "Please write a whole number.",
        ),
        (asked("n", {"type": "number_input", "is_decimal_allowed": True}), "one", "Please write a number."),
        (
            asked(
                "n", {"type": "number_input", "is_decimal_allowed": True, "min_value": "1", "max_value": "9"}
            ),
            "10",
            "Please write a number from 1 to 9.",
        ),
    ],
)
async def test_slack_itself_refuses_what_is_filled_in_wrongly(
    workspace, listener, open_form, block, value, problem
) -> None:
    form = open_form(modal(block))

    outcome = await workspace.submits("U0MO", form.id, {block["block_id"]: {"in": value}})

    assert (outcome.errors, listener.heard) == ({block["block_id"]: problem}, [])


async def test_an_optional_field_may_stay_empty(workspace, listener, open_form) -> None:
    form = open_form(modal(asked("note", {"type": "plain_text_input"}, optional=True)))

    assert (await workspace.submits("U0MO", form.id)).errors == {}
    assert listener.last["view"]["state"]["values"]["note"]["in"]["value"] is None


async def test_an_empty_answer_closes_the_form(workspace, open_form) -> None:
    form = open_form()

    await workspace.submits("U0MO", form.id, {"reason": {"in": "spam"}})

    assert workspace.views_of("U0MO") == []


async def test_errors_keep_the_form_open(workspace, listener, open_form) -> None:
    listener.ack = Ack(body={"response_action": "errors", "errors": {"reason": "No."}})
    form = open_form()

    outcome = await workspace.submits("U0MO", form.id, {"reason": {"in": "spam"}})

    assert outcome.errors == {"reason": "No."}
    (shown,) = workspace.views_of("U0MO")
    assert shown.values["reason"]["in"]["value"] == "spam"


@pytest.mark.parametrize(
    "body",
    [
        {"response_action": "errors", "errors": {"nowhere": "No."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
        "fine",
    ],
)
async def test_an_answer_slack_does_not_understand_is_the_bots_fault(
    workspace, listener, open_form, body
) -> None:
    listener.ack = Ack(body=body)
    form = open_form()

    outcome = await workspace.submits("U0MO", form.id, {"reason": {"in": "spam"}})

    assert (outcome.error or "").startswith("invalid_response")
    assert len(workspace.views_of("U0MO")) == 1


async def test_an_answer_may_update_push_or_clear(workspace, listener, open_form) -> None:
    form, filled = open_form(), {"reason": {"in": "spam"}}

    listener.ack = Ack(body={"response_action": "push", "view": OTHER})
    await workspace.submits("U0MO", form.id, filled)
    below, above = workspace.views_of("U0MO")
    assert (above.previous_id, above.root_id) == (below.id, below.id)

    listener.ack = Ack(body={"response_action": "update", "view": modal(REASON, callback_id="new")})
    await workspace.submits("U0MO", above.id, {"other": {"in": "spam"}})
    assert [view.body.get("callback_id", "") for view in workspace.views_of("U0MO")] == ["", "new"]

    listener.ack = Ack(body={"response_action": "clear"})
    await workspace.submits("U0MO", above.id, filled)
    assert workspace.views_of("U0MO") == []


async def test_a_form_may_take_away_what_lies_beneath_it_when_it_is_closed(
    workspace, listener, open_form
) -> None:
    listener.ack = Ack(body={"response_action": "push", "view": OTHER | {"clear_on_close": True}})
    await workspace.submits("U0MO", open_form().id, {"reason": {"in": "spam"}})

    await workspace.closes("U0MO", workspace.views_of("U0MO")[-1].id)

    assert workspace.views_of("U0MO") == []


async def test_a_form_that_is_not_acknowledged_stays(workspace, listener, open_form) -> None:
    listener.ack = Ack(error="operation_timeout")
    form = open_form()

    outcome = await workspace.submits("U0MO", form.id, {"reason": {"in": "spam"}})

    assert (outcome.error, len(workspace.views_of("U0MO"))) == ("operation_timeout", 1)


async def test_what_was_filled_in_survives_an_update_of_its_block(workspace, open_form) -> None:
    form = open_form(
        modal(REASON, {"type": "actions", "elements": [{"type": "datepicker", "action_id": "day"}]})
    )
    await workspace.selects("U0MO", form, "in", "spam")

    workspace.state.app.updates(modal(REASON), view_id=form.id)

    assert workspace.view("U0MO", form.id).values == {
        "reason": {"in": {"type": "plain_text_input", "value": "spam"}}
    }


async def test_an_input_tells_the_bot_nothing_unless_it_dispatches(workspace, listener, open_form) -> None:
    loud = asked("loud", {"type": "users_select", "action_id": "who"}, dispatch_action=True)
    form = open_form(modal(REASON, loud))

    await workspace.selects("U0MO", form, "in", "spam")
    assert listener.heard == []

    await workspace.selects("U0MO", form, "who", "U0VI")
    body = listener.last
    assert (body["container"], body["actions"][0]["selected_user"]) == (
        {"type": "view", "view_id": form.id},
        "U0VI",
    )
    assert body["view"]["state"]["values"]["reason"]["in"]["value"] == "spam"
    assert not {"message", "channel", "response_url"} & set(body)


async def test_the_bot_hears_of_a_closed_form_where_it_asked_to(workspace, listener, open_form) -> None:
    await workspace.closes("U0MO", open_form().id)
    assert (listener.heard, workspace.views_of("U0MO")) == ([], [])

    await workspace.closes("U0MO", open_form(modal(REASON, notify_on_close=True)).id)
    assert (listener.last["type"], listener.last["is_cleared"]) == ("view_closed", False)


async def test_closing_a_form_shows_the_one_below_and_clearing_none(workspace, open_form) -> None:
    below = open_form()
    state = workspace.state
    above = state.app.pushes(state.triggers.issue("U0MO", below.id), OTHER)

    await workspace.closes("U0MO", above.id)
    assert [view.id for view in workspace.views_of("U0MO")] == [below.id]

    state.app.pushes(state.triggers.issue("U0MO", below.id), OTHER)
    await workspace.closes("U0MO", below.id, cleared=True)
    assert workspace.views_of("U0MO") == []


async def test_a_form_belongs_to_one_person(workspace, open_form) -> None:
    form = open_form()

    with pytest.raises(Refusal, match="not_found"):
        await workspace.submits("U0MAX", form.id)


async def test_a_form_can_be_pushed_only_from_a_form(workspace, listener) -> None:
    state = workspace.state

    with pytest.raises(Refusal, match="invalid_trigger_id"):
        state.app.pushes(state.triggers.issue("U0MO"), OTHER)


async def test_options_are_asked_for_from_the_shortest_query_on(workspace, listener, open_form) -> None:
    pick = asked("person", {"type": "external_select"})
    form = open_form(modal(pick))
    option = {"text": {"type": "plain_text", "text": "Gus"}, "value": "gus"}
    listener.ack = Ack(body={"options": [option]})

    assert (await workspace.searches("U0MO", form, "in", "gu")).options == ()
    assert listener.heard == []

    assert (await workspace.searches("U0MO", form, "in", "gus")).options == [option]
    body = listener.last
    assert (body["type"], body["value"], body["action_id"], body["block_id"]) == (
        "block_suggestion",
        "gus",
        "in",
        "person",
    )


async def test_of_what_was_offered_several_may_be_chosen(workspace, listener, open_form) -> None:
    form = open_form(modal(asked("who", {"type": "multi_external_select", "min_query_length": 0})))
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("Gus", "Ivy")]
    listener.ack = Ack(body={"options": options})
    await workspace.searches("U0MO", form, "in", "")
    listener.ack = Ack()

    await workspace.submits("U0MO", form.id, {"who": {"in": ["Ivy", "Gus"]}})

    told = listener.last["view"]["state"]["values"]["who"]["in"]
    assert told == {"type": "multi_external_select", "selected_options": [options[1], options[0]]}
    with pytest.raises(Refusal, match="no_such_option"):
        await workspace.submits("U0MO", open_form(form.body).id, {"who": {"in": ["Zoe"]}})


@pytest.mark.parametrize("ack", [Ack(error="operation_timeout"), Ack(body={"options": [{"text": "Gus"}]})])
async def test_options_that_do_not_come_are_an_error(workspace, listener, open_form, ack) -> None:
    form = open_form(modal(asked("person", {"type": "external_select"})))
    listener.ack = ack

    outcome = await workspace.searches("U0MO", form, "in", "gus")

    assert (bool(outcome.error), outcome.options) == (True, ())
