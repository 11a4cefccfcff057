"""Cards that wait for somebody else, as whoever looks at them can tell: by their red button."""

import json
import re
from collections.abc import Iterable, Iterator

from sandbox.slack.messages import Json, Message
from sandbox.slack.page.seat import Seat

_NAMED = re.compile(r"<@(\w+)>")
_DECIDE = re.compile(r"((?:<@\w+>\W*(?:or )?)+)decides? ")  # whom a card names in its small print


def decider(message: Message, seat: Seat) -> str:
    """Whom to act as to decide on a card; nobody where it asks nothing, or where who looks can decide it."""
    alone = seat.channel and seat.channel.is_im  # nobody else has this conversation
    decides = _DECIDE.search(json.dumps(message.blocks, default=dict)) if _asks(message) else None
    if decides is None or alone:
        return ""
    named = _NAMED.findall(decides[1])
    return "" if seat.person.id in named else named[0]


def asked_about(messages: Iterable[Message]) -> list[str]:
    """What the red buttons say of the cards that wait."""
    return [button["text"]["text"] for message in messages if _asks(message) for button in _red(message)]


def _asks(message: Message) -> bool:
    return message.by_app and message.only_for is None and any(_red(message))


def _red(message: Message) -> Iterator[Json]:
    for block in message.blocks:
        if block["type"] == "actions":
            yield from (each for each in block["elements"] if each.get("style") == "danger")
