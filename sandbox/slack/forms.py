"""Handing a form in, and what the app's answer does to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.slack import choices
from sandbox.slack.blocks import checked_view
from sandbox.slack.choices import Json, Values
from sandbox.slack.interactions import filled_in
from sandbox.slack.people import Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import Outcome, State
from sandbox.slack.views import View


async def submit(
    state: State, person: Person, view: View, values: Values, suggested: Sequence[Json] = ()
) -> Outcome:
    """Hand a form in: Slack checks what it can, then the app answers what becomes of the form."""
    filled = state.views.fill(view, filled_in(view, values, suggested))
    problems = _problems(filled)
    if problems:
        return Outcome(errors=problems)
    payload = {
        **state.payloads.interaction("view_submission", person),
        "trigger_id": state.triggers.issue(person.id, view.id),
        "view": state.payloads.view(filled),
        "response_urls": [],
    }
    ack = await state.deliver_interaction(payload)
    if ack.error is not None:
        return Outcome(error=ack.error)
    try:
        return _answer(state, filled, ack.body)
    except Refusal as refusal:  # the app's fault, not the person's
        return Outcome(error=f"invalid_response ({refusal})")


async def close(state: State, person: Person, view: View, *, cleared: bool = False) -> Outcome:
    """Close a form, or with ``cleared`` all of them; the app hears of it only where it asked to."""
    shown = state.views.find(view.id)
    if cleared or shown.body.get("clear_on_close", False):
        state.views.clear(person.id)
    else:
        state.views.close(shown)
    if not shown.body.get("notify_on_close", False):
        return Outcome()
    payload = {
        **state.payloads.interaction("view_closed", person),
        "view": state.payloads.view(shown),
        "is_cleared": cleared,
    }
    ack = await state.deliver_interaction(payload)
    return Outcome(error=ack.error)


def _problems(view: View) -> dict[str, str]:
    found: dict[str, str] = {}
    for block, element in choices.elements_of(view.body["blocks"]):
        if block["type"] == "input":
            report = view.values[block["block_id"]][element["action_id"]]
            problem = _problem(block, element, {key: report[key] for key in report if key != "type"})
            if problem:
                found[block["block_id"]] = problem
    return found


def _problem(block: Json, element: Json, report: Json) -> str | None:
    if choices.is_empty(report):
        return None if block.get("optional", False) else "Please complete this required field."
    value = report.get("value")
    if value is None:
        return None
    if element["type"] == "number_input":
        return _number_problem(element, str(value))
    if not element.get("min_length", 0) <= len(value) <= element.get("max_length", 3000):
        return f"Please write {element.get('min_length', 0)} to {element.get('max_length', 3000)} characters."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please write a number."
    if not element["is_decimal_allowed"] and "." in value:
        return "Please write a whole number."
    if number < float(element.get("min_value", number)) or number > float(element.get("max_value", number)):
        return f"Please write a number from {element.get('min_value')} to {element.get('max_value')}."
    return None


def _answer(state: State, view: View, body: str | Mapping[str, Any]) -> Outcome:
    """Do what the acknowledgement of a submitted form asks for; nothing means: close it."""
    if not body:
        state.views.close(view)
        return Outcome()
    if isinstance(body, str):
        raise Refusal("no_json")
    match body.get("response_action"):
        case "errors":
            return _errors(view, body.get("errors", {}))
        case "clear":
            state.views.clear(view.person)
        case "update":
            state.views.update(state.views.find(view.id), checked_view(body.get("view"), expected="modal"))
        case "push":
            state.views.push(view.person, checked_view(body.get("view"), expected="modal"))
        case other:
            raise Refusal("unknown_response_action", messages=[str(other)])
    return Outcome()


def _errors(view: View, errors: Mapping[str, str]) -> Outcome:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    unknown = [block_id for block_id in errors if block_id not in inputs]
    if unknown or not errors:
        raise Refusal("invalid_errors", messages=[f"no input block is called {name!r}" for name in unknown])
    return Outcome(errors=dict(errors))
