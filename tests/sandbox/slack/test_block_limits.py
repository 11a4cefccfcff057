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
    cell,
    chart,
    container,
    data_table,
    line,
    menu,
    mrkdwn,
    number,
    option,
    pie,
    plain,
    raw,
    rich,
    table,
    words,
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
        chart(*(line(str(each)) for each in range(13))),
        "no more than 12 items allowed [json-pointer:/blocks/0/chart/series]",
    ),
    (
        pie(*(str(each) for each in range(13))),
        "no more than 12 items allowed [json-pointer:/blocks/0/chart/segments]",
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
    (
        {"type": "card", "actions": [button(action_id=str(each)) for each in range(4)]},
        "no more than 3 items allowed [json-pointer:/blocks/0/actions]",
    ),
    (
        {"type": "card", "title": plain("x"), "icon": PICTURE, "slack_icon": {"type": "icon", "name": "bot"}},
        "must not provide both icon and slack_icon [json-pointer:/blocks/0]",
    ),
    (
        {"type": "card", "title": plain("x"), "slack_icon": {"type": "icon", "name": "dragon"}},
        "must be one of: 'archive', 'book'",
    ),
    (
        table(["x"], column_settings=[None]),
        "must provide an object [json-pointer:/blocks/0/column_settings/0]",
    ),
    *(
        (block, f"must be more than 0 characters [json-pointer:{where}]")
        for block, where in (
            ({"type": "section", "text": mrkdwn(" \n ")}, "/blocks/0/text/text"),
            ({"type": "section", "fields": [plain(" ")]}, "/blocks/0/fields/0/text"),
            ({"type": "header", "text": plain("\u00a0")}, "/blocks/0/text/text"),
            ({"type": "context", "elements": [mrkdwn("\t")]}, "/blocks/0/elements/0/text"),
            (actions(button(text=plain(" "))), "/blocks/0/elements/0/text/text"),
            (actions(menu(options=[option(text=" ")])), "/blocks/0/elements/0/options/0/text/text"),
        )
    ),
    (
        {"type": "section", "text": mrkdwn("until <!date^1773056400^{time}>")},
        "a date needs a fallback [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "section", "text": mrkdwn("<!date^1^{time}|ok> <!date^1^{time}^https://a.example|>")},
        "a date needs a fallback [json-pointer:/blocks/0/text/text]",
    ),
    (
        actions({"type": "datepicker", "initial_date": "2026-02-30"}),
        "must be a date as YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    (
        actions({"type": "datepicker", "initial_date": "20260301"}),
        "must be a date as YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    (
        actions({"type": "timepicker", "initial_time": "24:00"}),
        "must be a time as HH:mm [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    (
        actions({"type": "timepicker", "timezone": "Europe/Newtown"}),
        "must be a time zone [json-pointer:/blocks/0/elements/0/timezone]",
    ),
    (
        {"type": "data_table", "rows": [[raw("x")]] * 2},
        "missing required field: caption [json-pointer:/blocks/0]",
    ),
    (data_table([raw("x")]), "no fewer than 2 items allowed [json-pointer:/blocks/0/rows]"),
    (data_table(*[[raw("x")]] * 202), "no more than 201 items allowed [json-pointer:/blocks/0/rows]"),
    (data_table(*[[raw("x")] * 21] * 2), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (
        data_table([raw("x")], [raw("x")] * 2),
        "all rows must have the same number of cells [json-pointer:/blocks/0]",
    ),
    (data_table([rich(words())], [raw("x")]), "the first row takes only raw cells [json-pointer:/blocks/0]"),
    (data_table([cell()], [raw("x")]), "the first row takes only raw cells [json-pointer:/blocks/0]"),
    (
        data_table([raw("x")], [number(1, "")]),
        "must be more than 0 characters [json-pointer:/blocks/0/rows/1/0/text]",
    ),
    (
        data_table([raw("x" * 10_000)], [raw("x" * 10_001)]),
        "cells must hold less than 20001 characters together [json-pointer:/blocks/0]",
    ),
    (
        data_table(*[[raw("x")]] * 2, row_header_column_index=1),
        "row_header_column_index must be that of a column [json-pointer:/blocks/0]",
    ),
    (data_table([raw("x")], [cell()], [cell()]), "action_id `go` already exists [json-pointer:/blocks/0]"),
    (
        {"type": "table", "rows": [[cell()]]},
        "unsupported type: action [json-pointer:/blocks/0/rows/0/0/type]",
    ),
    (rich(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/elements]"),
    (
        rich(words("")),
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    (
        rich({"type": "user", "user_id": "U0MO"}, kind="rich_text_preformatted"),
        "unsupported type: user [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    (
        {"type": "container", "child_blocks": [DIVIDER]},
        "must provide title or rich_text_title [json-pointer:/blocks/0]",
    ),
]


@pytest.mark.parametrize(("block", "fault"), LIMITS, ids=[fault for _, fault in LIMITS])
def test_what_is_beyond_a_limit_is_pointed_at(block, fault) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_message([block])

    assert refusal.value.code == "invalid_blocks"
    assert any(message.startswith(f"[ERROR] {fault}") for message in refusal.value.messages)
