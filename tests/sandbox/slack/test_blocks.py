"""Block Kit is taken as far as Slack takes it, and messages have limits as a whole."""

import pytest

from sandbox.slack.blocks import checked_message, checked_view
from sandbox.slack.refusal import Refusal
from tests.sandbox.slack.block_kit import (
    CONFIRM,
    DIVIDER,
    PICTURE,
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

WELCOME = [
    {"type": "section", "text": mrkdwn("x" * 3000), "accessory": button(confirm=CONFIRM, style="danger")},
    {"type": "section", "fields": [mrkdwn("x" * 2000), *[mrkdwn("x")] * 9]},
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
    asked({"type": "multi_external_select", "initial_options": [option()], "max_selected_items": 5}),
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
    chart(*(line(f"s{each}") for each in range(12))),
    pie(*["x" * 20] * 12),
    table(["x"], column_settings=[{}]),
    {"type": "table", "rows": [[raw("Minutes")], [number(12.5, "12½")]]},
    data_table([raw("Name")], *[[number(each)] for each in range(200)], page_size=100),
    data_table([raw("x")] * 20, [raw("x")] * 20, row_header_column_index=19),
    data_table(
        [raw("Name"), raw("Act")],
        [rich(words("Gus")), {**cell(action_id="a"), "fallback": raw("Mute")}],
        [raw("Ivy"), cell(action_id="b")],
    ),
    rich(
        words("x", style={"bold": True, "underline": True}),
        {"type": "link", "url": "https://example.com"},
        {"type": "user", "user_id": "U0MO"},
        {"type": "usergroup", "usergroup_id": "S0MODS"},
        {"type": "channel", "channel_id": "C0CLASSES"},
        {"type": "emoji", "name": "tada"},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": 1773056400, "format": "{time}", "fallback": "then"},
    ),
    rich(words(), {"type": "link", "url": "https://example.com"}, kind="rich_text_preformatted", border=1),
    rich(words(), kind="rich_text_quote"),
    rich(
        {"type": "rich_text_section", "elements": [words()]}, kind="rich_text_list", style="ordered", indent=1
    ),
    {"type": "container", "rich_text_title": rich(words("Details")), "child_blocks": [rich(words())]},
    {
        "type": "card",
        "title": plain("standup"),
        "subtext": mrkdwn("x" * 200),
        "slack_icon": {"type": "icon", "name": "rocket"},
        "actions": [button(action_id=str(each)) for each in range(3)],
    },
    {
        "type": "section",
        "text": mrkdwn("<!date^1773056400^{time}|12:40> <!date^1^{time}^https://a.example|x>"),
    },
    actions({"type": "datepicker", "initial_date": "2028-02-29"}),
    actions({"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin"}),
    container(*[DIVIDER] * 10, is_collapsible=True, default_collapsed=True, subtitle=mrkdwn("x")),
    {"type": "card", "title": mrkdwn("x" * 150), "body": plain("x" * 200), "actions": [button()]},
]


@pytest.mark.parametrize("block", WELCOME, ids=lambda block: block["type"])
def test_what_is_within_the_limits_is_taken(block) -> None:
    assert checked_message([block])[0]["type"] == block["type"]


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


def test_a_data_table_may_hold_more_than_the_other_blocks() -> None:
    table = data_table([raw("x" * 10_000)], [raw("x" * 10_000)])

    assert checked_message([table, {"type": "section", "text": mrkdwn("x" * 3000)}])


def test_a_button_in_a_data_table_has_an_id_of_its_own() -> None:
    nameless = {"type": "action", "element": {"type": "button", "text": plain("Mute")}}

    blocks = checked_message([data_table([raw("Act")], [nameless], [nameless])])

    first, second = (blocks[0]["rows"][row][0]["element"] for row in (1, 2))
    assert first["action_id"] != second["action_id"]
    assert first["text"]["emoji"] is True


@pytest.mark.parametrize("kind", ["modal", "home"])
def test_formatted_text_stands_everywhere_and_data_tables_only_in_messages(kind) -> None:
    def view(block):
        title = {"title": plain("x")} if kind == "modal" else {}
        return {"type": kind, "blocks": [block], **title}

    assert checked_view(view(rich(words())), expected=kind)
    with pytest.raises(Refusal, match="unsupported type: data_table"):
        checked_view(view(data_table([raw("x")], [raw("x")])), expected=kind)


def test_a_home_needs_a_block() -> None:
    with pytest.raises(Refusal, match="no fewer than 1 items allowed"):
        checked_view({"type": "home", "blocks": []}, expected="home")
