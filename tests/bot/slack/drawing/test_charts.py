"""A chart as Slack draws it; every one is checked by the emulated Slack's strict models."""

from typing import Any

from bot.reply import Chart, DataSeries, Message, Name, Reply, ShownRow
from bot.slack.drawing.render import Renderer
from sandbox.slack.blocks import checked_message, checked_view

BARS = Chart("People in {room}", "bar", ("Mon", "Tue"), (DataSeries("guests", (12, 8)),), unit="People")


def drawn(*charts: Chart, room: str = "standup") -> list[dict[str, Any]]:
    """The blocks of a message with a sentence for each chart, as strict as Slack would look at them."""
    replies = [Reply("{room} was full.", room=room, chart=chart) for chart in charts]
    body = Renderer().body(Message(sum(replies[1:], start=replies[0])))
    checked_message(body["blocks"])
    return body["blocks"]


def plots(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block for block in blocks if block["type"] == "data_visualization"]


def test_a_chart_stands_between_its_sentence_and_its_words() -> None:
    sentence, chart, words = drawn(BARS)

    assert sentence["text"]["text"] == "*standup* was full."
    assert chart == {
        "type": "data_visualization",
        "title": "People in standup",
        "chart": {
            "type": "bar",
            "series": [
                {"name": "guests", "data": [{"label": "Mon", "value": 12}, {"label": "Tue", "value": 8}]}
            ],
            "axis_config": {"categories": ["Mon", "Tue"], "y_label": "People"},
        },
    }
    assert words["text"]["text"] == "*Mon*: *12*\n*Tue*: *8*"


def test_who_hears_a_message_hears_the_figures() -> None:
    said = Reply("{room} was full.", room="standup", chart=BARS)
    assert Renderer().body(Message(said))["text"] == "standup was full.\nMon: 12\nTue: 8"


def test_through_one_point_goes_no_line() -> None:
    for kind in ("line", "area"):
        [chart] = plots(drawn(Chart("People", kind, ("0 min",), (DataSeries("People", (12,)),))))
        assert chart["chart"]["type"] == "bar"


def test_a_pie_leaves_out_what_is_nothing() -> None:
    pie = Chart("Minutes", "pie", ("standup", "yoga"), (DataSeries("minutes", (3, 0)),))
    [chart] = plots(drawn(pie))
    assert chart["chart"] == {"type": "pie", "segments": [{"label": "standup", "value": 3}]}


def test_a_pie_of_nothing_is_said_and_not_drawn() -> None:
    blocks = drawn(Chart("Minutes", "pie", ("standup",), (DataSeries("minutes", (0,)),)))
    assert plots(blocks) == []
    assert [block["text"]["text"] for block in blocks] == ["*standup* was full.", "*standup*: *0*"]


def test_what_is_too_much_for_slack_is_cut_and_said_whole() -> None:
    days = tuple(f"a day with a long name {number}" for number in range(30))
    series = tuple(DataSeries(Name(f"somebody with a long name {number}"), (1,) * 30) for number in range(8))
    blocks = drawn(Chart("{room} " * 5, "line", days, series), room="a room with a long name")

    [chart] = plots(blocks)
    assert (len(chart["chart"]["series"]), len(chart["chart"]["axis_config"]["categories"])) == (6, 20)
    assert len(chart["title"]) == 50
    assert "a day with a long name 29" in str(blocks)


def test_the_third_chart_is_in_words_alone() -> None:
    blocks = drawn(BARS, BARS, BARS)
    assert len(plots(blocks)) == 2
    assert str(blocks).count("*Tue*: *8*") == 3


def test_no_name_is_obeyed_in_a_chart() -> None:
    [chart] = plots(drawn(BARS, room="<!channel>\n*all*"))
    assert chart["title"] == "People in <!channel> *all*"


def test_a_form_has_the_words_and_home_the_picture() -> None:
    message = Message(Reply("{room} was full.", room="standup", chart=BARS))
    form, home = Renderer().blocks(message), Renderer().blocks(message, charts=True)

    checked_view({"type": "home", "blocks": home}, expected="home")
    assert [len(plots(form)), len(plots(home))] == [0, 1]
    assert "*Tue*: *8*" in form[0]["text"]["text"]


def test_a_row_of_a_list_has_the_words() -> None:
    row = ShownRow(Reply("{room} was full.", room="standup", chart=BARS))
    blocks = Renderer().body(Message(Reply("Rooms:"), rows=(row,)))["blocks"]
    assert plots(blocks) == []
    assert "*Tue*: *8*" in str(blocks)
