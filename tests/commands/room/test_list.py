"""``room list`` and ``room show``."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_the_list_names_rooms_their_state_and_their_channel(chat: Chat, standup: Room) -> None:
    chat.world.add_room("webinar", enabled=False)

    said = await chat.says("vi", "/hms room list")

    assert "2 rooms." in said.text
    assert "webinar · locked · -" in said.text
    assert "standup · open" in said.text


async def test_without_rooms_it_says_who_can_make_one(chat: Chat) -> None:
    assert "There is no room yet." in (await chat.says("vi", "/hms room list")).text


async def test_a_room_shows_how_it_is_set_up(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role host --zone Europe/Berlin")

    said = await chat.says("vi", "/hms room show")

    assert f"Id · {standup.id}" in said.text
    assert "Template · classroom" in said.text
    assert "Host role · host" in said.text
    assert "Time zone · Europe/Berlin" in said.text


async def test_a_room_shows_all_that_was_set_up(chat: Chat, standup: Room) -> None:
    roles = "--host-role host --stage-role stage --muted-role muted"
    await chat.says("ada", f"/hms room defaults standup {roles} --zone Asia/Tokyo --warn 10,5 --host-wait 5m")

    said = (await chat.says("vi", "/hms room show standup")).text

    for row in ("Stage role · stage", "Time zone · Asia/Tokyo", "Warnings · 10,5", "Wait for a host · 5m"):
        assert row in said


async def test_a_noun_alone_shows_the_room(chat: Chat, standup: Room) -> None:
    assert (await chat.says("vi", "/hms room standup")).text == (await chat.says("vi", "/hms room show")).text


async def test_somebody_without_a_level_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms room list")).text
    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms room show")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("vi", "/hms room show nosuch")).text
