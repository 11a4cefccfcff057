"""What a benchmark brings back: a titled table, and what has to be known to read it."""

from collections.abc import Sequence
from dataclasses import dataclass

TIMES = "×"  # noqa: RUF001 -- no letter, the sign


@dataclass(frozen=True)
class Table:
    """Rows of cells as they are printed; the first column names what was measured.

    ``note`` says below it how it was measured, and what could not be measured here.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def markdown(self) -> str:
        """A section of docs/performance.md."""
        lines = [self.columns, ["---", *["--:"] * (len(self.columns) - 1)], *self.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return "\n\n".join(filter(None, [f"### {self.title}", table, self.note]))


def at(measured: Sequence[float], part: float) -> float:
    """The value that this part of what was measured does not exceed: 0.5 for the median, 0.99 for p99."""
    ordered = sorted(measured)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def times(value: float, peer: float) -> str:
    """How a figure compares with its peer's."""
    return _ratio(value / peer)


def bar(ratio: float, *, most: float | None = None, least: float | None = None) -> str:
    """A ratio beside the bar it has to stay below or to reach; in bold when it does not."""
    wanted = f"at most {most:g}" if most is not None else f"at least {least:g}"
    good = (most is None or ratio <= most) and (least is None or ratio >= least)
    return f"{_ratio(ratio)} ({wanted})" if good else f"**{_ratio(ratio)}** ({wanted})"


def limit(value: float, most: float, said: str) -> str:
    """A figure beside what it may be at most, both as ``said`` writes them; in bold when it is more."""
    cell = said.format(value) if value <= most else f"**{said.format(value)}**"
    return f"{cell} (at most {most:g})"


def milliseconds(seconds: float) -> str:
    """A length of time as a cell."""
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f} {TIMES}" if ratio >= 0.1 else f"{ratio:.3f} {TIMES}"
