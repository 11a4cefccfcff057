"""A command's form in Slack: every input of its kind, and the same values back."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.forms import Form, FormField, Sheet
from bot.command.kinds.base import Input
from bot.reply import Message, Reply
from bot.request.request import Origin
from bot.slack.drawing.form_views import FormViews
from bot.slack.drawing.render import Renderer
from bot.slack.inbound.filled import filled, known
from bot.slack.inbound.payloads import about
from sandbox.slack.blocks import checked_view
from sandbox.slack.choices import elements_of, initially

INPUTS = {
    "room": Input.SEARCH,
    "person": Input.TEXT,
    "user": Input.USER,
    "text": Input.TEXT,
    "sentence": Input.PARAGRAPH,
    "line": Input.TEXT,
    "duration": Input.TEXT,
    "time": Input.MOMENT,
    "number": Input.TEXT,
    "flag": Input.TICK,
    "choice": Input.CHOICE,
    "words": Input.LINES,
    "several": Input.SEVERAL,
}
FIELDS = tuple(
    FormField(name, name.capitalize(), shown, False, ("quiet", "loud"), "A hint")
    for name, shown in INPUTS.items()
)
FORM = Form("Everything there is, and more", "Do it", FIELDS)
ORIGIN = Origin("slack", "key", channel="C0CLASSES", thread="1.2")
VIEWS = FormViews(Renderer())


def sheet(values: dict[str, Any], shown: Sequence[str] = tuple(INPUTS), **labels: str) -> Sheet:
    return Sheet("room create", values, labels, tuple(shown))


def drawn(values: dict[str, Any], problem: Reply | None = None) -> dict[str, Any]:
    view = VIEWS.view(FORM, sheet(values), problem, ORIGIN)
    return dict(checked_view(view, expected="modal"))


def state(view: dict[str, Any]) -> dict[str, Any]:
    """What Slack reports when somebody hands a form in as it opened."""
    values = {
        block["block_id"]: {element["action_id"]: {"type": element["type"], **initially(element)}}
        for block, element in elements_of(view["blocks"])
        if element["type"] != "button"
    }
    return {"values": values}


def test_an_empty_form_is_read_as_nothing_filled_in() -> None:
    assert filled(FORM, state(drawn({}))) == dict.fromkeys(INPUTS) | {"flag": False}


def test_what_a_form_opens_with_is_what_is_read_from_it() -> None:
    values = {
        "room": "65f1a2b3c4d5e6f708192a3b",
        "person": "user:gus_1",
        "user": "<@U0MO>",
        "text": "a\nb",
        "sentence": 'He said "--yes" <b>&amp;',
        "line": "end-room --lock",
        "duration": "1h 30m",
        "time": "2026-11-21T18:30:00+00:00",
        "number": "12",
        "flag": True,
        "choice": "loud",
        "words": ["one", "two words"],
        "several": ["youtube", "twitch"],
    }
    assert filled(FORM, state(drawn(values))) == values


def test_a_moment_in_words_keeps_its_words() -> None:
    assert filled(FORM, state(drawn({"time": "tomorrow 09:00"})))["time"] == "tomorrow 09:00"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert filled(FORM, state(drawn({"sentence": text})))["sentence"] == (text or None)


def test_a_form_says_what_is_missing_and_remembers_where_it_was_asked_for() -> None:
    view = drawn({}, Reply("{name} is missing.", name="Gus"))
    assert view["blocks"][0]["text"]["text"] == "*Gus* is missing."
    held = {"words": "room create", "channel": "C0CLASSES", "thread": "1.2"}
    assert about(view) == held | {"values": {}, "labels": {}}
    assert len(view["title"]["text"]) <= 24


def test_a_skeleton_and_a_sentence_are_views_too() -> None:
    assert checked_view(VIEWS.waiting("End room"), expected="modal")
    assert checked_view(VIEWS.page(Message(Reply("Too late."))), expected="modal")


@pytest.mark.parametrize("blank", [" ", "\n\t", "\u00a0"])
def test_what_shows_nothing_may_stand_in_a_form(blank: str) -> None:
    field = FormField("choice", blank, Input.CHOICE, False, (blank, "loud"), "A hint")
    view = VIEWS.view(Form(blank, blank, (field,)), sheet({"choice": blank}, ["choice"]), None, ORIGIN)
    checked = checked_view(view, expected="modal")
    assert checked["title"]["text"] == "…"
    assert checked["blocks"][0]["element"]["options"][0]["text"]["text"] == "…"


def submitted(view: dict[str, Any]) -> Sheet:
    """The form as Slack hands it in just as it opened."""
    return known(FORM, view | {"state": state(view)})


def test_what_is_not_asked_for_goes_along_unseen() -> None:
    values = {"person": "user:gus_1", "sentence": "spam", "room": "65f1"}
    asked = sheet(values, ["sentence"], person="“Gus” · guest", room="standup")
    view = dict(checked_view(VIEWS.view(FORM, asked, None, ORIGIN), expected="modal"))

    assert [block["type"] for block in view["blocks"]] == ["context", "input", "actions"]
    assert view["blocks"][0]["elements"][0]["text"] == "In *standup*."
    assert "65f1" not in str(view["blocks"])
    found = submitted(view)
    assert dict(found.values) == values
    assert found.labels["person"] == "“Gus” · guest"


def test_what_is_too_long_to_go_along_has_an_input() -> None:
    values = {"sentence": "so " * 900, "text": "short"}
    view = VIEWS.view(FORM, sheet(values, ["text"]), None, ORIGIN)

    assert len(view["private_metadata"]) <= 3000
    assert submitted(view).values["sentence"] == values["sentence"]


def test_what_is_chosen_from_a_list_stands_there_by_its_name() -> None:
    view = VIEWS.view(FORM, sheet({"room": "65f1"}, ["room"], room="standup"), None, ORIGIN)

    option = view["blocks"][0]["element"]["initial_option"]
    assert (option["text"]["text"], option["value"]) == ("standup", "65f1")


@pytest.mark.parametrize("name", ["Gus", "Anna Maria Lopez y Garcia", "“”"])
def test_a_long_name_loses_its_end_and_not_its_quotes(name: str) -> None:
    remove = Form("Remove", "Ask to remove", FIELDS)
    view = VIEWS.view(remove, sheet({"person": "user:1"}, ["text"], person=f"{name} · guest"), None, ORIGIN)

    title = view["title"]["text"]
    assert len(title) <= 24
    assert title.startswith(f"Remove “{name[:10]}")
    assert title.endswith("”")


def test_a_preview_asks_for_nothing_and_carries_all_that_was_filled_in() -> None:
    asked = Reply("Do it for {who}?", button="Do it for {who}", who="Gus").with_facts([Reply("at once")])

    view = dict(
        checked_view(VIEWS.preview(FORM, sheet({"text": "spam"}), asked, ORIGIN, "UTC"), expected="modal")
    )

    assert view["submit"]["text"] == "Do it for Gus"
    assert {block["type"] for block in view["blocks"]} == {"header", "section"}
    assert known(FORM, view | {"state": {"values": {}}}).values == {"text": "spam"}


def test_what_a_preview_could_not_remember_is_not_previewed() -> None:
    asked = Reply("Do it?", button="Do it")
    assert VIEWS.preview(FORM, sheet({"text": "x" * 2600}), asked, ORIGIN, "UTC") is None


@pytest.mark.parametrize(
    ("about", "beside", "beneath"),
    [("Nobody learns who", "Nobody learns who", None), ("x" * 76, "Anon", "x" * 76)],
)
def test_what_a_tick_says_stands_beside_it_where_there_is_room(
    about: str, beside: str, beneath: str | None
) -> None:
    form = Form("Make poll", "Make it", (FormField("anon", "Anon", Input.TICK, False, (), about),))

    block = VIEWS.view(form, sheet({}, ("anon",)), None, ORIGIN)["blocks"][-1]

    assert block["element"]["options"][0]["text"]["text"] == beside
    assert block.get("hint", {}).get("text") == beneath
