"""The few blocks that everything we show is stacked from, as plain dicts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from bot.reply import flow
from bot.slack.drawing import limits
from bot.slack.drawing.limits import legible, shorten_escaped
from bot.text import clean

Element = dict[str, Any]


def plain_text(text: str, limit: int) -> Element:
    """Words on a button, a heading or in a form, where Slack shows them as they are."""
    return {"type": "plain_text", "text": legible(clean(text), limit), "emoji": False}


def section(text: str) -> Element:
    """A paragraph; ``verbatim`` so that Slack makes no links of its own."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def context(text: str) -> Element:
    """A small line."""
    said = shorten_escaped(text, limits.TEXT) if text.strip() else limits.ELLIPSIS
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": said, "verbatim": True}]}


def header(text: str) -> Element:
    """A heading; it shows plain text only."""
    return {"type": "header", "text": plain_text(text, limits.HEADER)}


def sections(texts: Iterable[str]) -> Iterator[Element]:
    """Sentences as as few paragraphs as they fit in."""
    run = ""
    for text in texts:
        fitting = shorten_escaped(text, limits.TEXT)
        if run and len(run) + 1 + len(fitting) > limits.TEXT:
            yield section(run.strip("\n"))
            run = ""
        run = flow([run, fitting])
    if run.strip():
        yield section(run.strip("\n"))


def fitting(blocks: Sequence[Element], last: Sequence[Element]) -> list[Element]:
    """As many blocks as a message takes beside the ``last`` ones; an ellipsis stands for the rest."""
    sizes = accumulate(size(block) for block in (*last, *blocks))
    fit = sum(total < limits.MESSAGE_TEXT for total in sizes) - len(last)
    room = limits.BLOCKS - len(last)
    if fit >= len(blocks) <= room:
        return [*blocks, *last]
    return [*blocks[: max(min(fit, room - 1), 0)], section(limits.ELLIPSIS), *last]


def size(part: object) -> int:
    """How many characters a block shows."""
    if isinstance(part, dict):
        own = part.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(size(value) for value in part.values())
    return sum(size(value) for value in part) if isinstance(part, list | tuple) else 0
