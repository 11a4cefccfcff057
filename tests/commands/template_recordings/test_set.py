"""``template-recordings set``: how the rooms of a template are recorded."""

import pytest

from sandbox.hms.state.template import Template
from tests.chat import Chat


async def test_a_configuration_is_made_and_then_changed(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template-recordings set classroom --role host --film yes")
    assert "Record the rooms of classroom so?" in card.text
    assert "films the room: no → yes" in card.text
    await chat.clicks("max", "Change classroom", card)

    card = await chat.says("ada", "/hms template-recordings set classroom --tracks yes")
    assert "films the room" not in card.text
    done = await chat.clicks("max", "Change classroom", card)

    assert "Ada changed how the rooms of classroom are recorded." in done.text
    [config] = classroom.recordings
    assert config["role"] == "host"
    assert config["trackRecording"] == {"enabled": True}
    assert config["compositeRecording"]["browserComposite"] == {"enabled": True}  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("classroom --film yes", "It needs a role of classroom, one of guest, host, muted, and stage."),
        ("classroom --role nosuch", "classroom has no role nosuch."),
        ("classroom --role host --longest -5", "longest must be at least 0."),
        ("nosuch --film yes", "There is no template called “nosuch”."),
    ],
)
async def test_what_does_not_fit_is_refused(chat: Chat, classroom: Template, line: str, why: str) -> None:
    assert why in (await chat.says("ada", f"/hms template-recordings set {line}")).text
    assert classroom.recordings == []


async def test_a_moderator_is_refused(chat: Chat, classroom: Template) -> None:
    said = await chat.says("mo", "/hms template-recordings set classroom --role host --film yes")
    assert "Only admins can do this" in said.text
