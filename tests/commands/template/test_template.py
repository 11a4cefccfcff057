"""``template``: seen, made without overwriting another, and changed as a whole."""

import json
from typing import Any, cast

import pytest

from sandbox.hms.state.template import Template
from tests.chat import Chat


@pytest.fixture
def classroom(classroom: Template) -> Template:
    classroom.destinations = {
        "rtmpDestinations": {"out": {"name": "out", "rtmpUrls": ["rtmp://x/secret-key"]}}
    }
    return classroom


async def test_templates_are_listed_with_their_roles(chat: Chat, classroom: Template) -> None:
    said = await chat.says("ada", "/hms template list")

    assert "1 template." in said.text
    assert "classroom · host, stage, guest, and muted · default" in said.text


async def test_one_is_shown_and_each_role_has_its_form(chat: Chat, classroom: Template) -> None:
    chat.world.add_room("standup")
    said = await chat.says("ada", "/hms template show classroom")
    assert "The template classroom. 1 room has it." in said.text
    assert "Its streams and transcripts: out." in said.text
    assert "muted: may record, may stream to elsewhere, and may stream live." in said.text
    assert "secret-key" not in said.text

    await chat.clicks("ada", "Change…", said)

    [form] = chat.workspace.views_of("U0ADA")
    assert form.body["title"]["text"] == "Change role"


async def test_all_of_it_is_had_as_a_file_but_for_keys(chat: Chat, classroom: Template) -> None:
    await chat.says("ada", "/hms template show classroom --json")

    [file] = chat.workspace.files("U0ADA")
    whole = json.loads(file.content)
    assert whole["roles"].keys() == classroom.roles.keys()
    assert whole["destinations"] == {"rtmpDestinations": {"out": {"name": "out"}}}


async def test_a_copy_is_made_without_keys(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template create lab --like classroom")
    assert "Make the template lab?" in card.text
    assert (
        "a copy of classroom · with the roles host, stage, guest, and muted · keys are not copied"
        in card.text
    )

    done = await chat.clicks("max", "Make lab", card)

    assert "Ada made the template lab." in done.text
    made = chat.world.template_named("lab")
    assert made
    assert made.roles == classroom.roles
    assert "secret-key" not in str(made.destinations)


async def test_a_name_that_is_taken_by_the_yes_overwrites_nothing(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template create lab")
    chat.world.add_template("lab", {})

    said = await chat.clicks("max", "Make lab", card)

    assert "There is a template lab already." in said.text
    assert chat.calls("templates.create") == []


async def test_one_is_renamed_and_everything_else_goes_back_as_it_came(
    chat: Chat, classroom: Template
) -> None:
    card = await chat.says("ada", "/hms template edit classroom --rename hall")
    assert "name: classroom → hall" in card.text

    await chat.clicks("max", "Change classroom", card)

    [call] = chat.calls("templates.update")
    sent = cast("Any", call.body)
    assert sent["roles"]["host"]["permissions"] == classroom.roles["host"]["permissions"]
    assert sent["destinations"]["rtmpDestinations"]["out"]["rtmpUrls"] == ["rtmp://x/secret-key"]
    assert classroom.name == "hall"
    assert (
        "There is no template called “classroom”"
        in (await chat.says("ada", "/hms template show classroom")).text
    )


async def test_a_part_is_changed_by_json_and_told_in_words(chat: Chat, classroom: Template) -> None:
    patch = (
        '{"roles": {"stage": {"priority": 4}, "muted": null}, "plugins": {"whiteboard": {"permissions": {}}}}'
    )
    card = await chat.says("ada", f"/hms template edit classroom --json '{patch}'")
    assert "muted is gone" in card.text
    assert "stage: priority: 2 → 4" in card.text

    await chat.clicks("max", "Change classroom", card)

    assert classroom.roles["stage"]["priority"] == 4
    assert "muted" not in classroom.roles


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("create classroom", "There is a template classroom already."),
        ("create 'a/b'", "“a/b” cannot be a template's name"),
        ("create lab --like nosuch", "There is no template called “nosuch”."),
        ("edit classroom --rename 'a/b'", "“a/b” cannot be a template's name"),
        ("edit nosuch --rename lab", "There is no template called “nosuch”."),
        ("show nosuch", "There is no template called “nosuch”."),
    ],
)
async def test_what_does_not_fit_is_refused(chat: Chat, classroom: Template, line: str, why: str) -> None:
    assert why in (await chat.says("ada", f"/hms template {line}")).text
    assert {call.method for call in chat.world.calls} <= {"GET"}


@pytest.mark.parametrize("line", ["list", "show classroom", "create lab", "edit classroom --rename lab"])
async def test_a_moderator_is_refused(chat: Chat, classroom: Template, line: str) -> None:
    assert "Only admins can do this" in (await chat.says("mo", f"/hms template {line}")).text
    assert chat.world.calls == [] or {call.method for call in chat.world.calls} <= {"GET"}
