"""A chart says in words what it draws, and is stored as it was said."""

import json
from datetime import time

import pytest

from bot.reply import Chart, DataSeries, File, Name, OpenDay, Plain, Reply, Term, week_chart

NINE, NOON, FIVE, TEN = time(9), time(12), time(17), time(22)
PEOPLE = Chart(
    "People in {room}",
    "bar",
    ("Mon", "Tue"),
    (DataSeries("guests", (12, 8)), DataSeries(Name("All"), (1, 1.5))),
)


def words(chart: Chart) -> list[str]:
    """The text twin, line by line."""
    charted = Reply("{room} was full.", room="standup", chart=chart).charted()
    return [Plain().text(line).strip() for line in charted]


def test_every_figure_is_said_with_the_name_of_its_series() -> None:
    assert words(PEOPLE) == ["Mon: guests 12 · “All” 1", "Tue: guests 8 · “All” 1.5"]


def test_one_series_needs_no_name() -> None:
    assert words(Chart("Minutes", "line", ("Mon", "Tue"), (DataSeries("standup", (1200, 3)),))) == [
        "Mon: 1,200",
        "Tue: 3",
    ]


def test_given_words_are_said_in_place_of_figures() -> None:
    chart = Chart("Open", "pie", ("open",), (DataSeries("h", (8,)),), words=((Term("Mon"), "all day"),))
    assert words(chart) == ["Mon: all day"]


def test_a_week_says_the_times_of_each_day_and_is_as_high_as_it_is_open_long() -> None:
    chart = week_chart(
        "{room} this week",
        [
            OpenDay(Term("Mon"), ((NINE, FIVE),)),
            OpenDay(Term("Tue"), ((NINE, NOON), (TEN, time(2)))),
            OpenDay(Term("Wed"), note="skipped: a holiday"),
            OpenDay(Term("Thu"), ((NINE, NINE),), note="15 minutes more"),
            OpenDay(Term("Fri")),
        ],
    )

    assert words(chart) == [
        "Mon: 09:00\N{EN DASH}17:00",
        "Tue: 09:00\N{EN DASH}12:00, 22:00\N{EN DASH}02:00",
        "Wed: skipped: a holiday",
        "Thu: 09:00\N{EN DASH}09:00 · 15 minutes more",
        "Fri: closed",
    ]
    assert chart.series[0].figures == (8, 7, 0, 24, 0)


def test_it_is_stored_with_the_reply_and_read_back_equal() -> None:
    said = Reply("{room} was full.", room="standup", chart=PEOPLE) + Reply("Look.")
    assert Reply.load(json.loads(json.dumps(said.json()))) == said


def test_what_an_earlier_release_stored_has_none() -> None:
    stored = Reply("Ended {room}.", room="standup").json()
    del stored["chart"]
    assert Reply.load(stored) == Reply("Ended {room}.", room="standup")


@pytest.mark.parametrize(
    ("kind", "categories", "series"),
    [
        ("bar", ("Mon", "Tue"), (DataSeries("guests", (1,)),)),
        ("bar", (), (DataSeries("guests", ()),)),
        ("bar", ("Mon",), ()),
        ("pie", ("Mon",), (DataSeries("guests", (1,)), DataSeries("hosts", (1,)))),
    ],
)
def test_what_cannot_be_drawn_is_a_defect_where_it_is_made(kind, categories, series) -> None:
    with pytest.raises(ValueError, match="series"):
        Chart("People", kind, categories, series)


def test_a_question_on_a_card_stands_without_its_chart() -> None:
    asked = Reply("End {room}?", room="standup", chart=PEOPLE, file=File("a.csv", "a", "Rows"))
    assert (asked.first().chart, asked.first().file) == (None, None)
    assert asked.below().chart == PEOPLE


def test_a_file_is_not_written_down_with_words() -> None:
    with pytest.raises(ValueError, match="not written down"):
        Reply("Here it is.", file=File("standup.ics", "BEGIN:VCALENDAR", "Windows")).json()
