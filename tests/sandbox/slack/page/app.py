"""An app that people on the page talk to: it notes what reaches it and answers as it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.delivery import Ack, Payload
from sandbox.slack.workspace import Workspace

Answer = Callable[[Payload], Ack]


@dataclass
class ScriptedApp:
    """The other end of the workspace; ``answer`` decides what comes back for a payload."""

    workspace: Workspace
    answer: Answer = lambda _payload: Ack()
    heard: list[Payload] = field(default_factory=list)

    async def deliver(self, payload: Payload) -> Ack:
        """Take what the workspace delivers."""
        self.heard.append(payload)
        return self.answer(payload)

    @property
    def last(self) -> dict[str, Any]:
        """What it heard last."""
        return dict(self.heard[-1].body)


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "block_id": "words", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "12.1", **more}


def option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def field_of(label: str, block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


CARD = [
    section("*Remove Gus from standup*\n<@U0MO> asks: spamming"),
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [button("Remove Gus", "yes", style="danger"), button("Deny", "no")],
    },
]
REASON = field_of("Reason", "why", {"type": "plain_text_input", "action_id": "text"})
WHEN = field_of("When", "when", {"type": "datetimepicker", "action_id": "at"}, optional=True)
FORM = {
    "type": "modal",
    "callback_id": "remove",
    "title": plain("Remove somebody"),
    "submit": plain("Ask for it"),
    "blocks": [
        field_of(
            "Person",
            "who",
            {"type": "external_select", "action_id": "person", "min_query_length": 0},
            optional=True,
        ),
        REASON,
        WHEN,
    ],
}
