"""What people read in a town while a bench goes on."""

import time
from collections.abc import Collection, Mapping
from typing import Any

from sandbox.slack.messages import Message
from tests.chat import buttons, words
from tests.faults.town import Town


class Sight:
    """What people read in the town since a moment, looked through once for every change."""

    def __init__(self, here: Town) -> None:
        self._here = here
        self._since = f"{time.time():.6f}"
        self._revision = -1
        self._seen: dict[str, list[tuple[Message, str]]] = {}

    def of(self, who: str, *wanted: str) -> list[tuple[Message, str]]:
        """What somebody sees that holds all of these words, each message with its own."""
        if self._here.workspace.revision != self._revision:
            self._revision, self._seen = self._here.workspace.revision, {}
        if who not in self._seen:
            fresh = (one for one in self._here.sees(who) if one.ts >= self._since)
            self._seen[who] = [(one, words(one)) for one in fresh]
        return [(one, text) for one, text in self._seen[who] if all(each in text for each in wanted)]

    def button(
        self, who: str, label: str, *wanted: str, besides: Collection[str] = ()
    ) -> tuple[Message, Mapping[str, Any]] | None:
        """A button on what holds all of these words, other than those with the values that were pressed."""
        for message, _ in self.of(who, *wanted):
            for button in buttons(message):
                if button["text"]["text"] == label and button["value"] not in besides:
                    return message, button
        return None
