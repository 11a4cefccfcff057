"""What was filled in, read back from an open form."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.command.forms import Form, FormField, Sheet
from bot.command.kinds.base import Input
from bot.slack.drawing import question_inputs
from bot.slack.drawing.form_views import CHIP
from bot.slack.drawing.question_inputs import INPUT, field_of


def known(form: Form, view: Mapping[str, Any]) -> Sheet:
    """An open form as it is now: what went along unseen, and what is filled in so far."""
    about = json.loads(view["private_metadata"])
    reports = {block: inputs[INPUT] for block, inputs in view["state"]["values"].items() if INPUT in inputs}
    chosen = {field.name: reports.get(field.name, {}).get("selected_option") for field in form.fields}
    labels = {name: option["text"]["text"] for name, option in chosen.items() if option}
    blocks = (block["block_id"] for block in view["blocks"] if block["type"] == "input")
    shown = tuple(dict.fromkeys(map(field_of, blocks)))
    asked = [field.name for field in form.fields if field.input is Input.QUESTIONS and field.name in shown]
    questions = {name: question_inputs.read(name, view) for name in asked}
    values = about.get("inside", {}) | about.get("values", {}) | filled(form, view["state"]) | questions
    return Sheet(about["words"], values, about.get("labels", {}) | labels, shown)


def filled(form: Form, state: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody filled in, by field, as ``from_form`` takes it; ``state`` is the view's."""
    reports = {block: inputs[INPUT] for block, inputs in state["values"].items() if INPUT in inputs}
    read = {field.name: _read(field, reports[field.name]) for field in form.fields if field.name in reports}
    return read | {name: chip for name, chip in _chosen_chips(state) if name in read and not read[name]}


def _chosen_chips(state: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was chosen in place of writing, by field."""
    for block, inputs in state["values"].items():
        option = inputs.get(CHIP, {}).get("selected_option")
        if option:
            yield block.removeprefix(f"{CHIP}:"), option["value"]


def _read(field: FormField, report: Mapping[str, Any]) -> Any:
    match report["type"]:
        case "checkboxes":
            return bool(report.get("selected_options"))
        case "multi_external_select":
            return [option["value"] for option in report.get("selected_options") or ()] or None
        case "external_select" | "static_select":
            return (report.get("selected_option") or {}).get("value")
        case "users_select":
            return f"<@{report['selected_user']}>" if report.get("selected_user") else None
        case "datetimepicker":
            seconds = report.get("selected_date_time")
            return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
    written = report.get("value") or None
    return written.splitlines() if written and field.input is Input.LINES else written
