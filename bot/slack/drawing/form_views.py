"""A command's form as a Slack view, and what was filled in read back from it.

The block of an input is called as its field, so that Slack shows an error where it belongs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.command.forms import Form, FormField
from bot.command.kinds.base import Input
from bot.reply import Message, Reply
from bot.request.request import Origin
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import Element, plain_text
from bot.slack.drawing.render import Renderer

FORM = "form"  # what our forms are called to Slack
INPUT = "value"  # what every input is called within its block
ON = "on"


@dataclass(frozen=True)
class FormViews:
    """Draws forms."""

    renderer: Renderer

    def waiting(self, title: str) -> Element:
        """The form before it is there: a trigger is good for three seconds only."""
        return self.saying(title, Reply("One moment…"))

    def saying(self, title: str, reply: Reply) -> Element:
        """A view that only says something."""
        return self.page(title, Message(reply))

    def page(self, title: str, message: Message, zone: str = "UTC") -> Element:
        """A view that says what a message would, its buttons too."""
        return {
            "type": "modal",
            "title": plain_text(title, limits.FORM_TITLE),
            "close": plain_text(self.word("Close"), limits.FORM_TITLE),
            "blocks": self.renderer.read_in(zone).blocks(message)[: limits.VIEW_BLOCKS],
        }

    def view(
        self, form: Form, words: str, values: Mapping[str, Any], problem: Reply | None, origin: Origin
    ) -> Element:
        """The form of a command, filled with what is known; it remembers where it was asked for."""
        about = {"words": words, "channel": origin.channel, "thread": origin.thread}
        said = self.renderer.reply(problem, tables=False) if problem else ()
        inputs = [self._input(field, values.get(field.name)) for field in form.fields]
        return {
            "type": "modal",
            "callback_id": FORM,
            "private_metadata": json.dumps(about),
            "title": plain_text(form.title, limits.FORM_TITLE),
            "submit": plain_text(self.word("Go ahead"), limits.FORM_TITLE),
            "close": plain_text(self.word("Cancel"), limits.FORM_TITLE),
            "blocks": [*said, *inputs],
        }

    def _input(self, field: FormField, value: Any) -> Element:
        block: Element = {
            "type": "input",
            "block_id": field.name,
            "label": plain_text(self.word(field.label), limits.LABEL),
            "optional": not field.required,
            "element": {"action_id": INPUT, **self._element(field, value)},
        }
        return block | ({"hint": plain_text(self.word(field.hint), limits.LABEL)} if field.hint else {})

    def _element(self, field: FormField, value: Any) -> Element:
        match field.input:
            case Input.SEARCH:
                return _chosen({"type": "external_select", "min_query_length": 0}, self._option(value))
            case Input.CHOICE:
                options = [self._option(choice) for choice in field.choices[: limits.OPTIONS]]
                return _chosen({"type": "static_select", "options": options}, self._option(value))
            case Input.TICK:
                option = self._option(ON, self.word(field.label))
                ticked = {"initial_options": [option]} if value else {}
                return {"type": "checkboxes", "options": [option], **ticked}
            case Input.USER:
                chosen = {"initial_user": _user(value)} if value else {}
                return {"type": "users_select", **chosen}
            case Input.MOMENT if not value or _instant(value):
                picked = {"initial_date_time": _instant(value)} if value else {}
                return {"type": "datetimepicker", **picked}
        return _text(field, value)

    def _option(self, value: Any, label: str = "") -> Element | None:
        if not value:
            return None
        text = plain_text(label or str(value), limits.OPTION_TEXT)
        return {"text": text, "value": str(value)[: limits.OPTION_VALUE]}

    def word(self, text: str) -> str:
        """One of our own words, as it is said here."""
        return self.renderer.sentences.label(text)


def filled(form: Form, state: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody filled in, by field, as ``from_form`` takes it; ``state`` is the view's."""
    reports = {block: inputs[INPUT] for block, inputs in state["values"].items() if INPUT in inputs}
    return {field.name: _read(field, reports[field.name]) for field in form.fields if field.name in reports}


def _read(field: FormField, report: Mapping[str, Any]) -> Any:
    match report["type"]:
        case "checkboxes":
            return bool(report["selected_options"])
        case "external_select" | "static_select":
            return (report["selected_option"] or {}).get("value")
        case "users_select":
            return f"<@{report['selected_user']}>" if report["selected_user"] else None
        case "datetimepicker":
            seconds = report["selected_date_time"]
            return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
    written = report["value"] or None
    return written.splitlines() if written and field.input is Input.LINES else written


def _chosen(element: Element, option: Element | None) -> Element:
    return element | ({"initial_option": option} if option else {})


def _text(field: FormField, value: Any) -> Element:
    lines = "\n".join(value) if isinstance(value, list | tuple) else str(value or "")
    written = {"initial_value": lines[: limits.INPUT_TEXT]} if lines else {}
    return {"type": "plain_text_input", "multiline": field.input in {Input.PARAGRAPH, Input.LINES}, **written}


def _user(mention: str) -> str:
    return mention.strip("<@>").partition("|")[0]


def _instant(value: Any) -> int | None:
    """The moment a value names by itself, in seconds; None for words such as ``tomorrow 09:00``."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return int(moment.timestamp()) if moment.tzinfo else None
