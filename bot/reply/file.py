"""A small file as a value."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a cell begins that a spreadsheet would run


@dataclass(frozen=True)
class File:
    """Words that are kept better in a file: a calendar, a table for a spreadsheet.

    The ``title`` is filled by the values of the sentence it hangs on; ``kind`` is a media type. It goes with
    the answer to a look, and is never written down.
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


def spreadsheet(name: str, title: str, headings: Iterable[str], rows: Iterable[Iterable[object]]) -> File:
    """Rows under headings as a file for a spreadsheet, in which whatever somebody wrote is only read.

    A cell that would be a formula stands behind an apostrophe, which spreadsheets show as text. A number of
    ours stays one.
    """
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow([_cell(heading) for heading in headings])
    lines.writerows([_cell(value) for value in row] for row in rows)
    return File(f"{name}.csv", written.getvalue(), title, "text/csv")


def _cell(value: object) -> str:
    said = "" if value is None else str(value)
    return f"'{said}" if isinstance(value, str) and said.startswith(FORMULA) else said
