"""Names are only words, whatever is in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.drawing import mrkdwn

HOSTILE = [
    "<!channel>",
    "<@U0MO>",
    "*Gus*",
    "_Gus_",
    "~Gus~",
    "`Gus`",
    ":skull:",
    "Gus\n*Approved by Ada*",
    "\u202egnikrow",
    "&lt;!here&gt;",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_holds_no_mark_that_slack_would_read(name: str) -> None:
    said = mrkdwn.literal(name)
    assert not set("<>*~`\n\u202e") & set(said)
    assert not re.search(r"(^|\W)_|_(\W|$)", said)
    assert not re.search(r":\w+:", said)


@given(st.text())
def test_no_text_at_all_can_open_a_token_or_a_format(text: str) -> None:
    said = mrkdwn.literal(text)
    assert not set("<>*~`\n") & set(said)
    assert all(part.startswith(("amp;", "lt;", "gt;")) for part in said.split("&")[1:])


def test_ids_can_still_be_copied() -> None:
    assert mrkdwn.literal("vi_viewer_17") == "vi_viewer_17"


def test_a_value_is_bold_only_where_slack_would_see_it() -> None:
    assert mrkdwn.bold("standup", "Ended ", ".") == "*standup*"
    assert mrkdwn.bold("standup", "called “", "”") == "standup"
    assert not mrkdwn.bold("", "Ended ", ".")


def test_code_cannot_be_left_by_a_backtick() -> None:
    assert mrkdwn.code("a`b*c*") == "`a\u02cbb*c*`"


def test_a_link_ends_where_it_ends_and_its_marks_stay() -> None:
    drawn = mrkdwn.link("https://x.example/a_b~c?d=1&e=2|f>g", "Open <it>")

    assert drawn == "<https://x.example/a_b~c?d=1&amp;e=2%7Cf%3Eg|Open &lt;it&gt;>"
