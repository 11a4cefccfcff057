"""What somebody read in the emulated Slack, in the words that stood there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from sandbox.slack.messages import Message

PEOPLE = {"vi": "U0VI", "mo": "U0MO", "max": "U0MAX", "ada": "U0ADA", "gia": "U0GIA"}
CELLS = {"raw_text", "raw_number", "rich_text"}
REQUEST = re.compile(r"(?:[Rr]equest\W+|#)(\d+)")


@dataclass(frozen=True)
class Said:
    """What somebody read after they had done something: every message that came or changed."""

    messages: tuple[Message, ...]

    @property
    def text(self) -> str:
        """The words of all of it, without markup."""
        return "\n".join(words(message) for message in self.messages)

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of its buttons, in reading order."""
        return tuple(button["text"]["text"] for message in self.messages for button in buttons(message))

    @property
    def number(self) -> int:
        """The request it speaks of."""
        found = REQUEST.search(self.text)
        assert found, f"no request in: {self.text}"
        return int(found[1])

    def button(self, label: str) -> tuple[Message, str]:
        """The newest message with this button, and the button's action."""
        for message in reversed(self.messages):
            for button in buttons(message):
                if button["text"]["text"] == label:
                    return message, button["action_id"]
        raise AssertionError(f"no button {label!r} among {self.buttons} in: {self.text}")


def words(message: Message) -> str:
    """What a message shows, line by line, without markup, people and moments as the workspace names them."""
    lines = [line for block in message.blocks if block["type"] != "actions" for line in _lines(block)]
    return unescape("\n".join(lines) if lines else _spoken(message.text))


def _lines(part: Any) -> Iterator[str]:
    """The texts of a block; a row of a table is one line."""
    if isinstance(part, list) and part and all(_is_cell(one) for one in part):
        yield " · ".join("".join(_lines(cell)) for cell in part)
    elif isinstance(part, list):
        for each in part:
            yield from _lines(each)
    elif isinstance(part, dict) and part.get("type") == "user":
        yield _name(part["user_id"])
    elif isinstance(part, dict) and part.get("type") == "channel":
        yield f"<#{part['channel_id']}>"
    elif isinstance(part, dict):
        text = part.get("text")
        if isinstance(text, str):
            yield _spoken(text)
        yield from _lines([value for value in part.values() if isinstance(value, dict | list)])


def _is_cell(part: Any) -> bool:
    return isinstance(part, dict) and part.get("type") in CELLS


def _spoken(text: str) -> str:
    named = re.sub(r"<@(\w+)(?:\|[^>]*)?>", lambda found: _name(found[1]), text)
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", named).replace("*", "").replace("`", "")


def buttons(message: Message) -> Iterator[dict[str, Any]]:
    """The buttons of a message."""
    for block in message.blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def _name(user: str) -> str:
    return next((name.capitalize() for name, known in PEOPLE.items() if known == user), user)
