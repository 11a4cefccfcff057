"""What hangs on a reply, for somebody who reads it at a shell."""

import json

from bot.command import Registry
from bot.reply import Chart, DataSeries, File, Plain, Reply
from bot.shell.do import Outcome, words_of

FILE = File("standup.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Windows of {room}", "text/calendar")
ENDED = Outcome(0, "done", "Here are the windows of standup.", 0, (FILE,))


def test_a_chart_is_read_line_by_line() -> None:
    chart = Chart("People in {room}", "bar", ("Mon", "Tue"), (DataSeries("guests", (12, 8)),))
    said = Reply("{room} was full.", room="standup", chart=chart)
    assert words_of(said, Plain(), Registry()) == "standup was full.\nMon: 12\nTue: 8"


def test_a_file_is_printed_below_the_words() -> None:
    assert ENDED.printed(as_json=False).splitlines() == [
        "Here are the windows of standup.",
        "",
        "standup.ics:",
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
    ]


def test_json_has_it_as_it_is() -> None:
    assert json.loads(ENDED.printed(as_json=True))["files"] == [
        {"name": "standup.ics", "kind": "text/calendar", "content": FILE.content}
    ]


def test_without_a_file_json_says_what_it_always_said() -> None:
    assert set(json.loads(Outcome(1, "done", "Done.", 0).printed(as_json=True))) == {
        "request",
        "state",
        "text",
    }


def test_what_is_in_a_file_moves_nothing_at_a_terminal() -> None:
    odd = Outcome(0, "done", "Here.", 0, (File("a.csv", "Gus\x1b[31m", "Rows"),))
    assert "\x1b" not in odd.printed(as_json=False)
