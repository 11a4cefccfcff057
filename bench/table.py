"""What a benchmark brings back: a titled table, and what has to be known to read it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows of cells as they are printed; the first column names what was measured.

    ``notes`` are sentences below it: how it was measured, what could not be measured here.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()

    def markdown(self) -> str:
        """A section of docs/performance.md."""
        lines = [self.columns, ["---", *["--:"] * (len(self.columns) - 1)], *self.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return "\n\n".join([f"### {self.title}", table, *self.notes])


def times(value: float, peer: float) -> str:
    """How a figure compares with its peer's, as in ``0.07 x``."""
    ratio = value / peer
    return f"{ratio:.2f} ×" if ratio >= 0.1 else f"{ratio:.3f} ×"


def milliseconds(seconds: float) -> str:
    """A length of time as a cell."""
    return f"{seconds * 1000:.2f} ms"
