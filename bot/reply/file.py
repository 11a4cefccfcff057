"""A small file as a value."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

# A spreadsheet takes what begins so for a formula, also in its wide forms, and people choose their names.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


@dataclass(frozen=True)
class File:
    """Words that are kept better in a file: a calendar, a table for a spreadsheet.

    The ``title`` is filled by the values of the sentence it hangs on; ``kind`` is a media type. With the
    answer to a look it is never written down; in the thread of a post it is, until it is there.
    """

    name: str
    content: str
    title: str
    kind: str = "text/plain"

    @property
    def data(self) -> bytes:
        """What is sent."""
        return self.content.encode()

    def json(self) -> Mapping[str, str]:
        """The same for a program that reads what a shell prints."""
        return {"name": self.name, "kind": self.kind, "content": self.content}

    @classmethod
    def load(cls, stored: Mapping[str, str]) -> Self:
        """Read what ``json`` wrote, and the title beside it."""
        return cls(stored["name"], stored["content"], stored["title"], stored["kind"])


def spreadsheet(name: str, title: str, headings: Iterable[str], rows: Iterable[Iterable[object]]) -> File:
    """Rows under headings as a file for a spreadsheet, in which whatever somebody wrote is only read.

    A cell that would be a formula stands behind an apostrophe, which spreadsheets show as text. A number of
    ours stays one. The same rows are the same bytes.
    """
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow([_cell(heading) for heading in headings])
    lines.writerows([_cell(value) for value in row] for row in rows)
    return File(f"{name}.csv", BYTE_ORDER_MARK + written.getvalue(), title, "text/csv")


def _cell(value: object) -> str:
    said = "" if value is None else str(value)
    return f"'{said}" if isinstance(value, str) and said.startswith(FORMULA) else said
