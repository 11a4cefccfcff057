"""``room edit``: what 100ms keeps of a room."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_what_is_said_is_changed_after_the_difference_was_read(chat: Chat, standup: Room) -> None:
    card = await chat.says("ada", "/hms room edit --size 50 --region eu --rename stand-up")
    assert "Change standup?" in card.text
    assert "name: standup → stand-up" in card.text
    assert "region: auto → eu" in card.text
    assert "people at most: not set → 50" in card.text

    await chat.clicks("ada", "Change standup", card)

    assert "Ada changed standup." in chat.channel("classes")[-1]
    assert (standup.name, standup.region, standup.size) == ("stand-up", "eu", 50)


async def test_what_is_not_said_is_not_sent(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room edit --size 50 --yes")

    [call] = chat.calls("rooms.update")
    assert call.body == {"size": 50}


async def test_its_form_changes_only_what_is_written_otherwise(chat: Chat, standup: Room) -> None:
    standup.size = 20
    await chat.says("ada", "/hms room edit")
    [form] = chat.workspace.views_of("U0ADA")
    inputs = {block["block_id"]: block for block in form.body["blocks"] if block["type"] == "input"}
    assert inputs["size"]["element"]["initial_value"] == "20"
    standup.size = 30

    await chat.workspace.submits("U0ADA", form.id, {"description": {"value": "evening class"}})
    await chat.bot.idle()
    *_, preview = chat.workspace.views_of("U0ADA")
    assert "changed since you opened the form: people at most: 20 → 30" in str(preview.body).replace("*", "")
    await chat.workspace.submits("U0ADA", preview.id, {})
    await chat.bot.idle()

    assert (standup.description, standup.size) == ("evening class", 30)


async def test_what_somebody_else_changes_meanwhile_is_told_and_asked_anew(chat: Chat, standup: Room) -> None:
    card = await chat.says("ada", "/hms room edit --size 50")
    standup.size = 40

    again = await chat.clicks("ada", "Change standup", card)

    assert "people at most is 40 now, was not set." in again.text
    assert standup.size == 40


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("--rename lobby", "There is a room lobby already."),
        ("--rename 'a b'", "“a b” cannot be a room's name"),
        ("--size 3000", "More than 2500 people fit into a large room only."),
        ("--longest 60", "longest must be at least 120. It means: Seconds that a session lasts at most"),
        ("--region auto", "All of that holds already"),
        ("nosuch --size 3", "There is no room called “nosuch”"),
    ],
)
async def test_what_does_not_fit_is_refused(chat: Chat, standup: Room, line: str, why: str) -> None:
    chat.world.add_room("lobby")

    assert why in (await chat.says("ada", f"/hms room edit {line} --yes")).text
    assert chat.calls("rooms.update") == []


async def test_a_moderator_is_refused(chat: Chat, standup: Room) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms room edit --size 3")).text


async def test_from_then_on_it_is_called_as_it_was_renamed(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room edit --rename stand-up --yes")

    said = await chat.says("ada", "/hms room unbind")

    assert "Ada unbound stand-up" in said.text
    assert "stand-up" in said.buttons[0]
