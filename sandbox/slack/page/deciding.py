"""Cards that wait for somebody else, as whoever looks at them can tell: by their red button."""

import json
import re
from collections.abc import Iterable, Iterator

from sandbox.slack.messages import Json, Message
from sandbox.slack.page.seat import DUTIES, Seat
from sandbox.slack.people import MAX, MO

DECIDERS = {"moderator", "admin"}
_NAMED = re.compile(r"<@(\w+)")


def decider(message: Message, seat: Seat) -> str:
    """Whom to act as to decide on a card; nobody where it asks nothing, or where who looks can decide it."""
    if not _asks(message):
        return ""
    named = _NAMED.search(json.dumps(message.blocks, default=dict))
    asker = named[1] if named else MO.id
    if DUTIES.get(seat.person.id) in DECIDERS and seat.person.id != asker:
        return ""
    return MO.id if asker == MAX.id else MAX.id


def asked_about(messages: Iterable[Message]) -> list[str]:
    """What the red buttons say of the cards that wait."""
    return [button["text"]["text"] for message in messages if _asks(message) for button in _red(message)]


def _asks(message: Message) -> bool:
    return message.by_app and message.only_for is None and any(_red(message))


def _red(message: Message) -> Iterator[Json]:
    for block in message.blocks:
        if block["type"] == "actions":
            yield from (each for each in block["elements"] if each.get("style") == "danger")
