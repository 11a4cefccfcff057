import re
from typing import Any

import pytest

from sandbox.slack.page.charts import HEIGHT, WIDTH, chart
from sandbox.slack.page.drawing import draw
from tests.house.source import ROOT
from tests.sandbox.slack.page.test_blocks import READER

DAYS = ["Mon", "Tue", "Wed"]


def plot(kind: str, **series: list[float]) -> dict[str, Any]:
    lines = [
        {
            "name": name,
            "data": [{"label": day, "value": value} for day, value in zip(DAYS, values, strict=True)],
        }
        for name, values in series.items()
    ]
    return {
        "type": "data_visualization",
        "title": "People a day",
        "chart": {"type": kind, "series": lines, "axis_config": {"categories": DAYS}},
    }


def pie(*values: float) -> dict[str, Any]:
    segments = [{"label": f"room {at}", "value": value} for at, value in enumerate(values)]
    return {
        "type": "data_visualization",
        "title": "Minutes",
        "chart": {"type": "pie", "segments": segments},
    }


def test_bars_stand_side_by_side_one_for_each_figure() -> None:
    drawn = chart(plot("bar", standup=[1, 2, 3], lecture=[4, 5, 6]))
    assert len(drawn.shapes) == 6
    assert drawn.legend == ("standup", "lecture")
    assert drawn.shapes[0].title == "standup: 1"


def test_the_axis_begins_at_zero_and_counts_in_round_steps() -> None:
    drawn = chart(plot("bar", standup=[3, 47, 91]))
    assert [tick.text for tick in drawn.beside] == ["0", "25", "50", "75", "100"]
    assert [tick.text for tick in drawn.below] == DAYS


@pytest.mark.parametrize(
    "values", [[0, 0, 0], [-5, 0, 5], [-3, -2, -1], [0.001, 0.002, 0.003], [1e9, 2e9, 3e9]]
)
@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_everything_stays_inside_the_drawing(kind: str, values: list[float]) -> None:
    drawn = chart(plot(kind, standup=values))
    assert 2 <= len(drawn.beside) <= 10
    assert all(0 <= tick.x <= WIDTH and 0 <= tick.y <= HEIGHT for tick in (*drawn.beside, *drawn.below))


def test_a_pie_says_each_share() -> None:
    drawn = chart(pie(1, 3))
    assert [shape.title for shape in drawn.shapes] == ["room 0: 1 (25%)", "room 1: 3 (75%)"]


def test_a_pie_of_one_slice_is_still_drawn() -> None:
    (whole,) = chart(pie(7)).shapes
    start, end = whole.path.split("A")[0][1:], whole.path.split(" ")[-1]
    assert start != end


def test_the_same_figures_stand_in_a_table() -> None:
    assert chart(plot("line", standup=[1, 2.5, 3000])).rows == (
        ("", "standup"),
        ("Mon", "1"),
        ("Tue", "2.5"),
        ("Wed", "3,000"),
    )
    html = draw("blocks.html", READER, blocks=[plot("area", standup=[1, 2, 3])], where="m-1")
    assert 'role="img" aria-label="People a day: area chart. ' in html
    assert "<summary>The same as a table</summary>" in html
    assert "style=" not in html


def test_each_of_twelve_has_a_colour_of_its_own() -> None:
    drawn = chart(pie(*range(1, 13)))
    styles = (ROOT / "sandbox/slack/page/static/blocks.css").read_text()

    colours = [
        re.search(rf"\.series-{shape.series} {{ --series: (.*?); }}", styles) for shape in drawn.shapes
    ]
    assert len({found[1] for found in colours if found}) == 12


def test_who_does_not_see_a_chart_hears_its_figures() -> None:
    html = draw("blocks.html", READER, blocks=[plot("bar", standup=[1, 2, 3], yoga=[0, 1, 0])], where="m")
    said = "People a day: bar chart. Mon: standup 1, yoga 0; Tue: standup 2, yoga 1; Wed: standup 3, yoga 0"
    assert f'role="img" aria-label="{said}"' in html
