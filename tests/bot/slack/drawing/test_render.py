"""What a message looks like in Slack; every one is checked by the emulated Slack's strict models."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import (
    Channel,
    Code,
    Counted,
    Day,
    Either,
    KeptWords,
    Mention,
    Message,
    Name,
    Reply,
    ShownButton,
    Table,
    Term,
    TimeOfDay,
)
from bot.slack.drawing.render import Renderer
from bot.slack.drawing.sentences import Sentences
from sandbox.slack.blocks import checked_message

AT = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
DATED = "<!date^1795257900^at {date_short_pretty} at {time}|at 21 Nov 10:45 UTC>"
MO = Mention("U0MO", "Mo")


def body(message: Message, renderer: Renderer | None = None) -> dict[str, Any]:
    """The body of a message, as strict as Slack would look at it."""
    made = (renderer or Renderer()).body(message)
    checked_message(made["blocks"])
    assert 0 < len(made["text"]) <= 3000
    return made


def said(reply: Reply) -> str:
    """The markup of a message's first block."""
    return body(Message(reply))["blocks"][0]["text"]["text"]


def test_values_are_bold_and_our_words_are_not() -> None:
    assert said(Reply("Ended {room}.", room="standup")) == "Ended *standup*."


def test_our_own_words_as_a_value_are_not_bold_either() -> None:
    changed = (Term("a host joined"), Term("somebody's role has changed"))
    reply = Reply("Nothing was done yet, because {changed}.", changed=changed)
    assert said(reply) == "Nothing was done yet, because a host joined and somebody's role has changed."
    assert Reply.load(json.loads(json.dumps(reply.json()))) == reply


def test_each_kind_of_value_is_shown_as_what_it_is() -> None:
    reply = Reply(
        "{by} in {channel} at {at}, on {day}, for {people}, {took}: {line}",
        by=MO,
        channel=Channel("C0CLASSES"),
        at=AT,
        day=Day(AT),
        people=Counted(2, "person", "people"),
        took=timedelta(minutes=90),
        line=Code("/hms who"),
    )
    assert said(reply) == (
        f"<@U0MO> in <#C0CLASSES> {DATED}, "
        "<!date^1795257900^on {date_short_pretty}|on Nov 21, 2026>, for 2 people, *1h 30m*: `/hms who`"
    )


def test_a_list_is_said_as_a_list() -> None:
    assert (
        said(Reply("Stops {running}.", running=("a recording", "a stream")))
        == "Stops *a recording* and *a stream*."
    )


def test_the_words_of_a_template_may_hold_code() -> None:
    assert said(Reply("Type `/hms say {text}`.", text="a`b")) == "Type `/hms say a\u02cbb`."


def test_a_hostile_name_stays_a_name() -> None:
    made = body(Message(Reply("Removed {name}.", name="<!channel> *Ada*\n_x_")))
    assert made["blocks"][0]["text"]["text"] == "Removed *&lt;!channel&gt; \u2217Ada\u2217 \u02cdx\u02cd*."
    assert made["text"] == "Removed &lt;!channel&gt; *Ada* _x_."


def test_the_command_is_called_as_it_is_here() -> None:
    renderer = Renderer(Sentences(command="/video"))
    made = body(Message(Reply("Try /hms help or {line}.", line=Code("/hms who"))), renderer)
    assert made["text"] == "Try /video help or /video who."
    assert made["blocks"][0]["text"]["text"] == "Try /video help or `/video who`."


def test_a_card_says_everything_in_its_text_too() -> None:
    asked = Reply("Remove {name} from {room}?", name=Name("Gus"), room="standup")
    case = Reply("", facts=[Reply("{role}", role="guest"), Reply("could come back in")])
    message = Message(
        Reply("{asker}: {why}\n", asker=MO, why="spam & more") + case,
        title=asked,
        state=Reply("waits for {whom} (until {until})", whom="a second moderator", until=TimeOfDay(AT)),
        buttons=(
            ShownButton("Remove “Gus”", "decision:x:1:yes", "danger", about="Remove “Gus”, request 7"),
            ShownButton("Deny", "decision:x:1:no"),
        ),
    )
    made = body(message)
    assert [block["type"] for block in made["blocks"]] == [
        "header",
        "section",
        "context",
        "actions",
    ]
    assert made["blocks"][1]["text"]["text"] == "<@U0MO>: *spam &amp; more*\n*guest* · could come back in"
    assert made["text"].splitlines() == [
        "Remove “Gus” from standup?",
        "Mo: spam &amp; more",
        "guest · could come back in",
        "waits for a second moderator <!date^1795257900^(until {time}|(until 10:45 UTC>)",
    ]
    assert [button["accessibility_label"] for button in made["blocks"][3]["elements"]] == [
        "Remove “Gus”, request 7",
        "Deny",
    ]


