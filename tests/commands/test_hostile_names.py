"""Whoever joins a room chooses their name: it is drawn as one, stops no command and plays no trick."""

import unicodedata
from collections.abc import AsyncIterator

import pytest

from tests.chat import Chat, Said, buttons, opened

BIDI = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Chat]:
    """The whole bot on each store in turn."""
    async with opened(database_url) as chat:
        yield chat


def tricks(said: Said) -> set[str]:
    """Everything in what was read, blocks and buttons too, that moves or hides what is around it."""
    shown = "".join(f"{message.text}{message.blocks}" for message in said.messages)
    assert "\\x" not in shown
    assert "\\u" not in shown
    return {
        sign
        for sign in shown
        if unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in BIDI
    } - {"\n"}


async def test_a_name_that_no_store_takes_stops_neither_a_look_nor_a_removal(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    gustav = room.join("Gus\x00tav", user_id="gus\x00tav")
    await chat.binds("classes", room)

    assert "#2 “Gustav” · guest · in for 1 minute" in (await chat.says("vi", "/hms who")).text
    card = await chat.says("mo", "/hms remove Gustav spamming")
    await chat.clicks("max", "Remove “Gustav”", card)

    assert gustav not in room.peers
    assert chat.request(card).states == ["asked", "waiting", "running", "done"]


async def test_a_line_that_no_store_takes_is_read_without_it(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)

    await chat.says("mo", "/hms say good\x00 morning\udfff")

    assert [message.text for message in room.messages] == ["good morning"]


@pytest.mark.parametrize(
    ("trick", "left"), [("\x1b[31m", "[31m"), ("\x07", ""), ("\x9b2J", "2J"), ("\u202e", ""), ("\u2067", "")]
)
async def test_a_name_moves_nothing_on_a_card_a_button_or_in_a_list(
    chat: Chat, trick: str, left: str
) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join(f"Gus{trick}", user_id=f"one{trick}")
    room.join(f"Gus{trick}", user_id="other")
    await chat.binds("classes", room)

    picker = await chat.says("mo", f"/hms remove Gus{left} spamming")
    listed = await chat.says("mo", "/hms who")
    card = await chat.clicks("mo", picker.buttons[0], picker)

    assert len(picker.buttons) == 2
    assert tricks(picker) | tricks(listed) | tricks(card) | tricks(chat.reads("max")) == set()
    assert [label for message in card.messages for label in buttons(message)]


async def test_the_words_of_100ms_move_nothing(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    chat.world.fault("/active-rooms", status=400, body={"message": "no\x1b[31m \u202esuch"}, times=9)

    assert tricks(await chat.says("vi", "/hms who")) == set()


@pytest.mark.parametrize("name", ["   ", "\u3164", "\u200b\u2800", "\u115f\u1160"])
async def test_who_shows_no_name_is_shown_by_their_id(chat: Chat, name: str) -> None:
    room = chat.world.add_room("standup", live=True)
    nobody = room.join(name, user_id="u-17")
    await chat.binds("classes", room)

    assert "#2 “user:u-17” · guest · in for 1 minute" in (await chat.says("vi", "/hms who")).text
    card = await chat.says("mo", "/hms remove user:u-17 spamming")
    assert "Remove “user:u-17” from standup?" in card.text
    done = await chat.clicks("max", "Remove “user:u-17”", card)

    assert "removed “user:u-17” from standup." in done.text
    assert nobody not in room.peers


async def test_an_id_that_shows_nothing_is_no_id_to_show(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    nobody = room.join(" ", user_id="\u3164")
    await chat.binds("classes", room)

    assert f"#2 “peer:{nobody.id}” · guest · in for 1 minute" in (await chat.says("vi", "/hms who")).text


async def test_names_that_are_written_otherwise_stay_as_they_are(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    for name in ("דנה כהן", "می‌خواهم", "👨‍👩‍👧", "❤️‍🔥"):
        room.join(name)
    await chat.binds("classes", room)

    said = await chat.says("vi", "/hms who")

    assert all(f" “{name}” · " in said.text for name in ("דנה כהן", "می‌خواهم", "👨‍👩‍👧", "❤️‍🔥"))
