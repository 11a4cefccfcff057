"""A message as Slack takes it: blocks for the eye, and one text that says the same.

Plain dicts: ``slack_sdk.models`` costs thirty times as much and checks little.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.reply import Message, Reply, ShownButton, ShownRow, Table, flow
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import (
    Element,
    context,
    fitting,
    header,
    plain_text,
    sections,
)
from bot.slack.drawing.charts import Charts, with_few_charts
from bot.slack.drawing.limits import shorten_escaped
from bot.slack.drawing.sentences import Sentences
from bot.slack.drawing.tables import Tables

Drawn = dict[str, Any]

MOST_BUTTONS = 4 * limits.BUTTONS
IN_A_HEADING = 48  # of a name: what is cut away at 150 characters is the question mark
PRESS = "press"  # a button whose value only the dispatcher understands


@dataclass(frozen=True)
class Renderer:
    """Draws messages in one workspace's words."""

    sentences: Sentences = field(default_factory=Sentences)

    def read_in(self, zone: str) -> "Renderer":
        """The same for one reader, whose zone the tables are in."""
        return replace(self, sentences=replace(self.sentences, zone=zone))

    def body(self, message: Message, *, press: str = PRESS) -> Drawn:
        """The ``text`` and ``blocks`` of a message; ``press`` says whose its buttons are."""
        return self.drawn(message, press=press)[0]

    def drawn(self, message: Message, *, press: str = PRESS) -> tuple[Drawn, bool]:
        """The same, and whether a message takes all of it, however long its tables are."""
        said, shown = self._parts(message, press)
        blocks = fitting(said, shown)
        body: Drawn = {"text": self.text(message), "blocks": with_few_charts(blocks)}
        return body, len(blocks) == len(said) + len(shown)

    def blocks(self, message: Message, first: int = 0, *, charts: bool = False) -> list[Element]:
        """A message in a view, one of several perhaps: its buttons are counted from ``first``.

        Slack draws ``charts`` on Home and in no form.
        """
        rows = self._rows(message.rows, first + len(message.buttons))
        return [
            *self._card(message, tables=False, charts=charts),
            *rows,
            *self.actions(message.buttons, first=first),
        ]

    def text(self, message: Message) -> str:
        """What the message says, as one escaped text."""
        rows = [self._twin(row.said) for row in message.rows]
        said = [self._twin(message.title), self._twin(message.reply), *rows, self._twin(message.state)]
        return shorten_escaped("\n".join(filter(None, said)), limits.TEXT) or limits.ELLIPSIS

    def line(self, reply: Reply) -> str:
        """A reply as plain text, for places that show nothing else."""
        return self.sentences.plain.text(reply).strip("\n")

    def reply(self, reply: Reply, *, tables: bool = True, charts: bool = False) -> Iterator[Element]:
        """A reply as blocks: its sentences run on, its table or chart stands below the one it belongs to.

        What a chart shows stands in words below it.
        """
        drawn = Tables(self.sentences)
        run: list[str] = []
        for sentence in reply.sentences():
            run.append(self.sentences.markup(sentence))
            if sentence.chart and charts:
                yield from sections(run)
                yield from Charts(self.sentences).draw(sentence, sentence.chart)
                run = []
            run += [self.sentences.markup(line) for line in sentence.charted()]
            if sentence.table and tables:
                yield from sections(run)
                yield from self._table(drawn, sentence, sentence.table)
                run, tables = [], False  # Slack takes one table a message
            elif sentence.table:
                run += [self.sentences.markup(line) for line in drawn.lines(sentence.table).sentences()]
        yield from sections(run)

    def actions(
        self, buttons: tuple[ShownButton, ...], *, press: str = PRESS, first: int = 0
    ) -> list[Element]:
        """Buttons as blocks; their ids are unique within the message, counted from ``first``."""
        numbered = enumerate(buttons[:MOST_BUTTONS], first)
        drawn = [self._button(f"{press}:{number}", shown) for number, shown in numbered]
        starts = range(0, len(drawn), limits.BUTTONS)
        return [{"type": "actions", "elements": drawn[at : at + limits.BUTTONS]} for at in starts]

    def _parts(self, message: Message, press: str) -> tuple[list[Element], list[Element]]:
        """What is said, and the buttons below it."""
        rows = self._rows(message.rows, len(message.buttons))
        said = [*self._card(message, tables=True, charts=True), *rows]
        return said, self.actions(message.buttons, press=press)

    def _card(self, message: Message, *, tables: bool, charts: bool) -> Iterator[Element]:
        if message.title:
            yield header(self.sentences.plain.within(IN_A_HEADING).text(message.title))
        yield from self.reply(message.reply, tables=tables, charts=charts)
        if message.state:
            yield context(" ".join(self.sentences.markup(sentence) for sentence in message.state.sentences()))

    def _rows(self, rows: Iterable[ShownRow], first: int) -> Iterator[Element]:
        for row in rows:
            said = list(self.reply(row.said, tables=False))
            if row.menu and row.buttons:
                said[-1] = said[-1] | {"accessory": self._beside(f"{PRESS}:{first}", row.buttons)}
                yield from said
            else:
                yield from (*said, *self.actions(row.buttons, first=first))
            first += len(row.buttons)

    def _beside(self, action: str, shown: Sequence[ShownButton]) -> Element:
        """Three dots; where they would hide one thing alone, that itself."""
        if len(shown) == 1:
            return self._button(action, shown[0])
        options = [
            {"text": plain_text(self.sentences.label(each.label), limits.OPTION_TEXT), "value": each.value}
            for each in shown[: limits.MENU]
        ]
        return {"type": "overflow", "action_id": action, "options": options}

    def _table(self, drawn: Tables, sentence: Reply, table: Table) -> Iterator[Element]:
        block, missing = drawn.draw(sentence, table)
        yield block
        if missing:
            yield context(self.sentences.markup(missing))

    def _twin(self, reply: Reply | None) -> str:
        if reply is None:
            return ""
        tables = Tables(self.sentences)
        lines = [
            part
            for sentence in reply.sentences()
            for part in (
                sentence,
                *sentence.charted(),
                *(tables.lines(sentence.table).sentences() if sentence.table else ()),
            )
        ]
        return flow(self.sentences.twin(line) for line in lines).strip("\n")

    def _button(self, action: str, shown: ShownButton) -> Element:
        text = plain_text(self.sentences.label(shown.label), limits.BUTTON_TEXT)
        heard = plain_text(self.sentences.label(shown.about or shown.label), limits.BUTTON_TEXT)["text"]
        button = {"type": "button", "action_id": action, "value": shown.value, "text": text}
        return button | {"accessibility_label": heard} | ({"style": shown.style} if shown.style else {})
