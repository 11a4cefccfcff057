"""Forms, Homes and offered options are refused beyond their limits."""

import pytest

from sandbox.slack.blocks import checked_options, checked_view
from sandbox.slack.refusal import Refusal
from tests.sandbox.slack.block_kit import (
    DIVIDER,
    TEXT_INPUT,
    asked,
    modal,
    mrkdwn,
    option,
    plain,
    table,
)

VIEW_LIMITS = [
    (modal(), "no fewer than 1 items allowed [json-pointer:/view/blocks]"),
    (modal(*[DIVIDER] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (
        modal(DIVIDER, title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    (
        modal(DIVIDER, submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    (
        modal(DIVIDER, close=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/close/text]",
    ),
    (
        modal(DIVIDER, private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (
        modal(DIVIDER, callback_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    (modal(DIVIDER, foo=1), "unknown field: foo [json-pointer:/view/foo]"),
    (modal(table(["x"])), "unsupported type: table [json-pointer:/view/blocks/0/type]"),
    (modal(asked(TEXT_INPUT), submit=None), "missing required field: submit [json-pointer:/view]"),
    (
        modal(*(asked({"type": "plain_text_input", "focus_on_load": True}) for _ in range(2))),
        "only one element may set focus_on_load [json-pointer:/view/blocks]",
    ),
    (
        modal({**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "a"}),
        "`block_id` a already exists [json-pointer:/view/blocks/1/block_id]",
    ),
    ({"type": "home", "blocks": []}, "must be one of: 'modal' [json-pointer:/view/type]"),
    (None, "must provide an object [json-pointer:/view]"),
]


@pytest.mark.parametrize(("view", "fault"), VIEW_LIMITS, ids=[fault for _, fault in VIEW_LIMITS])
def test_a_form_has_limits(view, fault) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_view(view, expected="modal")

    assert refusal.value.code == "invalid_arguments"
    assert f"[ERROR] {fault}" in refusal.value.messages


def test_a_form_takes_what_is_within_its_limits() -> None:
    view = modal(*[DIVIDER] * 99, asked(TEXT_INPUT), title=plain("x" * 24), private_metadata="x" * 3000)

    assert len(checked_view(view, expected="modal")["blocks"]) == 100


def test_a_home_has_neither_a_title_nor_more_than_a_hundred_blocks() -> None:
    home = {"type": "home", "blocks": [DIVIDER] * 100}
    assert len(checked_view(home, expected="home")["blocks"]) == 100

    for wrong in ({**home, "title": plain("x")}, {**home, "blocks": [DIVIDER] * 101}):
        with pytest.raises(Refusal):
            checked_view(wrong, expected="home")


def test_a_view_has_less_than_250_kilobytes() -> None:
    blocks = [{"type": "section", "text": mrkdwn("x" * 2900)}] * 84
    assert checked_view(modal(*blocks), expected="modal")

    with pytest.raises(Refusal) as refusal:
        checked_view(modal(*blocks, *blocks[:3]), expected="modal")

    assert refusal.value.code == "view_too_large"


def test_an_external_select_is_offered_a_hundred_options() -> None:
    options = [option(str(number)) for number in range(101)]
    grouped = {"option_groups": [{"label": plain("x"), "options": options[:2]}]}
    assert len(checked_options({"options": options[:100]})) == 100
    assert len(checked_options(grouped)) == 2

    with pytest.raises(Refusal):
        checked_options({"options": options})
