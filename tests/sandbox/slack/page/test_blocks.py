"""How each block is drawn on the page.

Long because there is a test for each kind of block.
"""

from datetime import UTC, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from sandbox.slack.blocks import checked_message
from sandbox.slack.blocks.layout import InHome, InMessage, InModal
from sandbox.slack.page.drawing import draw
from sandbox.slack.page.reader import Reader
from tests.house.source import ROOT
from tests.sandbox.slack.page.app import button, field_of, mrkdwn, option, plain, section

READER = Reader(
    now=datetime(2026, 3, 9, 10, 30, tzinfo=UTC),
    zone=ZoneInfo("Europe/Berlin"),
    user_id="U0MO",
    people={"U0MO": "Mo", "U0VI": "Vi"},
    channels={"C0CLASSES": "classes"},
)


def drawn(*blocks: dict[str, Any]) -> str:
    """Draw blocks that Slack would take."""
    return " ".join(draw("blocks.html", READER, blocks=checked_message(list(blocks)), where="m-1").split())


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def test_a_section_has_words_fields_and_an_accessory() -> None:
    html = drawn(section("*Role*", fields=[mrkdwn("a"), plain("b *c*")], accessory=button("End", "end")))
    assert "<strong>Role</strong>" in html
    assert "<div>a</div> <div>b *c*</div>" in html
    assert 'data-action="end" data-block="words"' in html
    assert ">End</button>" in html


def test_a_header_is_a_heading_and_a_divider_a_line() -> None:
    html = drawn({"type": "header", "text": plain("Rooms")}, {"type": "divider"})
    assert '<h2 class="block header">Rooms</h2><hr class="block">' in html


def test_a_context_holds_small_print_and_pictures_are_not_fetched() -> None:
    picture = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "A chart"}
    html = drawn({"type": "context", "elements": [mrkdwn("request *12*"), picture]})
    assert "request <strong>12</strong>" in html
    assert 'aria-label="A chart"' in html
    assert "a.example" not in html


def test_an_image_shows_its_title_and_its_words() -> None:
    html = drawn(
        {
            "type": "image",
            "image_url": "https://a.example/x.png",
            "alt_text": "Two lines",
            "title": plain("A week"),
        }
    )
    assert "<figcaption>A week</figcaption>" in html
    assert "Two lines</span>" in html


def test_a_button_has_its_style_its_name_and_its_question() -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": mrkdwn("Ends it for *12* people."),
        "confirm": plain("End"),
        "deny": plain("Keep"),
    }
    html = drawn(
        actions(button("End", "end", style="danger", confirm=confirm, accessibility_label="End standup"))
    )
    assert 'class="button danger"' in html
    assert 'aria-label="End standup"' in html
    assert '<template data-confirm> <h2 id="confirm-title">Sure?</h2>' in html
    assert "Ends it for <strong>12</strong> people." in html
    assert 'value="yes">End</button>' in html


def test_a_static_select_offers_its_options_and_groups() -> None:
    group = {"label": plain("Rooms"), "options": [option("standup", "s"), option("lecture", "l")]}
    html = drawn(
        actions(
            {
                "type": "static_select",
                "action_id": "room",
                "placeholder": plain("A room"),
                "option_groups": [group],
                "initial_option": option("lecture", "l"),
            }
        )
    )
    assert 'aria-label="A room"' in html
    assert '<option value="">A room</option>' in html
    assert '<optgroup label="Rooms">' in html
    assert '<option value="l" selected>lecture</option>' in html


@pytest.mark.parametrize(
    ("kind", "initial", "chosen"),
    [
        ("users_select", {"initial_user": "U0VI"}, '<option value="U0VI" selected>@Vi</option>'),
        ("channels_select", {"initial_channel": "C0CLASSES"}, 'value="C0CLASSES" selected>#classes</option>'),
        ("conversations_select", {"initial_conversation": "C0CLASSES"}, "selected>#classes</option>"),
    ],
)
def test_people_and_channels_are_chosen_by_name(kind: str, initial: dict[str, str], chosen: str) -> None:
    html = drawn(actions({"type": kind, "action_id": "a", "placeholder": plain("Who or where"), **initial}))
    assert chosen in html
    assert f'data-kind="{kind}"' in html


