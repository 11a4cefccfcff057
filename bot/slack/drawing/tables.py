"""A table as Slack's block, cut to what Slack takes: one to sort where it is a report, else a plain one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, takewhile
from typing import Any

from bot.reply import (
    Channel,
    Code,
    Counted,
    Day,
    File,
    KeptWords,
    Mention,
    Name,
    Phrase,
    Reply,
    Secret,
    Table,
    Term,
    TimeOfDay,
)
from bot.slack.drawing.blocks import Element, size
from bot.slack.drawing.limits import CELL_TEXT, COLUMNS, PAGE, ROWS, TABLE_TEXT, shorten
from bot.slack.drawing.sentences import Sentences, Unmarked
from bot.text import clean, printable

BLOCK = "data_table"
NOTHING = "-"  # Slack refuses an empty cell
PAIR = 2  # cells: a thing and what it is
SHORT = 24  # what is longer is wrapped, else Slack cuts it off


@dataclass(frozen=True)
class Tables:
    """Draws tables; Slack takes a hundred rows of twenty cells and ten thousand characters."""

    sentences: Sentences

    def draw(self, sentence: Reply, table: Table) -> tuple[Element, Reply | None]:
        """The table, and the sentence that says how many rows were left out, if any were."""
        shown = self._shown(table)
        rows = [
            [_cell(cell, text) for cell, text in zip(row, said, strict=False)]
            for row, said in zip(table.lines, shown, strict=False)
        ]
        missing = _more(len(table.lines) - len(shown), sentence.file)
        if not table.caption or len(rows) == 1:  # Slack sorts no heading without rows
            return _plain(rows), missing
        caption = self.sentences.plain.sentence(sentence, table.caption)
        return {"type": BLOCK, "caption": caption, "page_size": PAGE, "rows": rows}, missing

    def fits(self, table: Table) -> bool:
        """Whether all of its rows are shown."""
        return len(self._shown(table)) == len(table.lines)

    def lines(self, table: Table) -> Reply:
        """The same table as sentences, a line a row: the text twin, and what a second table becomes."""
        heading, *below = table.lines[:ROWS]
        rows = [self._line(heading, row) for row in below]
        more = _more(len(table.lines) - ROWS)
        return sum([*rows[1:], *([more] if more else [])], start=rows[0] if rows else Reply("\n"))

    def _line(self, heading: Sequence[Any], row: Sequence[Any]) -> Reply:
        """A row: what it is about stands out, and behind it each of the rest with its heading."""
        about, *rest = row
        cells: dict[str, Any] = {
            "about": self.sentences.said(about) if isinstance(about, Term) else _something(about)
        }
        cells |= {f"cell{number}": _unmarked(cell) for number, cell in enumerate(rest, start=1)}
        cells |= {f"heading{number}": words for number, words in enumerate(heading)}
        parts = [f"{{heading{number}}}: {{cell{number}}}" for number in range(1, len(row))]
        return Reply(
            "\n{about}: {cell1}" if len(row) == PAIR else "\n" + " · ".join(["{about}", *parts]), **cells
        )

    def _shown(self, table: Table) -> Sequence[Sequence[str]]:
        """The words in as many of its lines as are shown, the headings first."""
        texts = [[self._text(cell) for cell in row[:COLUMNS]] for row in table.lines[:ROWS]]
        sizes = accumulate(sum(map(len, row)) for row in texts)
        return texts[: max(len(list(takewhile(lambda size: size <= TABLE_TEXT, sizes))), 1)]

    def _text(self, cell: Any) -> str:
        return shorten(self.sentences.said(_unquoted(cell)), CELL_TEXT) or NOTHING


def plain_tables(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a message with every table as a plain one, for a Slack that sorts none."""
    blocks = body["blocks"]
    return {**body, "blocks": [_plain(one["rows"]) if one["type"] == BLOCK else one for one in blocks]}


def _plain(rows: Iterable[Sequence[Element]]) -> Element:
    """Rows as the older block, which knows no figures."""
    written = [[_written(element) for element in each] for each in rows]
    settings = [{"is_wrapped": max(map(size, column)) > SHORT} for column in zip(*written, strict=True)]
    return {"type": "table", "column_settings": settings, "rows": written}


def _written(element: Element) -> Element:
    figure = element["type"] == "raw_number"
    return {"type": "raw_text", "text": element["text"]} if figure else element


def _figure(cell: Any) -> float | None:
    """What a cell is sorted by, where that is an amount or a moment; None for words."""
    match cell:
        case int() if not isinstance(cell, bool):
            return cell
        case Counted():
            return cell.number if cell.exact is None else cell.exact
        case timedelta():
            return cell.total_seconds()
        case datetime() | TimeOfDay() | Day():
            return (cell if isinstance(cell, datetime) else cell.at).timestamp()
    return None


def _cell(cell: Any, text: str) -> Element:
    """A cell whose ``text`` is what it says in plain words."""
    match cell:
        case Mention(user) if user:
            return _rich([{"type": "user", "user_id": user}])
        case Channel(channel):
            return _rich([_channel(channel)])
        case Code() | Secret():
            return _rich([{"type": "text", "text": text, "style": {"code": True}}])
        case KeptWords() | Phrase() if _names_channels(cell):
            return _rich([_piece(piece) for piece in KeptWords(text).pieces() if piece])
    figure = _figure(cell)
    if figure is not None:
        return {"type": "raw_number", "value": figure, "text": text}
    return {"type": "raw_text", "text": text}


def _names_channels(cell: KeptWords | Phrase) -> bool:
    """Whether channels are meant in it; a name that only looks like one is none."""
    pieces = cell.pieces() if isinstance(cell, KeptWords) else (value for _, value in cell.values)
    return any(isinstance(piece, Channel) for piece in pieces)


def _piece(piece: str | Channel) -> Element:
    return _channel(piece.id) if isinstance(piece, Channel) else {"type": "text", "text": printable(piece)}


def _channel(channel: str) -> Element:
    return {"type": "channel", "channel_id": channel}


def _rich(elements: list[Element]) -> Element:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _more(count: int, file: File | None = None) -> Reply | None:
    if count > 0 and file:
        return Reply("… and {count} more: all of them are in {name}.", count=count, name=file.name)
    return Reply("… and {count} more.", count=count) if count > 0 else None


def _unmarked(cell: Any) -> Any:
    return Unmarked(cell) if isinstance(cell, str | int) and _something(cell) == cell else _something(cell)


def _something(cell: Any) -> Any:
    own = _unquoted(cell)
    blank = isinstance(own, str) and not clean(own)
    return NOTHING if blank else own or NOTHING


def _unquoted(cell: Any) -> Any:
    """A cell sets a name off as well as quotes do."""
    return cell.words if isinstance(cell, Name) else cell
