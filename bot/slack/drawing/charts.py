"""A chart as Slack's block, cut to what Slack takes: its text twin says all of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.reply import Chart, DataSeries, Reply
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import Element
from bot.slack.drawing.limits import legible
from bot.slack.drawing.sentences import Sentences

BLOCK = "data_visualization"
OF_SEVERAL = frozenset({"line", "area"})  # through a single point none is seen


@dataclass(frozen=True)
class Charts:
    """Draws charts; bars of several series stand side by side, since Slack stacks none."""

    sentences: Sentences

    def draw(self, sentence: Reply, chart: Chart) -> Iterator[Element]:
        """The block; none where nothing in it could be drawn, such as a pie of nothing."""
        drawn = self._pie(chart) if chart.kind == "pie" else self._plot(chart)
        if drawn:
            title = legible(self.sentences.plain.sentence(sentence, chart.title), limits.CHART_TITLE)
            kind = "bar" if len(chart.categories) == 1 and chart.kind in OF_SEVERAL else chart.kind
            yield {"type": BLOCK, "title": title, "chart": {"type": kind, **drawn}}

    def _pie(self, chart: Chart) -> Element:
        [series] = chart.series
        slices = zip(self._labels(chart.categories), series.figures, strict=True)
        shown = [{"label": label, "value": figure} for label, figure in slices if figure > 0]
        return {"segments": shown[: limits.SERIES]} if shown else {}

    def _plot(self, chart: Chart) -> Element:
        categories = self._labels(chart.categories[: limits.CATEGORIES])
        names = self._labels(one.name for one in chart.series[: limits.SERIES])
        axes = {"categories": categories} | ({"y_label": self._unit(chart)} if chart.unit else {})
        lines = zip(names, chart.series, strict=False)
        series = [{"name": name, "data": _points(categories, one)} for name, one in lines]
        return {"series": series, "axis_config": axes}

    def _unit(self, chart: Chart) -> str:
        return legible(self.sentences.label(chart.unit), limits.CHART_TITLE)

    def _labels(self, values: Iterable[Any]) -> list[str]:
        """Each cut to what fits; what looks alike then is told apart by a number, as Slack wants it."""
        labels: list[str] = []
        for value in values:
            said = legible(self.sentences.said(value), limits.CHART_LABEL)
            alike = sum(1 for one in labels if one == said)
            labels.append(f"{said[: limits.CHART_LABEL - 4].rstrip()} {len(labels) + 1}" if alike else said)
        return labels


def with_few_charts(blocks: Iterable[Element]) -> list[Element]:
    """The same with no more charts than Slack takes; the others are in words anyway."""
    shown, left = [], limits.CHARTS
    for block in blocks:
        left -= block["type"] == BLOCK
        if block["type"] != BLOCK or left >= 0:
            shown.append(block)
    return shown


def without_charts(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a message, or a view, with nothing to be drawn in it: its words say the same."""
    return {**body, "blocks": [block for block in body["blocks"] if block["type"] != BLOCK]}


def _points(categories: Iterable[str], series: DataSeries) -> list[Element]:
    return [
        {"label": label, "value": figure} for label, figure in zip(categories, series.figures, strict=False)
    ]