def test_an_external_select_is_searched() -> None:
    html = drawn(
        actions(
            {
                "type": "external_select",
                "action_id": "who",
                "placeholder": plain("Somebody"),
                "min_query_length": 0,
                "initial_option": option("Gus", "peer:1"),
            }
        )
    )
    assert 'data-least="0"' in html
    assert 'placeholder="Somebody" value="Gus" data-text="Gus" data-value="peer:1"' in html
    assert '<input type="text" role="combobox"' in html
    assert 'aria-controls="m-1-row-who-options"' in html
    assert '<ul class="options" id="m-1-row-who-options" role="listbox"' in html


def test_where_several_may_be_searched_each_that_is_chosen_is_a_tick() -> None:
    several = {"type": "multi_external_select", "action_id": "a", "initial_options": [option("Gus", "1")]}
    html = drawn({"type": "input", "block_id": "who", "label": plain("Who"), "element": several})
    assert 'data-kind="multi_external_select"' in html
    assert '<input type="checkbox" value="1" checked>' in html
    assert 'role="combobox"' in html


def test_an_overflow_is_a_menu_of_buttons() -> None:
    html = drawn(
        actions(
            {"type": "overflow", "action_id": "more", "options": [option("Show", "s"), option("Hide", "h")]}
        )
    )
    assert '<summary aria-label="More actions">' in html
    assert 'data-kind="overflow" value="h">Hide' in html


def test_an_input_has_a_label_a_hint_and_room_for_an_error() -> None:
    element = {
        "type": "plain_text_input",
        "action_id": "text",
        "max_length": 80,
        "initial_value": 'a "b" <c>',
    }
    html = drawn(field_of("Reason", "why", element, hint=plain("Everybody reads it.")))
    assert '<label class="label" for="m-1-why">Reason' in html
    assert 'id="m-1-why" aria-describedby="m-1-why-hint m-1-why-error" required' in html
    assert 'maxlength="80"' in html
    assert 'value="a &#34;b&#34; &lt;c&gt;"' in html
    assert 'id="m-1-why-hint">Everybody reads it.</p>' in html
    assert 'id="m-1-why-error" data-error hidden' in html


def test_an_optional_input_says_so() -> None:
    element = {"type": "plain_text_input", "action_id": "text", "multiline": True, "initial_value": "a\nb"}
    html = str(
        draw("blocks.html", READER, blocks=[field_of("Reason", "why", element, optional=True)], where="m-1")
    )
    assert "<small>(optional)</small>" in html
    assert " required" not in html
    assert ">\na\nb</textarea>" in html


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"},
            'type="number"',
        ),
        ({"type": "datepicker", "initial_date": "2026-03-09"}, 'type="date"'),
        ({"type": "timepicker", "initial_time": "18:30"}, 'value="18:30"'),
        ({"type": "datetimepicker", "initial_date_time": 1773052200}, 'value="2026-03-09T11:30"'),
    ],
)
def test_numbers_and_times_have_native_inputs(element: dict[str, Any], shown: str) -> None:
    assert shown in drawn(field_of("When", "when", {"action_id": "a", **element}))


@pytest.mark.parametrize(("kind", "native"), [("checkboxes", "checkbox"), ("radio_buttons", "radio")])
def test_choices_are_a_labelled_group(kind: str, native: str) -> None:
    options = [{**option("Softly", "s"), "description": plain("first a warning")}, option("At once", "o")]
    initial = {"initial_options": options[1:]} if kind == "checkboxes" else {"initial_option": options[1]}
    html = drawn(field_of("How", "how", {"type": kind, "action_id": "a", "options": options, **initial}))
    assert 'aria-labelledby="m-1-how-label"' in html
    assert f'<input type="{native}" name="m-1-how-a" value="o" checked>' in html
    assert "Softly<small>first a warning</small>" in html


def test_a_table_has_headings_alignment_and_formatted_cells() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Gus", "style": {"bold": True}},
                    {"type": "user", "user_id": "U0VI"},
                    {"type": "link", "url": "https://a.example", "text": "more"},
                ],
            }
        ],
    }
    rows = [
        [{"type": "raw_text", "text": "#"}, {"type": "raw_text", "text": "Name"}],
        [{"type": "raw_text", "text": "1"}, rich],
    ]
    html = drawn(
        {"type": "table", "rows": rows, "column_settings": [{"align": "right"}, {"is_wrapped": True}]}
    )
    assert '<th scope="col" class="right">#</th>' in html
    assert '<td class="right">1</td>' in html
    assert '<td class="left wrapped">' in html
    assert ">Gus</span>" in html
    assert '<span class="mention">@Vi</span>' in html
    assert 'href="https://a.example"' in html


