"""``key``: what lets a studio stream into a room, shown, made, changed and disabled."""

from typing import Any

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.everything import everything

OF_A_ROOM = "/stream-keys/room/{}"


@pytest.fixture
async def keyed(chat: Chat, standup: Room) -> Room:
    """It has a key."""
    await chat.says("ada", "/hms key create --yes")
    return standup


def fails_to_create(chat: Chat, room: Room, **how: Any) -> None:
    """The next key is not made; what its address begins with is left alone."""
    chat.world.fault(f"{OF_A_ROOM.format(room.id)}/disable")
    chat.world.fault(OF_A_ROOM.format(room.id), method="POST", **how)


def key(room: Room) -> str:
    assert room.stream_key
    return room.stream_key.key


async def test_a_key_is_made_after_a_yes_and_shown_to_who_asks_alone(chat: Chat, standup: Room) -> None:
    card = await chat.says("ada", "/hms key create")
    assert "Make a stream key for standup?\nwhoever has it can stream into the room" in card.text
    await chat.clicks("ada", "Make a key", card)
    assert "Ada made a stream key for standup." in chat.channel("classes")[-1]

    said = await chat.clicks("ada", "Show the key", chat.reads("ada"))

    assert f"Key: {key(standup)}" in said.text
    assert [message.only_for for message in said.messages] == ["U0ADA"]
    [entry] = [one for one in await chat.bot.audit.tail(50) if one.state == "minted"]
    assert (entry.actor, entry.text) == ("U0ADA", "key show standup")
    assert key(standup) not in await everything(chat)


async def test_a_key_that_is_shown_can_be_hidden(chat: Chat, keyed: Room) -> None:
    said = await chat.says("ada", "/hms key show --here")

    await chat.clicks("ada", "Hide", said)

    assert key(keyed) not in chat.reads("ada").text


async def test_in_direct_messages_it_does_not_stay_either(chat: Chat, keyed: Room) -> None:
    said = await chat.says("ada", "key show standup", "dm")
    assert said.messages[-1].only_for == "U0ADA"

    await chat.clicks("ada", "Hide", said)

    assert key(keyed) not in chat.reads("ada", "dm").text


async def test_a_moderator_neither_sees_nor_changes_a_key(chat: Chat, keyed: Room) -> None:
    before = key(keyed)

    for line in ("key show", "key create", "key rotate", "key disable"):
        assert (await chat.says("mo", f"/hms {line} --yes")).text.startswith("Only "), line
    assert (await chat.clicks("mo", "Show the key", chat.reads("mo"))).text.startswith("Only ")
    assert key(keyed) == before


async def test_a_room_without_a_key_says_how_to_make_one(chat: Chat, standup: Room) -> None:
    for line in ("key show", "key rotate", "key disable"):
        said = await chat.says("ada", f"/hms {line}")
        assert "standup has no stream key. Make one: /hms key create" in said.text, line


async def test_a_room_that_has_one_gets_no_second(chat: Chat, keyed: Room) -> None:
    said = await chat.says("ada", "/hms key create --yes")

    assert "standup has a stream key already." in said.text
    assert len(keyed.stream_keys) == 1


async def test_a_locked_room_gives_no_key_and_it_is_said_why(chat: Chat, keyed: Room) -> None:
    keyed.enabled = False

    assert "100ms gives no key of a locked room" in (await chat.says("ada", "/hms key show")).text


async def test_a_room_that_is_not_there_has_no_key(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("ada", "/hms key show nosuch")).text


async def test_a_key_is_changed_for_another(chat: Chat, keyed: Room) -> None:
    before = key(keyed)

    card = await chat.says("ada", "/hms key rotate")
    assert "Change the stream key of standup?\nnobody starts a stream with the old one" in card.text
    await chat.clicks("ada", "Change the key", card)

    assert key(keyed) != before
    assert "the old one works no more, and there is a new one" in chat.channel("classes")[-1]


async def test_where_the_second_half_of_a_change_fails_both_halves_are_told(chat: Chat, keyed: Room) -> None:
    fails_to_create(chat, keyed, status=400, body={"message": "quota exceeded"})

    await chat.says("ada", "/hms key rotate --yes")

    said = chat.reads("ada")
    assert "The old key of standup works no more, and no new one could be made: quota exceeded." in said.text
    assert keyed.stream_key is None
    card = await chat.clicks("ada", "Make a key", said)
    await chat.clicks("ada", "Make a key", card)
    assert keyed.stream_key is not None


async def test_where_it_is_locked_between_the_halves_that_is_told(chat: Chat, keyed: Room) -> None:
    fails_to_create(chat, keyed, status=403, body={"message": "room disabled"})

    await chat.says("ada", "/hms key rotate --yes")

    assert "100ms made no new one: the room is locked now." in chat.reads("ada").text
    assert keyed.stream_key is None


async def test_where_the_answer_of_the_second_half_is_lost_that_is_told(chat: Chat, keyed: Room) -> None:
    fails_to_create(chat, keyed, status=502)

    await chat.says("ada", "/hms key rotate --yes")

    assert "Whether a new one was made is not known" in chat.reads("ada").text
    assert "Show the key" in chat.reads("ada").buttons


async def test_where_the_first_half_fails_nothing_was_changed(chat: Chat, keyed: Room) -> None:
    before = key(keyed)
    chat.world.fault(f"/stream-keys/room/{keyed.id}/disable", status=400, body={"message": "not now"})

    await chat.says("ada", "/hms key rotate --yes")

    assert "100ms refused this: not now. Nothing was done." in chat.reads("ada").text
    assert key(keyed) == before


async def test_a_key_is_disabled_for_good(chat: Chat, keyed: Room) -> None:
    card = await chat.says("ada", "/hms key disable")
    assert "Disable the stream key of standup?" in card.text
    await chat.clicks("ada", "Disable it", card)

    assert keyed.stream_key is None
    assert "Ada disabled the stream key of standup" in chat.channel("classes")[-1]
    assert "Make a key" in chat.reads("ada").buttons
