"""One of everything that Block Kit may hold here, for eyes and for axe."""

from typing import Any

from tests.sandbox.slack.page.app import button, field_of, mrkdwn, option, plain, section

Block = dict[str, Any]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
SOON = 1_773_056_400  # 12:40 in Berlin on the day of these tests, in unix seconds


def table(*rows: tuple[str, ...], **more: Any) -> Block:
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    return {"type": "table", "rows": cells, **more}


def plot(kind: str, **series: tuple[float, ...]) -> Block:
    drawn = [
        {
            "name": name,
            "data": [{"label": day, "value": value} for day, value in zip(DAYS, values, strict=True)],
        }
        for name, values in series.items()
    ]
    axes = {"categories": list(DAYS), "x_label": "Day", "y_label": "Minutes"}
    return {
        "type": "data_visualization",
        "title": f"Minutes, {kind}",
        "chart": {"type": kind, "series": drawn, "axis_config": axes},
    }


PIE = {
    "type": "data_visualization",
    "title": "Where the minutes went",
    "chart": {
        "type": "pie",
        "segments": [{"label": "standup", "value": 3}, {"label": "lecture", "value": 9}],
    },
}
CONTAINER = {
    "type": "container",
    "title": plain("Checks"),
    "subtitle": plain("Three are green"),
    "is_collapsible": True,
    "child_blocks": [section("The database *answers*."), section("Slack _answers_.", block_id="slack")],
}
CONTEXT = {"type": "context", "elements": [mrkdwn("<@U0MO> · request *12*"), plain("Today")]}
CARD = {
    "type": "card",
    "title": plain("standup"),
    "slack_icon": {"type": "icon", "name": "rocket"},
    "body": mrkdwn("*12* people"),
    "subtext": plain("since nine"),
    "actions": [button("Look", "look")],
}
DATA_TABLE = {
    "type": "data_table",
    "caption": "Who is there",
    "rows": [
        [{"type": "raw_text", "text": text} for text in ("Name", "Minutes", "Act")],
        *(
            [
                {"type": "raw_text", "text": name},
                {"type": "raw_number", "value": minutes, "text": str(minutes)},
                {"type": "action", "element": button("Mute", f"mute-{name}")},
            ]
            for name, minutes in (("Gus", 12), ("Ivy", 3))
        ),
    ],
}
FORMATTED = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Ask ", "style": {"bold": True}},
                {"type": "user", "user_id": "U0VI"},
                {"type": "text", "text": " or look "},
                {"type": "link", "url": "https://a.example", "text": "here"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
                for text in ("first this", "then that")
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said before"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "as   typed"}]},
    ],
}
MARKS = (
    "*bold*, _italic_, ~struck~, `code`, <https://a.example|a link>, <#C0CLASSES>, :white_check_mark:\n"
    f"> until <!date^{SOON}^{{date_short_pretty}} {{time}}|a while>\n```wide   code```"
)
HELP = [
    ("Command", "What it does"),
    ("/hms who", "See who is in a live session; the numbers can be typed instead of names."),
    ("/hms end-room", "End the live session in a room."),
]
EVERYTHING: list[tuple[str, list[Block]]] = [
    ("Marks", [{"type": "header", "text": plain("Marks")}, section(MARKS), CONTEXT, {"type": "divider"}]),
    ("Fields", [section("*Room*", fields=[mrkdwn(f"*{name}*\nstandup") for name in ("Name", "Id", "Role")])]),
    (
        "Help",
        [section("This is what you can run."), table(*HELP, column_settings=[{}, {"is_wrapped": True}])],
    ),
    ("Wide", [table(*[tuple(f"column {at}" for at in range(4))] * 3, column_settings=[{"align": "right"}])]),
    (
        "Lines",
        [plot("bar", guests=(3, 5, 8, 2, 9), hosts=(1, 1, 2, 1, 2)), plot("line", guests=(3, 5, 8, 2, 9))],
    ),
    ("Areas", [plot("area", guests=(3, 5, 8, 2, 9), hosts=(1, 1, 2, 1, 2)), PIE]),
    (
        "Twelve",
        [
            {
                "type": "data_visualization",
                "title": "Minutes by room",
                "chart": {
                    "type": "pie",
                    "segments": [{"label": f"room {each}", "value": each} for each in range(1, 13)],
                },
            }
        ],
    ),
    ("Data", [DATA_TABLE, FORMATTED]),
    (
        "More",
        [CARD, CONTAINER, {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "Two lines"}],
    ),
]

CONFIRM = {
    "title": plain("End the session?"),
    "text": mrkdwn("Everybody in *standup* has to leave."),
    "confirm": plain("End it"),
    "deny": plain("Keep it"),
    "style": "danger",
}
ROOMS = [option("standup", "1"), option("yoga", "2")]
ELEMENTS = [
    section("Who is in *standup*?", accessory=button("Show", "show")),
    {
        "type": "actions",
        "elements": [
            button("End for 12 people", "end", style="danger", confirm=CONFIRM),
            button("Approve", "approve", style="primary"),
            button("Cancel", "cancel"),
        ],
    },
    {
        "type": "actions",
        "elements": [
            {
                "type": "static_select",
                "action_id": "row",
                "placeholder": plain("Pick a room"),
                "options": ROOMS,
            },
            {"type": "users_select", "action_id": "who", "placeholder": plain("Link somebody")},
            {
                "type": "external_select",
                "action_id": "room",
                "placeholder": plain("Search for a room"),
                "min_query_length": 0,
            },
            {"type": "overflow", "action_id": "more", "options": [option("Show", "s"), option("Hide", "h")]},
        ],
    },
    {
        "type": "actions",
        "elements": [
            {"type": "checkboxes", "action_id": "many", "options": ROOMS},
            {"type": "radio_buttons", "action_id": "one", "options": ROOMS},
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Pick a day")},
            {"type": "timepicker", "action_id": "time", "placeholder": plain("Pick a time")},
        ],
    },
]

FILLED_FORM = {
    "type": "modal",
    "callback_id": "remove",
    "title": plain("Remove somebody"),
    "submit": plain("Ask for it"),
    "blocks": [
        section("In *standup* are 12 people."),
        field_of(
            "Person",
            "who",
            {"type": "external_select", "action_id": "a", "initial_option": option("Gus", "1")},
        ),
        field_of("Reason", "why", {"type": "plain_text_input", "action_id": "a", "multiline": True}),
        field_of(
            "Room", "room", {"type": "static_select", "action_id": "a", "options": ROOMS}, optional=True
        ),
        field_of("Minutes", "long", {"type": "number_input", "action_id": "a", "is_decimal_allowed": False}),
        field_of("When", "when", {"type": "datetimepicker", "action_id": "a", "initial_date_time": SOON}),
        field_of(
            "Also", "also", {"type": "checkboxes", "action_id": "a", "options": ROOMS}, hint=plain("Any")
        ),
        field_of("Only", "only", {"type": "radio_buttons", "action_id": "a", "options": ROOMS}),
    ],
}
HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your rooms")},
        section("*standup* is live.", accessory=button("End", "end", style="danger")),
        PIE,
    ],
}
