from typing import Any

import pytest

from tests.sandbox.slack.page.app import button, field_of, mrkdwn, option, plain, section
from tests.sandbox.slack.page.test_blocks import actions, drawn

SCRIPT = "<script>alert('x')</script>"


@pytest.mark.parametrize(
    "block",
    [
        section(SCRIPT),
        section("a", fields=[mrkdwn(SCRIPT), plain(SCRIPT)]),
        {"type": "header", "text": plain(SCRIPT)},
        {"type": "context", "elements": [plain(SCRIPT)]},
        actions(button(SCRIPT, SCRIPT, value=SCRIPT, accessibility_label=SCRIPT)),
        actions({"type": "static_select", "action_id": "a", "options": [option(SCRIPT, SCRIPT)]}),
        actions({"type": "overflow", "action_id": "a", "options": [option(SCRIPT, SCRIPT)]}),
        field_of(SCRIPT, SCRIPT, {"type": "plain_text_input", "action_id": "a", "initial_value": SCRIPT}),
        field_of(
            "a",
            "b",
            {"type": "plain_text_input", "action_id": "a", "multiline": True, "initial_value": SCRIPT},
        ),
        {"type": "table", "rows": [[{"type": "raw_text", "text": SCRIPT}]]},
        {"type": "markdown", "text": SCRIPT},
        {"type": "container", "title": plain(SCRIPT), "child_blocks": [section(SCRIPT)]},
        {"type": "card", "title": plain(SCRIPT), "body": plain(SCRIPT)},
        {
            "type": "data_visualization",
            "title": "<script>",
            "chart": {"type": "pie", "segments": [{"label": "<script>", "value": 1}]},
        },
    ],
    ids=lambda block: block["type"],
)
def test_nothing_in_a_block_becomes_html(block: dict[str, Any]) -> None:
    assert "<script" not in drawn(block)


def test_a_quote_in_a_name_stays_inside_its_attribute() -> None:
    html = drawn(actions(button("Remove", "a", accessibility_label='Remove "Gus" onclick="x"')))
    assert 'aria-label="Remove &#34;Gus&#34; onclick=&#34;x&#34;"' in html