def test_a_container_folds_its_blocks_away() -> None:
    folded = {"is_collapsible": True, "default_collapsed": True}
    container = {"type": "container", "title": plain("Details"), "child_blocks": [section("inside")]}
    assert '<details class="block container" open>' in drawn(container)
    html = drawn({**container, **folded, "subtitle": plain("three")})
    assert '<details class="block container" >' in html
    assert "<strong>Details</strong> <span>three</span>" in html
    assert "inside" in html


def test_a_card_and_markdown_are_shown() -> None:
    card = {
        "type": "card",
        "title": plain("standup"),
        "body": mrkdwn("*live*"),
        "actions": [button("End", "e")],
    }
    html = drawn(card, {"type": "markdown", "text": "# Heading"})
    assert "<strong>standup</strong>" in html
    assert "<strong>live</strong>" in html
    assert 'data-action="e"' in html
    assert "# Heading" in html


def rich(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(parts)}


def run(*pieces: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(pieces)}


def test_a_card_has_an_icon_of_slacks_and_small_print() -> None:
    html = drawn(
        {
            "type": "card",
            "title": plain("standup"),
            "slack_icon": {"type": "icon", "name": "rocket"},
            "subtext": mrkdwn("since *nine*"),
        }
    )
    assert '<span class="badge">rocket</span>' in html
    assert '<small class="quiet">since <strong>nine</strong></small>' in html


def test_a_container_may_have_a_formatted_title() -> None:
    title = rich(run({"type": "text", "text": "Details", "style": {"italic": True}}))
    html = drawn({"type": "container", "rich_text_title": title, "child_blocks": [section("inside")]})
    assert "italic" in html
    assert ">Details</span>" in html


def test_a_data_table_has_a_caption_figures_and_buttons() -> None:
    rows = [
        [
            {"type": "raw_text", "text": "Name"},
            {"type": "raw_text", "text": "Minutes"},
            {"type": "raw_text", "text": "Act"},
        ],
        [
            rich(run({"type": "user", "user_id": "U0VI"})),
            {"type": "raw_number", "value": 12.5, "text": "12½"},
            {"type": "action", "element": button("Mute", "mute")},
        ],
    ]
    html = drawn({"type": "data_table", "block_id": "there", "caption": "Who is <there>", "rows": rows})
    assert "<caption>Who is &lt;there&gt;</caption>" in html
    assert '<th scope="col" class="left">Minutes</th>' in html
    assert '<th scope="row" class="left wrapped">' in html
    assert '<td class="right">12½</td>' in html
    assert 'data-action="mute" data-block="there"' in html


def test_formatted_text_is_drawn_piece_by_piece() -> None:
    pieces = [
        {"type": "text", "text": "a <b>", "style": {"underline": True}},
        {"type": "channel", "channel_id": "C0CLASSES"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada"},
        {"type": "date", "timestamp": 1773052200, "format": "{time}", "fallback": "then"},
        {"type": "usergroup", "usergroup_id": "S0MODS"},
    ]
    html = drawn(rich(run(*pieces)))
    assert 'underline">a &lt;b&gt;</span>' in html
    assert '<span class="mention">#classes</span>' in html
    assert "@here</span>" in html
    assert "🎉" in html
    assert '<time title="then">11:30' in html
    assert "@S0MODS</span>" in html


def test_formatted_text_has_lists_quotes_and_code() -> None:
    words = {"type": "text", "text": "x"}
    html = drawn(
        rich(
            {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [run(words), run(words)]},
            {"type": "rich_text_list", "style": "bullet", "elements": [run(words)], "indent": 1},
            {"type": "rich_text_quote", "elements": [words]},
            {"type": "rich_text_preformatted", "elements": [words]},
        )
    )
    assert '<ol class="indent-0" start="3">' in html
    assert html.count("<li>") == 3
    assert '<ul class="indent-1">' in html
    assert "<blockquote>" in html
    assert "<pre>" in html


@pytest.mark.parametrize("union", [InMessage, InModal, InHome])
def test_every_block_that_is_taken_can_be_drawn(union: Any) -> None:
    kinds = {get_args(model.model_fields["type"].annotation)[0] for model in get_args(get_args(union)[0])}
    drawings = {path.stem for path in (ROOT / "sandbox/slack/page/templates/blocks").glob("*.html")}

    assert kinds <= drawings - {"unknown"}


def test_what_is_not_known_is_named() -> None:
    html = draw("blocks.html", READER, blocks=[{"type": "../page"}, {"type": "video"}], where="m-1")
    assert "A block of type ../page cannot be shown here." in html
    assert "A block of type video cannot be shown here." in html
