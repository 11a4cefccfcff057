"""What was written down is looked at again: rooms that were renamed or deleted, people who have left."""

from dataclasses import replace

from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat


def leaves(chat: Chat, *names: str) -> None:
    for name in names:
        person = chat.workspace.directory.person(PEOPLE[name])
        chat.workspace.arrives(replace(person, deleted=True))


async def test_who_has_left_is_not_waited_for(chat: Chat, standup: Room) -> None:
    leaves(chat, "max")

    await chat.says("mo", "/hms remove Gus spamming")

    card = chat.reads("ada")
    assert "Remove “Gus”" in card.buttons
    assert "Max" not in card.text


async def test_where_everybody_who_could_decide_has_left_that_is_said(chat: Chat, standup: Room) -> None:
    leaves(chat, "max", "ada")

    said = await chat.says("mo", "/hms remove Gus spamming")

    assert "This needs the yes of a second moderator, and there is none here." in said.text


async def test_a_room_that_was_renamed_is_called_by_its_new_name(chat: Chat, standup: Room) -> None:
    standup.name = "morning"
    await chat.says("mo", "/hms end-room")  # 100ms says its name on the way

    assert "in morning" in (await chat.says("mo", "/hms status")).text


async def test_a_room_that_is_gone_is_said_to_be_gone(chat: Chat, standup: Room) -> None:
    del chat.world.rooms[standup.id]

    said = await chat.says("mo", "/hms status")

    assert "100ms has no room standup any more." in said.text
    assert "/hms room bind" in said.text
