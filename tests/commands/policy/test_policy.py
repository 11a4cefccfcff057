"""``policy show`` and ``policy set``: which command waits for whose yes."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture(autouse=True)
async def second_admin(chat: Chat) -> None:
    """Max is admin too: a policy is set by two."""
    await chat.grants("max", chat.ADMIN)


async def set_policy(chat: Chat, line: str) -> None:
    card = await chat.says("ada", f"/hms policy set {line}")
    await chat.clicks("max", card.buttons[0], card)


async def test_a_policy_is_set_by_two_admins_and_holds_from_then_on(chat: Chat, standup: Room) -> None:
    asked = await chat.says("ada", "/hms policy set second end-room")
    assert (
        "Let /hms end-room wait for the yes of a second moderator?\nAda asks.\n"
        "now it waits for the yes of whoever asks"
    ) in asked.text
    await chat.clicks("max", asked.buttons[0], asked)
    assert (
        "Ada let /hms end-room wait for the yes of a second moderator, was the yes of whoever asks."
    ) in chat.channel("classes")[-1]

    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", card)
    assert standup.session
    await chat.clicks("max", "End for 3 people", card)
    assert not standup.session


async def test_nobody_sets_a_policy_alone(chat: Chat, standup: Room) -> None:
    card = await chat.says("ada", "/hms policy set none remove")

    await chat.clicks("ada", card.buttons[0], card)

    assert chat.request(card).states == ["asked", "waiting"]


async def test_the_stricter_of_the_policy_then_and_now_holds(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await set_policy(chat, "second end-room")

    said = await chat.clicks("mo", "End for 3 people", card)

    assert standup.session
    assert "It waits for a second moderator now, was your confirmation." in said.text


async def test_a_milder_policy_does_not_help_what_was_asked_before(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await set_policy(chat, "actor remove")

    await chat.clicks("mo", "Remove “Gus”", card)

    assert len(standup.peers) == 3


async def test_a_denied_card_names_no_button_that_only_said_go_ahead(chat: Chat, standup: Room) -> None:
    await set_policy(chat, "second room unlock")
    card = await chat.says("mo", "/hms room unlock standup")

    denied = await chat.clicks("max", "Deny", card)

    assert "Denied by Max. Nothing was done." in denied.text
    assert "Go ahead" not in denied.text


async def test_default_gives_the_command_its_own_yes_back(chat: Chat) -> None:
    await set_policy(chat, "admin end-room")
    assert (
        "/hms end-room · the yes of a second person who is admin"
        in (await chat.says("vi", "/hms policy show")).text
    )

    await set_policy(chat, "default end-room")

    assert "/hms end-room · the yes of whoever asks" in (await chat.says("vi", "/hms policy show")).text


@pytest.mark.parametrize("line", ["end-room 2P", "end-room second", "2p end-room", "moderator end-room"])
async def test_either_may_be_said_first_and_in_other_words(chat: Chat, line: str) -> None:
    asked = await chat.says("ada", f"/hms policy set {line}")

    assert "Let /hms end-room wait for the yes of a second moderator?" in asked.text
    assert asked.buttons == ("Let it wait so", "Deny")


async def test_the_form_is_filled_and_offers_what_the_policy_itself_says(chat: Chat) -> None:
    await chat.says("ada", "/hms policy set end-room")

    [form] = chat.workspace.views_of("U0ADA")
    [needs] = [one["element"] for one in form.body["blocks"] if one["type"] == "input"]
    assert "end-room" in str(form.body)
    assert [one["text"]["text"] for one in needs["options"]] == [
        "nobody's yes",
        "the yes of whoever asks",
        "the yes of a second moderator",
        "the yes of a second person who is admin",
        "whom it usually does",
    ]


async def test_a_word_that_is_none_is_said_with_what_the_others_mean(chat: Chat) -> None:
    said = await chat.says("ada", "/hms policy set twice end-room")

    assert "second (the yes of a second moderator)" in said.text


async def test_what_only_looks_has_no_policy(chat: Chat) -> None:
    assert "only looks" in (await chat.says("ada", "/hms policy set second status")).text


async def test_a_command_that_does_not_exist_is_named(chat: Chat) -> None:
    assert "There is no command dance" in (await chat.says("ada", "/hms policy set second dance")).text


async def test_a_moderator_sets_none(chat: Chat) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms policy set none remove")).text


async def test_somebody_without_a_level_sees_none(chat: Chat) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada and Max." in (await chat.says("vi", "/hms policy show")).text
