"""Block Kit is refused where Slack would refuse it, with a pointer to what is wrong."""

import pytest

from sandbox.slack.blocks import checked_message
from sandbox.slack.refusal import Refusal
from tests.sandbox.slack.block_kit import (
    CONFIRM,
    DIVIDER,
    PICTURE,
    TEXT_INPUT,
    actions,
    asked,
    button,
    chart,
    container,
    line,
    menu,
    mrkdwn,
    option,
    plain,
    table,
)

LIMITS = [
    ({"type": "zip"}, "unsupported type: zip [json-pointer:/blocks/0/type]"),
    ({}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "alert", "text": plain("x")}, "unsupported type: alert [json-pointer:/blocks/0/type]"),
    ({**DIVIDER, "foo": 1}, "unknown field: foo [json-pointer:/blocks/0/foo]"),
    (
        {**DIVIDER, "block_id": "x" * 256},
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    ({"type": "section"}, "must provide either text or fields [json-pointer:/blocks/0]"),
    (
        {"type": "section", "text": mrkdwn("x" * 3001)},
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "section", "text": mrkdwn("")},
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/blocks/0/text]"),
    (
        {"type": "section", "fields": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        {"type": "section", "text": plain("x"), "accessory": TEXT_INPUT},
        "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
    ),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "header", "text": mrkdwn("x")},
        "must be one of: 'plain_text' [json-pointer:/blocks/0/text/type]",
    ),
    (
        {"type": "context", "elements": [plain("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(*[button()] * 26), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    (actions(button(), button()), "action_id `go` already exists [json-pointer:/blocks/0]"),
    (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions(button(text=mrkdwn("x"))),
        "must be one of: 'plain_text' [json-pointer:/blocks/0/elements/0/text/type]",
    ),
    (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (actions(button(value=12)), "must provide a string [json-pointer:/blocks/0/elements/0/value]"),
    (
        {"type": "header", "text": {**plain("x"), "emoji": "true"}},
        "must provide a boolean [json-pointer:/blocks/0/text/emoji]",
    ),
    (
        actions(button(action_id="x" * 256)),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        actions(button(style="loud")),
        "must be one of: 'primary' or 'danger' [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button(confirm={**CONFIRM, "title": plain("x" * 101)})),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        actions(menu(options=[option(str(number)) for number in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(menu(options=[option(text="x" * 76)])),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        actions(menu(options=[option("x" * 151)])),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions(menu(option_groups=[{"label": plain("x"), "options": [option()]}])),
        "must provide either options or option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(menu(initial_option=option("other"))),
        "initial_option must match one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions({"type": "overflow", "options": [option()] * 6}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "checkboxes", "options": [option()] * 11}),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "checkboxes", "options": [option()], "initial_options": [option("other")]}),
        "initial_options must match the options [json-pointer:/blocks/0/elements/0]",
    ),
    (actions(TEXT_INPUT), "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]"),
    (asked(button()), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    ({"type": "input", "element": TEXT_INPUT}, "missing required field: label [json-pointer:/blocks/0]"),
    (
        {**PICTURE, "image_url": "ftp://example.com"},
        "String should match pattern '^https?://' [json-pointer:/blocks/0/image_url]",
    ),
    (table(*[["x"]] * 101), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    (table(["x"] * 21), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (table([""]), "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]"),
    (table(["x" * 10_001]), "cells must hold less than 10001 characters together [json-pointer:/blocks/0]"),
    (
        {"type": "markdown", "text": "x" * 12_001},
        "must be less than 12001 characters [json-pointer:/blocks/0/text]",
    ),
    (
        chart(*(line(str(number)) for number in range(7))),
        "no more than 6 items allowed [json-pointer:/blocks/0/chart/series]",
    ),
    (
        chart(line(labels=["x"] * 21), categories=["x"] * 21),
        "no more than 20 items allowed [json-pointer:/blocks/0/chart/axis_config/categories]",
    ),
    (
        chart(line(name="x" * 21)),
        "must be less than 21 characters [json-pointer:/blocks/0/chart/series/0/name]",
    ),
    (chart(line(), line()), "series `Joined` already exists [json-pointer:/blocks/0/chart]"),
    (
        chart(line(labels=["Tue"])),
        "labels of every series must match axis_config.categories [json-pointer:/blocks/0/chart]",
    ),
    (container(*[DIVIDER] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]"),
    (
        container(container(DIVIDER)),
        "unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]",
    ),
    (
        container(DIVIDER, default_collapsed=True),
        "default_collapsed requires is_collapsible [json-pointer:/blocks/0]",
    ),
    ({"type": "card"}, "must provide hero_image, title, body or actions [json-pointer:/blocks/0]"),
]


@pytest.mark.parametrize(("block", "fault"), LIMITS, ids=[fault for _, fault in LIMITS])
def test_what_is_beyond_a_limit_is_pointed_at(block, fault) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_message([block])

    assert refusal.value.code == "invalid_blocks"
    assert f"[ERROR] {fault}" in refusal.value.messages
