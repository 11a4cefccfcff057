"""A chart as a value, always with the words that say the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Literal

from bot.reply.values import Term, pack, plain, unpack

DAY = 24.0  # hours
DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class DataSeries:
    """One line, or the bars of one colour: a figure for each category."""

    name: Any
    figures: tuple[float, ...]

    def __post_init__(self) -> None:
        vars(self)["name"] = plain(self.name)


@dataclass(frozen=True)
class Chart:
    """What is drawn where a place can draw, and said line by line everywhere.

    The ``title`` is filled by the values of the sentence it hangs on, as a button's label is. ``words`` are
    the lines of the text twin, a thing and what is said of it: ``(Term("Mon"), "from nine to five")``;
    without them the figures are said. A pie takes one series.
    """

    title: str
    kind: Literal["bar", "line", "area", "pie"]
    categories: tuple[Any, ...]
    series: tuple[DataSeries, ...]
    words: tuple[tuple[Any, ...], ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        vars(self).update(categories=plain(self.categories), words=plain(self.words))
        if not self.categories or any(len(one.figures) != len(self.categories) for one in self.series):
            raise ValueError("every series has one figure for each category")
        if not self.series or (self.kind == "pie" and len(self.series) > 1):
            raise ValueError("a pie has one series, and everything else one at least")

    def lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The text twin, as templates and their values, a line each."""
        yield from map(_line, self.words or self._figures())

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Chart.load`` reads it."""
        return {
            "title": self.title,
            "kind": self.kind,
            "categories": pack(self.categories),
            "series": [[pack(one.name), list(one.figures)] for one in self.series],
            "words": pack(self.words),
            "unit": self.unit,
        }

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Chart":
        """Read what ``json`` wrote."""
        return cls(
            stored["title"],
            stored["kind"],
            unpack(stored["categories"]),
            tuple(DataSeries(unpack(name), tuple(figures)) for name, figures in stored["series"]),
            unpack(stored["words"]),
            stored["unit"],
        )

    def _figures(self) -> Iterator[tuple[Any, ...]]:
        """A line a category; of several series each figure has its name before it."""
        named = [one.name for one in self.series] if len(self.series) > 1 else []
        for at, category in enumerate(self.categories):
            figures = [_figure(one.figures[at]) for one in self.series]
            yield (category, *(zip(named, figures, strict=True) if named else figures))


@dataclass(frozen=True)
class OpenDay:
    """When something is open on one day, in local times; what ends before it begins ends the day after.

    ``note`` says what else is to be known of that day, such as why it is skipped.
    """

    name: Any
    spans: tuple[tuple[time, time], ...] = ()
    note: Any = ""

    @property
    def hours(self) -> float:
        """How long it is open; from a time to the same time is a whole day."""
        return sum((_hours(end) - _hours(start)) % DAY or DAY for start, end in self.spans)

    @property
    def said(self) -> tuple[Any, ...]:
        """The day, its times with a dash between them as people write it, and the note."""
        times = ", ".join(f"{start:%H:%M}{DASH}{end:%H:%M}" for start, end in self.spans)
        return tuple(filter(None, (self.name, times or ("" if self.note else Term("closed")), self.note)))


def week_chart(title: str, days: Sequence[OpenDay]) -> Chart:
    """A picture of a week: a bar a day, as high as it is open long, and the times of each day in words."""
    names, hours = tuple(day.name for day in days), tuple(day.hours for day in days)
    words = tuple(day.said for day in days)
    return Chart(title, "bar", names, (DataSeries(Term("Open"), hours),), words, unit="Hours")


def _line(said: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """One line: "Mon: open · holiday", or "Mon: people 3 · hosts 1"."""
    values: dict[str, Any] = {"about": said[0]}
    parts = []
    for number, each in enumerate(said[1:], start=1):
        named = isinstance(each, tuple)
        values |= {f"name{number}": each[0], f"said{number}": each[1]} if named else {f"said{number}": each}
        parts.append(f"{{name{number}}} {{said{number}}}" if named else f"{{said{number}}}")
    return "\n{about}: " + " · ".join(parts), values


def _hours(at: time) -> float:
    return at.hour + at.minute / 60


def _figure(value: float) -> str:
    return f"{value:,.10g}"
