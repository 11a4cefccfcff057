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
    assert "It takes a moderator, and Vi is a viewer here." in said.text


async def test_a_level_in_one_room_counts_where_that_room_is_spoken_of(chat: Chat, standup: Room) -> None:
    await chat.grants("vi", chat.MODERATOR, standup.id)

    assert "Yes" in (await chat.says("vi", "/hms can @vi end-room")).text
    assert "No" in (await chat.says("vi", "/hms can @vi end-room", channel="webinars")).text


async def test_a_guest_cannot_whatever_the_command(chat: Chat, standup: Room) -> None:
    assert "Gia is a guest" in (await chat.says("mo", "/hms can @gia status")).text


async def test_anybody_may_ask(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "No, Vi cannot" in (await chat.says("vi", "/hms can @vi status")).text


async def test_a_command_that_does_not_exist_is_named(chat: Chat) -> None:
    assert "There is no command dance" in (await chat.says("mo", "/hms can @vi dance")).text


async def test_who_is_refused_is_spoken_to_and_told_whom_to_ask(chat: Chat, standup: Room) -> None:
    await chat.grants("max", chat.ADMIN)
    await chat.says("ada", "/hms access revoke @mo --yes")

    assert (await chat.says("vi", "/hms end-room")).text == (
        "Only moderators can do this; you are a viewer. Ask Ada and Max."
    )
    assert (await chat.says("mo", "/hms who")).text == (
        "Only those who hold a level here can do this; you hold none. Ask Ada and Max."
    )
    assert "grant" not in (await chat.says("mo", "/hms room bind")).text


async def test_the_log_names_who_can_be_asked(chat: Chat, standup: Room) -> None:
    await chat.says("vi", "/hms end-room --dry-run")

    assert "you are a viewer. Ask @Ada." in (await chat.says("ada", "/hms audit tail")).text
