"""A table as Slack's block, cut to what Slack takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Any

from bot.reply import Channel, KeptWords, Mention, Name, Reply, Table
from bot.slack.drawing.blocks import Element
from bot.slack.drawing.limits import CELL_TEXT, COLUMNS, ROWS, TABLE_TEXT, shorten
from bot.slack.drawing.sentences import Sentences
from bot.text import clean, printable

NOTHING = "-"  # Slack refuses an empty cell
SHORT = 24  # what is longer is wrapped, else Slack cuts it off


@dataclass(frozen=True)
class Tables:
    """Draws tables; Slack takes a hundred rows of twenty cells and ten thousand characters."""

    sentences: Sentences

    def takes(self, table: Table) -> bool:
        """Whether every cell can be shown; a channel only has a name in running text."""
        return not any(isinstance(cell, Channel) for row in table.rows for cell in row)

    def block(self, table: Table) -> Element:
        """The table, without the rows that do not fit."""
        rows = [row[:COLUMNS] for row in table.lines[: self.fitting(table) + 1]]
        settings = [{"is_wrapped": self._is_long(column)} for column in zip(*rows, strict=True)]
        cells = [[self._cell(cell) for cell in row] for row in rows]
        return {"type": "table", "column_settings": settings, "rows": cells}

    def lines(self, table: Table) -> Reply:
        """The same table as sentences, a line a row: the text twin, and what a second table becomes."""
        rows = [_line(row) for row in table.lines[:ROWS]]
        more = _more(len(table.lines) - ROWS)
        return sum([*rows[1:], *([more] if more else [])], start=rows[0])

    def missing(self, table: Table) -> Reply | None:
        """The sentence that says how many rows were left out, if any were."""
        return _more(len(table.rows) - self.fitting(table))

    def fitting(self, table: Table) -> int:
        """How many rows fit below the headings."""
        sizes = [sum(len(self._text(cell)) for cell in row) for row in table.lines[:ROWS]]
        fit = list(takewhile(lambda size: size <= TABLE_TEXT, accumulate(sizes)))
        return max(len(fit) - 1, 0)

    def _is_long(self, column: Iterable[Any]) -> bool:
        return any(len(self._text(cell)) > SHORT for cell in column)

    def _cell(self, cell: Any) -> Element:
        if isinstance(cell, Mention) and cell.user:
            return _rich([{"type": "user", "user_id": cell.user}])
        pieces = (
            list(cell.pieces()) if isinstance(cell, KeptWords) and len(self._text(cell)) < CELL_TEXT else []
        )
        if any(isinstance(piece, Channel) for piece in pieces):
            return _rich([self._piece(piece) for piece in pieces if piece])
        return {"type": "raw_text", "text": self._text(cell)}

    def _piece(self, piece: str | Channel) -> Element:
        if isinstance(piece, Channel):
            return {"type": "channel", "channel_id": piece.id}
        return {"type": "text", "text": printable(piece)}

    def _text(self, cell: Any) -> str:
        return shorten(self.sentences.said(_unquoted(cell)), CELL_TEXT) or NOTHING


def _rich(elements: list[Element]) -> Element:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _more(count: int) -> Reply | None:
    return Reply("… and {count} more.", count=count) if count > 0 else None


def _line(row: tuple[Any, ...]) -> Reply:
    cells: dict[str, Any] = {f"cell{number}": _something(cell) for number, cell in enumerate(row)}
    template = "\n" + " · ".join(f"{{{name}}}" for name in cells)
    return Reply(template, **cells)


def _something(cell: Any) -> Any:
    own = _unquoted(cell)
    blank = isinstance(own, str) and not clean(own)
    return NOTHING if blank else own or NOTHING


def _unquoted(cell: Any) -> Any:
    """A cell sets a name off as well as quotes do."""
    return cell.words if isinstance(cell, Name) else cell
