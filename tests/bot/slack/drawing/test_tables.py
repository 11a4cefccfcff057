"""Tables: a report is sorted by what its cells mean; what Slack does not take is left out."""

from datetime import UTC, datetime, timedelta

from bot.reply import Channel, Counted, Mention, Message, Phrase, Reply, Table, Term, TimeOfDay, roughly
from bot.slack.drawing.render import Renderer
from sandbox.slack.blocks import checked_message

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEADINGS = ("Person", "Role")


def block(table: Table, **values: object) -> dict:
    """The table as Slack has it, which takes it."""
    body = Renderer().body(Message(Reply("All of it.", table=table, **values)))
    return dict(checked_message(body["blocks"])[1])


def column(*cells: object) -> list[tuple[object, str]]:
    """What a column is sorted by, and what stands there."""
    drawn = block(Table(("What",), tuple((cell,) for cell in cells), caption="All"))
    return [(row[0].get("value"), row[0]["text"]) for row in drawn["rows"][1:]]


def test_amounts_and_moments_are_sorted_as_such() -> None:
    assert column(12, Counted(3, "answer", "answers")) == [(12, "12"), (3, "3 answers")]
    minutes, hours = timedelta(minutes=100), timedelta(hours=3)
    assert column(roughly(minutes), roughly(hours)) == [(6000, "100 minutes"), (10800, "3 hours")]
    assert column(timedelta(seconds=90))[0][0] == 90
    assert [sorts for sorts, _ in column(AT, TimeOfDay(AT))] == [AT.timestamp()] * 2
    assert column("12", Term("yes"), True) == [(None, "12"), (None, "yes"), (None, "True")]


def test_a_report_has_a_caption_of_its_sentence_and_any_other_table_is_plain() -> None:
    rows = (("Gus", "guest"), (Mention("U0MO", "Mo"), ""))
    report = block(Table(HEADINGS, rows, caption="Who was in {room}"), room="standup")
    assert (report["type"], report["caption"]) == ("data_table", "Who was in standup")
    assert report["rows"][2][1]["text"] == "-"
    assert block(Table(HEADINGS, rows))["type"] == "table"
    assert block(Table(HEADINGS, (), caption="Nobody"))["type"] == "table"


def test_a_channel_within_words_is_a_link_and_a_name_like_one_is_none() -> None:
    about = {"room": "standup", "channel": Channel("C0CLASSES")}
    rows = ((Phrase("{channel} speaks for {room}", **about),), (Phrase("{who} came", who="<#C0MODS>"),))
    meant, named = (row[0] for row in block(Table(("What",), rows, caption="All"))["rows"][1:])
    assert meant["elements"][0]["elements"] == [
        {"type": "channel", "channel_id": "C0CLASSES"},
        {"type": "text", "text": " speaks for standup"},
    ]
    assert named["type"] == "raw_text"


def test_what_does_not_fit_is_counted() -> None:
    many = Table(HEADINGS, tuple((f"Gus {number}", "guest") for number in range(150)), caption="All")
    body = Renderer().body(Message(Reply("All of it.", table=many)))
    assert len(checked_message(body["blocks"])[1]["rows"]) == 100
    assert "… and *51* more." in str(body["blocks"][2])


def test_a_report_is_stored_and_read_as_it_is() -> None:
    report = Table(HEADINGS, (("Gus", roughly(timedelta(hours=3))),), caption="All")
    assert Table.load(report.json()) == report
    assert Table.load({"headings": ["Person"], "rows": [[{"counted": [3, "hour", "hours"]}]]}).caption == ""
