"""Questions as inputs of a form: Slack takes them, and what they show is what is read."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.drafts import DraftOption, DraftQuestion, Questions
from bot.slack.drawing.question_inputs import QuestionInputs, change_of, read
from bot.slack.drawing.render import Renderer
from sandbox.slack.blocks import checked_view
from sandbox.slack.choices import elements_of, initially

INPUTS = QuestionInputs(Renderer(), "questions")
TEXTS = st.text(max_size=200)


def held(*asked: DraftQuestion) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in asked]


def view(questions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The questions as a form of Slack's, filled in as it opened."""
    plain = {"type": "plain_text", "text": "Do it"}
    blocks = list(INPUTS.blocks(questions))
    body = checked_view(
        {"type": "modal", "title": plain, "submit": plain, "close": plain, "blocks": blocks}, expected="modal"
    )
    state: dict[str, Any] = {}
    for block, element in elements_of(blocks):
        if block["type"] == "input":
            state[block["block_id"]] = {
                element["action_id"]: {"type": element["type"], **(initially(element) or {})}
            }
    return {**body, "state": {"values": state}}


@given(
    st.lists(
        st.builds(
            DraftQuestion,
            key=st.integers(1, 99),
            was=st.integers(0, 9),
            text=TEXTS,
            way=st.sampled_from(["one", "several"]),
            options=st.lists(
                st.builds(DraftOption, key=st.integers(1, 99), text=TEXTS, right=st.booleans()),
                max_size=10,
                unique_by=lambda one: one.key,
            ).map(tuple),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one.key,
    )
)
def test_what_a_form_shows_is_what_is_read(asked: list[DraftQuestion]) -> None:
    assert read("questions", view(held(*asked))) == held(*asked)


def test_a_block_keeps_its_name_wherever_it_stands() -> None:
    lyon, paris = DraftOption(key=1, text="Lyon"), DraftOption(key=2, text="Paris")
    before = Questions(asked=(DraftQuestion(key=1, text="France?", options=(lyon, paris)),))

    def named(questions: Questions) -> dict[str, str]:
        return {
            block["element"].get("initial_value", ""): block["block_id"]
            for block in view(held(*questions.asked))["blocks"]
            if block["type"] == "input"
        }

    first, then = named(before), named(before.changed("up 1 2").changed("add").changed("up 2"))
    assert [first[text] for text in ("France?", "Lyon", "Paris")] == [
        then[text] for text in ("France?", "Lyon", "Paris")
    ]


def test_the_longest_form_is_one_that_slack_takes() -> None:
    options = tuple(DraftOption(key=key, text="x" * 500) for key in range(1, 11))
    asked = [DraftQuestion(key=key, text="y" * 500, options=options) for key in range(1, 6)]
    assert Questions(asked=tuple(asked)).fits_form
    assert len(view(held(*asked))["blocks"]) <= 90


@pytest.mark.parametrize(
    ("pressed", "change"),
    [
        ({"action_id": "question:add", "value": "add"}, "add"),
        ({"action_id": "question:change", "selected_option": {"value": "up 1 2"}}, "up 1 2"),
        ({"action_id": "value", "block_id": "questions/1.0/way"}, "draw"),
        ({"action_id": "value", "block_id": "room"}, ""),
        ({"action_id": "more", "block_id": "more"}, ""),
    ],
)
def test_what_a_press_changes(pressed: dict[str, Any], change: str) -> None:
    assert change_of(pressed) == change


def test_what_was_never_offered_is_no_answer() -> None:
    asked = DraftQuestion(key=1, text="Where?", options=(DraftOption(key=1, text="Rome", right=True),))
    form = view(held(asked))
    for block, element in elements_of(form["blocks"]):
        report = form["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
        for one in [report.get("selected_option"), *report.get("selected_options", ())]:
            if one:
                one["value"] = "decision:x:1:yes"
    strange = {"type": "input", "block_id": "questions/decision:x/text", "element": {}}

    [found] = read("questions", {**form, "blocks": [*form["blocks"], strange]})

    assert (found["text"], found["way"]) == ("Where?", "one")
    assert [option["right"] for option in found["options"]] == [False]
