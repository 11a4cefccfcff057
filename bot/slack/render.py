"""A message as Slack takes it: blocks for the eye, and one text that says the same.

Plain dicts: ``slack_sdk.models`` costs thirty times as much and checks little.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.message import Message, Press
from bot.reply import Reply
from bot.slack import limits
from bot.slack.blocks import Element, context, fitting, flow, header, section, sections
from bot.slack.limits import shorten, shorten_escaped
from bot.slack.sentences import Sentences
from bot.slack.tables import Tables

Body = dict[str, Any]

MOST_BUTTONS = 4 * limits.BUTTONS
PRESS = "press:{}"


@dataclass(frozen=True)
class Renderer:
    """Draws messages in one workspace's words."""

    sentences: Sentences = field(default_factory=Sentences)

    def read_in(self, zone: str) -> "Renderer":
        """The same for one reader, whose zone the tables are in."""
        return replace(self, sentences=replace(self.sentences, zone=zone))

    def body(self, message: Message) -> Body:
        """The ``text`` and ``blocks`` of a message, within Slack's limits."""
        buttons = self.actions(message.presses)
        return {"text": self.text(message), "blocks": fitting(list(self._card(message)), buttons)}

    def text(self, message: Message) -> str:
        """What the message says, as one escaped text."""
        facts = [self._fact_line(label, value) for label, value in message.facts]
        said = [self._twin(message.title), *facts, self._twin(message.reply), self._twin(message.state)]
        return shorten_escaped("\n".join(filter(None, said)), limits.TEXT) or limits.ELLIPSIS

    def line(self, reply: Reply) -> str:
        """A reply as plain text, for places that show nothing else."""
        return self.sentences.plain.text(reply)

    def reply(self, reply: Reply, *, tables: bool = True) -> Iterator[Element]:
        """A reply as blocks: its sentences run on, its table stands below the sentence it belongs to."""
        run: list[str] = []
        tabled = not tables
        for sentence in reply.sentences():
            run.append(self.sentences.markup(sentence))
            if sentence.table and tabled:  # Slack takes one table a message
                lines = Tables(self.sentences).lines(sentence.table)
                run += [self.sentences.markup(line) for line in lines.sentences()]
            elif sentence.table:
                yield from sections(run)
                yield from self._table(sentence)
                run, tabled = [], True
        yield from sections(run)

    def actions(self, presses: tuple[Press, ...], *, first: int = 0) -> list[Element]:
        """Buttons as blocks; their ids are unique within the message, counted from ``first``."""
        buttons = [self._button(number, press) for number, press in enumerate(presses[:MOST_BUTTONS], first)]
        starts = range(0, len(buttons), limits.BUTTONS)
        return [{"type": "actions", "elements": buttons[at : at + limits.BUTTONS]} for at in starts]

    def _card(self, message: Message) -> Iterator[Element]:
        if message.title:
            yield header(self.line(message.title))
        if message.facts:
            yield section("\n".join(self._fact(label, value) for label, value in message.facts))
        yield from self.reply(message.reply)
        if message.state:
            yield context(" ".join(self.sentences.markup(sentence) for sentence in message.state.sentences()))

    def _table(self, sentence: Reply) -> Iterator[Element]:
        if sentence.table is None:
            return
        tables = Tables(self.sentences)
        yield tables.block(sentence.table)
        missing = tables.missing(sentence.table)
        if missing:
            yield context(self.sentences.markup(missing))

    def _fact(self, label: str, value: Any) -> str:
        named = self.sentences.label(label)
        return f"{named}: {self.sentences.markup(_sentence(value))}"

    def _fact_line(self, label: str, value: Any) -> str:
        return f"{self.sentences.label(label)}: {self.sentences.twin(_sentence(value))}"

    def _twin(self, reply: Reply | None) -> str:
        if reply is None:
            return ""
        tables = Tables(self.sentences)
        lines = [
            part
            for sentence in reply.sentences()
            for part in (sentence, *(tables.lines(sentence.table).sentences() if sentence.table else ()))
        ]
        return flow(self.sentences.twin(line) for line in lines)

    def _button(self, number: int, press: Press) -> Element:
        label = (
            self.line(press.label) if isinstance(press.label, Reply) else self.sentences.label(press.label)
        )
        button = {"type": "button", "action_id": PRESS.format(number), "value": press.value}
        text = {"type": "plain_text", "text": shorten(label, limits.BUTTON_TEXT), "emoji": False}
        return {**button, "text": text} | ({"style": press.style} if press.style else {})


def _sentence(value: Any) -> Reply:
    return value if isinstance(value, Reply) else Reply("{value}", value=value)
