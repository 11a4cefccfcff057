"""``can``: whether somebody may, and why."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_it_says_yes_with_the_reason(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms can @mo end-room")

    assert "Yes, Mo can run /hms end-room here." in said.text
    assert "moderator" in said.text


async def test_it_says_no_with_the_reason(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms can @vi room lock")

    assert "No, Vi cannot run /hms room lock here." in said.text
    assert "This takes a moderator" in said.text


async def test_a_level_in_one_room_counts_where_that_room_is_spoken_of(chat: Chat, standup: Room) -> None:
    await chat.grants("vi", chat.MODERATOR, standup.id)

    assert "Yes" in (await chat.says("vi", "/hms can @vi end-room")).text
    assert "No" in (await chat.says("vi", "/hms can @vi end-room", channel="webinars")).text


async def test_a_guest_cannot_whatever_the_command(chat: Chat, standup: Room) -> None:
    assert "No: Gia is a guest" in (await chat.says("mo", "/hms can @gia status")).text


async def test_anybody_may_ask(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "No, Vi cannot" in (await chat.says("vi", "/hms can @vi status")).text


async def test_a_command_that_does_not_exist_is_named(chat: Chat) -> None:
    assert "There is no command dance" in (await chat.says("mo", "/hms can @vi dance")).text