def test_a_word_before_a_moment_stands_within_it_so_that_the_day_has_no_capital() -> None:
    assert said(Reply("Locked until {until}.", until=AT)) == (
        "Locked <!date^1795257900^until {date_short_pretty} at {time}|until 21 Nov 10:45 UTC>."
    )
    assert said(Reply("{until} · #7", until=AT)).startswith(
        "<!date^1795257900^{date_short_pretty} at {time}|"
    )
    assert said(Reply("Max. {until}", until=AT)).startswith("Max. <!date^1795257900^{date_short_pretty}")


def test_somebodys_name_stands_in_quotes_but_not_in_a_cell() -> None:
    table = Table(("Who",), ((Name("All"),),))
    made = body(Message(Reply("{who} left.", who=Name("All”, “the")) + Reply("They were:", table=table)))
    assert made["blocks"][0]["text"]["text"] == "“All', 'the” left. They were:"
    assert made["blocks"][1]["rows"][1][0]["text"] == "All"
    assert made["text"] == "“All', 'the” left. They were:\nAll"


def test_one_of_several_is_said_with_or() -> None:
    assert said(Reply("{who} decide.", who=Either((MO, Mention("U0MAX", "Max"))))) == (
        "<@U0MO> or <@U0MAX> decide."
    )


def test_buttons_have_ids_of_their_own_and_keep_their_value() -> None:
    shown = tuple(ShownButton(f"Room {number} " + "x" * 90, f"offer:x:{number}:", "") for number in range(30))
    made = body(Message(Reply("Which room?"), buttons=shown))
    buttons = [button for block in made["blocks"][1:] for button in block["elements"]]
    assert [button["action_id"] for button in buttons] == [f"press:{number}" for number in range(30)]
    assert buttons[29]["value"] == "offer:x:29:"
    assert len(buttons[0]["text"]["text"]) == 75


def test_a_table_is_a_table_and_its_text_says_the_same() -> None:
    table = Table(("Name", "Role", "Since"), (("Gus", "guest", AT), (MO, "", AT)))
    made = body(
        Message(Reply("In {room}:", room="standup", table=table)), Renderer().read_in("Europe/Berlin")
    )
    rows = made["blocks"][1]["rows"]
    assert [cell["text"] for cell in rows[1]] == ["Gus", "guest", "21 Nov 11:45"]
    assert rows[2][0]["elements"][0]["elements"] == [{"type": "user", "user_id": "U0MO"}]
    assert rows[2][1]["text"] == "-"
    assert made["blocks"][1]["column_settings"] == [{"is_wrapped": False}] * 3
    assert made["text"].splitlines()[0] == "In standup:"
    assert made["text"].splitlines()[2].startswith("Mo · Role: - · Since: <!date^")


def test_a_column_of_long_texts_is_wrapped() -> None:
    table = Table(("Command", "What it does"), (("/hms who", "See who is in a live session."),))
    [_, drawn] = body(Message(Reply("You can run:", table=table)))["blocks"]
    assert drawn["column_settings"] == [{"is_wrapped": False}, {"is_wrapped": True}]


def test_a_long_table_says_how_much_was_left_out() -> None:
    table = Table(("Name",), tuple((f"Person {number}",) for number in range(140)))
    made = body(Message(Reply("In the room:", table=table)))
    assert len(made["blocks"][1]["rows"]) == 100
    assert made["blocks"][2]["elements"][0]["text"] == "… and *41* more."


def test_a_second_table_becomes_lines() -> None:
    table = Table(("Name",), (("Gus",),))
    made = body(Message(Reply("One:", table=table) + Reply("Two:", table=table)))
    assert [block["type"] for block in made["blocks"]] == ["section", "table", "section"]
    assert made["blocks"][2]["text"]["text"] == "Two:\n*Gus*"


