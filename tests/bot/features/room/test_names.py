"""Rooms by name: remembered for half a minute, and never remembered as missing."""

from tests.chat import Chat


async def test_a_name_is_asked_of_100ms_once_in_half_a_minute(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)

    for line in ("/hms who standup", "/hms who Standup"):
        await chat.says("vi", line)
    assert len(chat.calls("rooms.list")) == 1

    await chat.passes("30s")
    await chat.says("vi", "/hms who standup")
    assert len(chat.calls("rooms.list")) == 2


async def test_a_room_that_was_not_there_is_looked_for_again(chat: Chat) -> None:
    assert "no room" in (await chat.says("vi", "/hms who standup")).text

    chat.world.add_room("standup", live=True)

    assert "1 person in standup." in (await chat.says("vi", "/hms who standup")).text


async def test_an_id_names_a_room_as_well(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)

    assert "1 person in standup." in (await chat.says("vi", f"/hms who {room.id}")).text


async def test_part_of_a_name_is_not_guessed_but_offered(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)

    choice = await chat.says("vi", "/hms who standpu")

    assert choice.buttons == ("standup",)


async def test_recorders_are_nobody_to_name(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Recorder", role="host", user_id="somebody")
    recorder = room.enter_recorder(room.session.id)

    card = await chat.says("mo", "/hms remove Recorder spamming --room standup")
    await chat.clicks("ada", "Remove “Recorder”", card)  # of a host an admin decides

    assert recorder in room.peers
    assert [peer.name for peer in room.peers] == ["Hana", "Recorder"]


async def test_a_room_of_ones_own_is_offered_however_many_are_newer(chat: Chat) -> None:
    own = chat.world.add_room("standup")
    for number in range(101):
        chat.world.add_room(f"newer-{number}")
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.grants("vi", chat.VIEWER, own.id)

    assert (await chat.says("vi", "/hms who standpu")).buttons == ("standup",)
    assert (await chat.says("vi", "/hms who newer-7")).buttons == ()
