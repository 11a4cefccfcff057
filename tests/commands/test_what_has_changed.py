"""What was written down is looked at again: rooms that were renamed or deleted, people who have left."""

from dataclasses import replace

import pytest

from bot.command import RoomRef
from bot.features.room.book import Binding, RoomBook
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

    status = (await chat.says("mo", "/hms status")).text.splitlines()
    assert status[0] == "morning · 3 people · 1 minute · open"


async def test_a_room_that_was_renamed_has_its_new_name_on_the_first_card_of_the_next_process(
    chat: Chat, standup: Room
) -> None:
    standup.name = "morning"
    await chat.says("mo", "/hms end-room")  # 100ms says its name on the way
    await chat.stops()
    await chat.starts()

    card = await chat.says("mo", "/hms end-room")

    assert "morning" in card.text
    assert "standup" not in card.text


@pytest.mark.parametrize("line", ["status", "room show", "room list", "schedule list"])
async def test_a_room_is_called_as_100ms_has_just_said(chat: Chat, standup: Room, line: str) -> None:
    await chat.says("vi", "/hms status")
    chat.world.rename(standup, "morning")
    await chat.says("vi", "/hms room list")

    assert "standup" not in (await chat.says("vi", f"/hms {line}")).text


async def test_a_look_at_a_room_says_its_new_name_at_once(chat: Chat, standup: Room) -> None:
    await chat.says("vi", "/hms status")
    chat.world.rename(standup, "morning")

    assert (await chat.says("vi", "/hms status")).text.startswith("morning · ")
    chat.world.rename(standup, "evening")
    assert "evening is set up like this" in (await chat.says("vi", "/hms room show")).text


async def test_another_room_that_has_the_old_name_by_now_is_the_one_that_is_meant(
    chat: Chat, standup: Room
) -> None:
    await chat.says("vi", "/hms status standup")
    chat.world.rename(standup, "morning")
    chat.world.add_room("standup")
    await chat.says("vi", "/hms room list")

    assert "standup · nobody is there" in (await chat.says("vi", "/hms status standup")).text
    assert "morning · 3 people" in (await chat.says("vi", "/hms status")).text


async def test_what_was_written_down_with_a_room_is_of_its_new_name_too(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms schedule window daily 08:00-17:00 --tz UTC --yes")
    await chat.says("ada", "/hms announce add 'every 30m' Drink something")
    await chat.says("mo", "/hms end-room --in 30m --yes")
    chat.world.rename(standup, "morning")
    await chat.says("vi", "/hms status")

    for line in ("schedule list", "announce list", "end-room --cancel"):
        said = (await chat.says("mo", f"/hms {line}")).text
        assert "standup" not in said, line
        assert "morning" in said, line


async def test_a_mistyped_room_is_found_among_all_that_are_known_and_not_the_hundred_newest_alone(
    chat: Chat, standup: Room
) -> None:
    chat.world.add_room("geometry")
    await chat.says("mo", "/hms status geometry")
    for number in range(100):
        chat.world.add_room(f"yoga-{number}")
    await chat.passes("1m")
    await chat.says("mo", "/hms status", channel="webinars")
    before = len(chat.world.calls)

    said = await chat.says("mo", "/hms status geometri")

    assert said.buttons == ("geometry",)
    looked_for = len(chat.world.calls) - before
    await chat.says("mo", "/hms status nosuchroom")
    assert len(chat.world.calls) - before == 2 * looked_for


async def test_a_room_that_a_channel_speaks_for_is_near_however_many_there_are(
    chat: Chat, standup: Room
) -> None:
    async with chat.bot.db.write() as tx:
        for number in range(120):
            room = RoomRef(id=f"{number:024x}", name=f"hall-{number:03}-of-channels")
            await RoomBook(chat.bot.db, chat.clock).bind(tx, Binding(f"C0{number:03}", room, viewers=False))

    said = await chat.says("mo", "/hms status hall-119-of-chanels")

    assert "hall-119-of-channels" in said.buttons


async def test_a_room_that_is_gone_is_said_to_be_gone(chat: Chat, standup: Room) -> None:
    del chat.world.rooms[standup.id]

    said = await chat.says("mo", "/hms status")

    assert "100ms has no room standup any more." in said.text
    assert "/hms room bind" in said.text
