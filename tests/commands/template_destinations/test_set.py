"""``template-destinations set``: where a stream or a transcript goes."""

from typing import Any, cast

import pytest

from sandbox.hms.state.template import Template
from tests.chat import Chat


@pytest.fixture
def classroom(classroom: Template) -> Template:
    classroom.destinations = {
        "rtmpDestinations": {"out": {"name": "out", "rtmpUrls": ["rtmp://x/secret-key"], "width": 640}}
    }
    return classroom


async def test_one_is_made_beside_the_others_which_go_back_whole(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template-destinations set classroom tv --kind live --longest 7200")
    assert "Make the destination tv of classroom?" in card.text
    assert "tv is new\ntv: seconds at most: not set → 7200\n" in card.text
    assert "a live stream · " in card.text
    assert "next join" not in card.text

    done = await chat.clicks("max", "Make tv", card)

    assert "Ada changed the destination tv of classroom." in done.text
    kept = cast("Any", classroom.destinations)
    assert kept["hlsDestinations"]["tv"]["maxDuration"] == 7200
    assert kept["rtmpDestinations"]["out"]["rtmpUrls"] == ["rtmp://x/secret-key"]
    assert "secret-key" not in card.text + done.text


async def test_one_is_changed_by_fields_and_by_json(chat: Chat, classroom: Template) -> None:
    line = "/hms template-destinations set classroom out --record yes --json '{\"height\": 360}'"
    card = await chat.says("ada", line)
    assert "out: records too: no → yes" in card.text
    assert "out: height: not set → 360" in card.text

    await chat.clicks("max", "Change out", card)

    out = cast("Any", classroom.destinations)["rtmpDestinations"]["out"]
    assert (out["width"], out["height"], out["recordingEnabled"]) == (640, 360, True)


async def test_one_is_taken_out(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template-destinations set classroom out --delete")
    assert "out is gone" in card.text

    await chat.clicks("max", "Change out", card)

    assert "out" not in str(classroom.destinations)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("classroom tv --longest 60", "classroom has no destination tv. To make one, say of what kind"),
        ("classroom tv --delete", "classroom has no destination tv."),
        ("classroom out --writes live", "--writes does not go with this kind of destination."),
        ("classroom tv --kind live --delete", "classroom has no destination tv."),
        ("classroom notes --kind transcript", "It needs a role of classroom"),
        ("nosuch tv --kind live", "There is no template called “nosuch”."),
    ],
)
async def test_what_does_not_fit_is_refused(chat: Chat, classroom: Template, line: str, why: str) -> None:
    said = (await chat.says("ada", f"/hms template-destinations set {line}")).text
    assert why in said
    assert ("To make one" in said) is ("To make one" in why)
    assert chat.calls("templates.update_destinations") == []


async def test_a_moderator_is_refused(chat: Chat, classroom: Template) -> None:
    said = await chat.says("mo", "/hms template-destinations set classroom tv --kind live")
    assert "Only admins can do this" in said.text
