"""Slack's charts as shapes: where bars, lines and slices stand in a drawing of 480 by 220."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
WIDTH, HEIGHT = 480, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 10, 34


@dataclass(frozen=True)
class Shape:
    """One bar, line, area or slice as an SVG path, and what it says to whoever hovers."""

    path: str
    series: int
    title: str
    filled: bool = True


@dataclass(frozen=True)
class Tick:
    """A text on an axis."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """All that the template draws, and the same figures as rows for the table beside it."""

    shapes: tuple[Shape, ...]
    below: tuple[Tick, ...]
    beside: tuple[Tick, ...]
    legend: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> str:
        """Say every figure, for who does not see them: "Mon: guests 3, hosts 1"."""
        (_, *names), *rows = self.rows
        return "; ".join(f"{about}: {_told(names, figures)}" for about, *figures in rows)


def chart(block: Json) -> Chart:
    """Lay out a ``data_visualization`` block.

    Source: Slack, Block Kit reference, data visualization block.
    """
    drawn: Json = block["chart"]
    return _pie(drawn["segments"]) if drawn["type"] == "pie" else _plot(drawn)


def _told(names: list[str], figures: list[str]) -> str:
    return ", ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))


def _figure(value: float) -> str:
    return f"{value:,.10g}"


def _pie(segments: list[Json]) -> Chart:
    total = sum(segment["value"] for segment in segments) or 1
    shapes, start = [], 0.0
    for series, segment in enumerate(segments):
        share = segment["value"] / total
        title = f"{segment['label']}: {_figure(segment['value'])} ({share:.0%})"
        shapes.append(Shape(_slice(start, start + share), series, title))
        start += share
    rows = tuple((segment["label"], _figure(segment["value"])) for segment in segments)
    return Chart(
        tuple(shapes), (), (), tuple(segment["label"] for segment in segments), (("", "Value"), *rows)
    )


def _slice(start: float, end: float) -> str:
    """Cut a slice out of a ring, between two parts of the whole turn."""
    end = min(end, start + 0.99999)  # a whole turn would end where it began, and draw nothing
    large = int(end - start > 0.5)
    outer, inner = HEIGHT / 2 - 10, HEIGHT / 4 - 10
    a, b, c, d = (_on_ring(outer, start), _on_ring(outer, end), _on_ring(inner, end), _on_ring(inner, start))
    return f"M{a}A{outer},{outer} 0 {large} 1 {b}L{c}A{inner},{inner} 0 {large} 0 {d}Z"


def _on_ring(radius: float, turn: float) -> str:
    angle = 2 * math.pi * turn - math.pi / 2
    return f"{WIDTH / 2 + radius * math.cos(angle):.1f},{HEIGHT / 2 + radius * math.sin(angle):.1f}"


@dataclass(frozen=True)
class _Axes:
    """Where a category and a value come to stand."""

    count: int
    low: float
    high: float

    def band(self) -> float:
        return (WIDTH - _LEFT - _RIGHT) / max(self.count, 1)

    def x(self, category: int) -> float:
        return _LEFT + (category + 0.5) * self.band()

    def y(self, value: float) -> float:
        return _TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - _TOP - _BOTTOM)


def _plot(drawn: Json) -> Chart:
    categories: list[str] = drawn["axis_config"]["categories"]
    series: list[Json] = drawn["series"]
    values = [{point["label"]: point["value"] for point in one["data"]} for one in series]
    axes = _axes(len(categories), [value for one in values for value in one.values()])
    draw = {"bar": _bars, "area": _area, "line": _line}[drawn["type"]]
    shapes = [
        shape
        for index, (one, figures) in enumerate(zip(series, values, strict=True))
        for shape in draw(
            axes, [figures.get(name, 0) for name in categories], index, len(series), one["name"]
        )
    ]
    names = tuple(one["name"] for one in series)
    rows = ((name, *(_figure(figures.get(name, 0)) for figures in values)) for name in categories)
    return Chart(tuple(shapes), _below(axes, categories), _beside(axes), names, (("", *names), *rows))


def _axes(count: int, values: list[float]) -> _Axes:
    """Begin at zero and end at a round figure, so that four lines divide it well."""
    low, high = min(0, *values, 0), max(0, *values, 0)
    step = _round_up((high - low) / 4 or 1)
    return _Axes(count, math.floor(low / step) * step, math.ceil((high or step) / step) * step)


def _round_up(step: float) -> float:
    power = 10 ** math.floor(math.log10(step))
    return float(next(nice * power for nice in (1, 2, 2.5, 5, 10) if nice * power >= step * 0.999))


def _bars(axes: _Axes, values: list[float], index: int, count: int, name: str) -> list[Shape]:
    width = axes.band() * 0.7 / count
    left = [axes.x(category) + (index - count / 2) * width for category in range(len(values))]
    return [
        Shape(
            f"M{x:.1f},{axes.y(0):.1f}V{axes.y(value):.1f}h{width - 1:.1f}V{axes.y(0):.1f}Z",
            index,
            f"{name}: {_figure(value)}",
        )
        for x, value in zip(left, values, strict=True)
    ]


def _points(axes: _Axes, values: list[float]) -> str:
    return "L".join(f"{axes.x(at):.1f},{axes.y(value):.1f}" for at, value in enumerate(values))


def _line(axes: _Axes, values: list[float], index: int, _count: int, name: str) -> list[Shape]:
    return [Shape(f"M{_points(axes, values)}", index, name, filled=False)]


def _area(axes: _Axes, values: list[float], index: int, count: int, name: str) -> list[Shape]:
    floor = f"L{axes.x(len(values) - 1):.1f},{axes.y(0):.1f}L{axes.x(0):.1f},{axes.y(0):.1f}Z"
    return [Shape(f"M{_points(axes, values)}{floor}", index, name), *_line(axes, values, index, count, name)]


def _below(axes: _Axes, categories: list[str]) -> tuple[Tick, ...]:
    """Name as many categories as there is room for."""
    every = math.ceil(len(categories) / 10)
    return tuple(
        Tick(axes.x(at), HEIGHT - _BOTTOM + 18, name) for at, name in enumerate(categories) if at % every == 0
    )


def _beside(axes: _Axes) -> tuple[Tick, ...]:
    step = _round_up((axes.high - axes.low) / 4)
    steps = round((axes.high - axes.low) / step)
    values = (axes.low + step * at for at in range(steps + 1))
    return tuple(Tick(_LEFT - 6, axes.y(value), _figure(value)) for value in values)
