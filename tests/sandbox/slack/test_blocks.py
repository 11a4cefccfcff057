"""Block Kit is refused where Slack would refuse it, with a pointer to what is wrong."""

import pytest
from sandbox.slack.blocks import checked_message, checked_options, checked_view
from sandbox.slack.refusal import Refusal


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict:
    return {"type": "mrkdwn", "text": text}


def button(**changed) -> dict:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **changed}


def actions(*elements) -> dict:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "a", text: str = "A", **more) -> dict:
    return {"text": plain(text), "value": value, **more}


def menu(**changed) -> dict:
    return {"type": "static_select", "action_id": "pick", "options": [option()], **changed}


def asked(element, **changed) -> dict:
    return {"type": "input", "label": plain("Label"), "element": element, **changed}


def table(*rows, **changed) -> dict:
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
        **changed,
    }


def chart(*series, categories=("Mon",), kind="bar") -> dict:
    axes = {"categories": list(categories)}
    drawn = {"type": kind, "series": list(series), "axis_config": axes}
    return {"type": "data_visualization", "title": "People", "chart": drawn}


def line(name="Joined", labels=("Mon",)) -> dict:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels]}


def container(*blocks, **changed) -> dict:
    return {"type": "container", "title": plain("More"), "child_blocks": list(blocks), **changed}


def modal(*blocks, **changed) -> dict:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Go"), "blocks": list(blocks), **changed}


DIVIDER = {"type": "divider"}
TEXT_INPUT = {"type": "plain_text_input", "action_id": "text"}
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Really?*"), "confirm": plain("Yes"), "deny": plain("No")}
PICTURE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A picture"}

WELCOME = [
    {"type": "section", "text": mrkdwn("x" * 3000), "accessory": button(confirm=CONFIRM, style="danger")},
    {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    {"type": "section", "text": plain("x"), "accessory": {"type": "overflow", "options": [option()] * 5}},
    {"type": "header", "text": plain("x" * 150)},
    {"type": "context", "elements": [mrkdwn("small"), PICTURE]},
    DIVIDER,
    actions(button(text=plain("x" * 75), value="x" * 2000, url="https://example.com")),
    actions(*(button(action_id=f"go-{number}") for number in range(25))),
    actions(
        menu(options=[option(f"v{number}", "x" * 75) for number in range(100)], placeholder=plain("Pick"))
    ),
    actions(menu(options=[option("a"), option("b")], initial_option=option("b"))),
    {"type": "actions", "elements": [{"type": "users_select", "initial_user": "U0MO"}]},
    {"type": "actions", "elements": [{"type": "conversations_select", "filter": {"include": ["public"]}}]},
    {"type": "actions", "elements": [{"type": "channels_select"}, {"type": "datepicker"}]},
    {"type": "actions", "elements": [{"type": "timepicker", "initial_time": "09:30"}]},
    {"type": "actions", "elements": [{"type": "datetimepicker", "initial_date_time": 1772442000}]},
    {"type": "actions", "elements": [{"type": "checkboxes", "options": [option()] * 10}]},
    {
        "type": "actions",
        "elements": [{"type": "radio_buttons", "options": [{**option(), "text": mrkdwn("*A*")}]}],
    },
    asked({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}),
    asked({"type": "external_select", "min_query_length": 0}, hint=plain("Type"), optional=True),
    PICTURE,
    table(*[["x"] * 20] * 100, column_settings=[{"align": "right", "is_wrapped": True}]),
    {
        "type": "table",
        "rows": [
            [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "Gus", "style": {"bold": True}},
                                {"type": "user", "user_id": "U0MO"},
                                {"type": "link", "url": "https://example.com", "text": "there"},
                            ],
                        }
                    ],
                }
            ]
        ],
    },
    {"type": "markdown", "text": "x" * 12_000},
    chart(*(line(f"s{number}") for number in range(6))),
    {
        "type": "data_visualization",
        "title": "x" * 50,
        "chart": {"type": "pie", "segments": [{"label": "x" * 20, "value": 0.5}] * 6},
    },
    container(*[DIVIDER] * 10, is_collapsible=True, default_collapsed=True, subtitle=mrkdwn("x")),
    {"type": "card", "title": mrkdwn("x" * 150), "body": plain("x" * 200), "actions": [button()]},
]

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


@pytest.mark.parametrize("block", WELCOME, ids=lambda block: block["type"])
def test_what_is_within_the_limits_is_taken(block) -> None:
    assert checked_message([block])[0]["type"] == block["type"]


@pytest.mark.parametrize(("block", "fault"), LIMITS, ids=[fault for _, fault in LIMITS])
def test_what_is_beyond_a_limit_is_pointed_at(block, fault) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_message([block])

    assert refusal.value.code == "invalid_blocks"
    assert f"[ERROR] {fault}" in refusal.value.messages


@pytest.mark.parametrize(
    ("blocks", "fault"),
    [
        ([DIVIDER] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ("x", "must provide an array [json-pointer:/blocks]"),
        ([chart(line())] * 3, "no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"),
        ([table(["x"])] * 2, "only_one_table_allowed [json-pointer:/blocks]"),
        (
            [{**DIVIDER, "block_id": "a"}, container({**DIVIDER, "block_id": "a"})],
            "`block_id` a already exists [json-pointer:/blocks/1/child_blocks/0/block_id]",
        ),
    ],
)
def test_a_message_as_a_whole_has_limits(blocks, fault) -> None:
    with pytest.raises(Refusal) as refusal:
        checked_message(blocks)

    assert refusal.value.messages == (f"[ERROR] {fault}",)


def test_all_texts_of_a_message_together_have_a_limit() -> None:
    section = {"type": "section", "text": mrkdwn("x" * 3000)}
    assert len(checked_message([section] * 4)) == 4

    with pytest.raises(Refusal) as refusal:
        checked_message([section] * 4 + [{"type": "section", "text": mrkdwn("x")}])

    assert refusal.value.code == "msg_blocks_too_long"


def test_every_id_that_was_left_out_is_filled_in() -> None:
    nameless = button()
    del nameless["action_id"]

    blocks = checked_message(
        [{**DIVIDER, "block_id": "auto1"}, actions(nameless), container(actions(nameless))]
    )

    inner = blocks[2]["child_blocks"][0]
    block_ids = [blocks[0]["block_id"], blocks[1]["block_id"], blocks[2]["block_id"], inner["block_id"]]
    assert len(set(block_ids)) == 4
    assert blocks[1]["elements"][0]["action_id"] != inner["elements"][0]["action_id"]
    assert blocks[1]["elements"][0]["text"] == {"type": "plain_text", "text": "Go", "emoji": True}


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
    blocks = [{"type": "section", "text": mrkdwn("x" * 2900)}] * 85
    assert checked_view(modal(*blocks), expected="modal")

    with pytest.raises(Refusal) as refusal:
        checked_view(modal(*blocks, *blocks[:2]), expected="modal")

    assert refusal.value.code == "view_too_large"


def test_an_external_select_is_offered_a_hundred_options() -> None:
    options = [option(str(number)) for number in range(101)]
    grouped = {"option_groups": [{"label": plain("x"), "options": options[:2]}]}
    assert len(checked_options({"options": options[:100]})) == 100
    assert len(checked_options(grouped)) == 2

    with pytest.raises(Refusal):
        checked_options({"options": options})
