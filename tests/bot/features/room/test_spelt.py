"""Rooms by how they are spelt: what was mistyped is found among very many at the price of a few."""

from bot.command import RoomRef
from bot.features.room.spelt import ROWS, SpeltRooms
from tests.chat import Chat
from tests.tally import statements
from tests.turns import turns_during

MANY = 5 * ROWS


def room(name: str, number: int = 1) -> RoomRef:
    return RoomRef(id=f"{number:024x}", name=name)


def near(spelt: SpeltRooms, words: str) -> list[str]:
    return [one.name for one in spelt.near(words, spelt.ids)]


def test_a_room_is_near_by_its_name_of_now_alone() -> None:
    spelt = SpeltRooms()
    spelt.put(room("standup"))
    assert near(spelt, "standpu") == ["standup"]

    spelt.put(room("breakfast"))

    assert near(spelt, "standpu") == []
    assert near(spelt, "breakfats") == ["breakfast"]


def test_only_those_that_may_be_told_of_are_near() -> None:
    spelt = SpeltRooms()
    spelt.put(room("standup 1", 1))
    spelt.put(room("standup 2", 2))

    assert [one.name for one in spelt.near("standup", {room("", 2).id})] == ["standup 2"]


async def test_others_have_their_turn_while_many_are_learnt() -> None:
    spelt = SpeltRooms()

    turns = await turns_during(spelt.put_all(room(f"room-{number}", number) for number in range(MANY)))

    assert turns >= MANY // ROWS
    assert len(spelt.ids) == MANY


async def test_what_is_mistyped_again_reads_no_list_of_rooms_again(chat: Chat) -> None:
    for number in range(30):
        await chat.binds("classes", chat.world.add_room(f"standup-{number}"))
    assert "standup-7" in (await chat.says("vi", "/hms who standpu-7")).buttons

    with statements(chat.bot.db) as heard:
        assert "standup-8" in (await chat.says("vi", "/hms who standpu-8")).buttons

    lists = [one for one in heard if one.rstrip().endswith("FROM bindings ORDER BY bindings.channel")]
    assert lists == []