@given(st.lists(st.text(max_size=4000), max_size=80))
def test_whatever_is_said_fits(values: list[str]) -> None:
    reply = sum((Reply("{value}", value=value) for value in values), start=Reply("Said:"))
    body(Message(reply, title=reply, state=reply))


def test_far_too_much_is_cut_so_that_the_reader_can_tell() -> None:
    reply = sum((Reply("{value}", value="x" * 1400) for _ in range(30)), start=Reply("Said:"))
    made = body(Message(reply, buttons=(ShownButton("Undo", "offer:x:0:"),)))
    assert made["blocks"][-2]["text"]["text"] == "…"
    assert made["blocks"][-1]["type"] == "actions"


def test_a_table_with_channels_and_code_is_a_table() -> None:
    rows = (("standup", Channel("C0CLASSES"), Code("/hms who")), ("yoga", "", ""))
    made = body(Message(Reply("Rooms:", table=Table(("Room", "Channel", "Line"), rows))))
    heading, first, second = made["blocks"][1]["rows"]
    assert [cell["text"] for cell in [*heading, *second]] == ["Room", "Channel", "Line", "yoga", "-", "-"]
    assert [cell["elements"][0]["elements"] for cell in first[1:]] == [
        [{"type": "channel", "channel_id": "C0CLASSES"}],
        [{"type": "text", "text": "/hms who", "style": {"code": True}}],
    ]


def test_what_is_no_table_says_each_value_behind_its_heading() -> None:
    pairs = Table(("What", "How"), ((Term("Open"), Term("no")), (Term("Zone"), "*Berlin*")))
    rooms = Table(("Room", "Open", "Channel"), (("standup", Term("open"), Channel("C0CLASSES")),))
    first, second = Reply("One:", table=pairs), Reply("Two:", table=rooms)

    drawn = [block["text"]["text"] for block in Renderer().reply(first + second, tables=False)]
    text = Renderer().text(Message(first + second))

    assert drawn == [
        "One:\n*Open*: no\n*Zone*: ∗Berlin∗ Two:\n*standup* · Open: open · Channel: <#C0CLASSES>"  # noqa: RUF001
    ]
    assert text.splitlines()[1:3] == ["Open: no", "Zone: *Berlin* Two:"]


def test_what_a_cell_says_is_found_once() -> None:
    class Cell:
        said_so_often = 0

        def __str__(self) -> str:
            self.said_so_often += 1
            return "a cell"

    cell = Cell()
    body(Message(Reply("One:", table=Table(("Name",), ((cell,),)))))

    assert cell.said_so_often == 2  # in the table, and in the text that says the same


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0"])
def test_what_shows_nothing_is_drawn_as_something_that_slack_takes(blank: str) -> None:
    nobody, table = Reply("{who}", who=blank), Table(("Name",), ((blank,),))
    reply = nobody + Reply("{who}", who=blank, table=table)
    made = body(Message(reply, title=nobody, state=nobody, buttons=(ShownButton(" ", "offer:x:0:"),)))
    heading, shown, state, button = made["blocks"]
    assert made["text"] == "-"
    assert heading["text"]["text"] == state["elements"][0]["text"] == "…"
    assert shown["rows"][1][0]["text"] == "-"
    assert button["elements"][0]["text"]["text"] == "…"
    assert body(Message(nobody))["text"] == "…"


def test_a_heading_a_label_and_a_cell_move_nothing() -> None:
    trick = "Gus\x1b[31m\x07\x9b2J\u202e\u2066\ufeff"
    table = Table(("Name",), ((trick,), (KeptWords(f"{trick} in <#C0CLASSES>, said {trick}"),)))
    made = body(
        Message(
            Reply("{who} is here.", who=trick, table=table),
            title=Reply("About {who}", who=trick),
            state=Reply("By {who}", who=Mention("U0MO", trick)),
            buttons=(ShownButton(f"Remove {trick}", "v"),),
        )
    )

    shown = json.dumps(made, ensure_ascii=False)
    assert shown.count("Gus[31m2J") > 8
    assert not set("\x07\x1b\x9b\u202e\u2066\ufeff") & set(shown)
    assert "\\u" not in shown
    (section,) = next(block for block in made["blocks"] if block["type"] == "table")["rows"][2][0]["elements"]
    assert [piece["type"] for piece in section["elements"]] == ["text", "channel", "text"]
