"""Rows under headings, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.reply.values import Term, pack, plain, unpack


def on_page(page: int, size: int, of: int) -> slice:
    """Which of so many things stand on a page, counted from 1; on the first where there is no such page."""
    first = size * (page - 1)
    first = first if 0 < first < of else 0
    return slice(first, first + size)


@dataclass(frozen=True)
class Table:
    """Rows under headings, which are terms of ours; a cell is a value like any other.

    One with a ``caption`` is a report: whoever reads it may sort it. The values of its sentence fill that.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        vars(self)["rows"] = plain(self.rows)

    @property
    def lines(self) -> tuple[tuple[Any, ...], ...]:
        """Everything there is to read: the headings, then the rows."""
        return (tuple(map(Term, self.headings)), *self.rows)

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Table.load`` reads it."""
        rows = [pack(row) for row in self.rows]
        return {"headings": list(self.headings), "rows": rows, "caption": self.caption}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Table":
        """Read what ``json`` wrote."""
        rows = tuple(unpack(row) for row in stored["rows"])
        return cls(tuple(stored["headings"]), rows, stored.get("caption", ""))
