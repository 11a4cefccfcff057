"""``template-settings set``: what holds for all rooms of a template."""

from typing import cast

import pytest

from sandbox.hms.state.template import Role, Template
from tests.chat import Chat


@pytest.fixture
def classroom(classroom: Template) -> Template:
    key = {"key": "bucket-key", "secretKey": "bucket-secret"}
    classroom.settings["recording"] = {
        "upload": {"type": "s3", "location": "films", "prefix": "a", "credentials": cast("Role", key)}
    }
    return classroom


async def test_they_are_changed_and_the_keys_go_back_unseen(chat: Chat, classroom: Template) -> None:
    before = classroom.settings["recording"]
    card = await chat.says(
        "ada", "/hms template-settings set classroom --region eu --tell-outside yes --every 30"
    )
    assert "Change the settings of classroom?" in card.text
    assert "region: auto → eu" in card.text
    assert "tells outside who is there: no → yes" in card.text
    assert "tells outside every, seconds: 5 → 30" in card.text

    done = await chat.clicks("max", "Change classroom", card)

    assert "Ada changed the settings of classroom." in done.text
    assert classroom.settings["region"] == "eu"
    assert cast("Role", before)["upload"] == cast("Role", classroom.settings["recording"])["upload"]
    assert "bucket" not in card.text + done.text
    assert "bucket-secret" not in str(await chat.bot.audit.tail(100))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("classroom --every 7", "every must be a multiple of 5. It means: How often, in seconds"),
        ("classroom --region mars", "“mars” cannot be chosen here."),
        ("nosuch --region eu", "There is no template called “nosuch”."),
    ],
)
async def test_what_does_not_fit_is_refused(chat: Chat, classroom: Template, line: str, why: str) -> None:
    assert why in (await chat.says("ada", f"/hms template-settings set {line}")).text


async def test_a_moderator_is_refused(chat: Chat, classroom: Template) -> None:
    said = await chat.says("mo", "/hms template-settings set classroom --region eu")
    assert "Only admins can do this" in said.text
    assert chat.calls("templates.update_settings") == []
