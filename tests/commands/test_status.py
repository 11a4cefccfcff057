"""``status``: what goes on in a room, and what waits for whoever asks."""

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

RECORDING = Order(kind=Kind.RECORDING, meeting_url="https://classroom.app.100ms.live/preview")


async def test_it_counts_the_people_in_the_room_of_the_channel(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms status")

    assert "3 people in standup since 2 Mar 09:00" in said.text
    assert chat.channel("classes") == []


async def test_hms_alone_means_the_same(chat: Chat, standup: Room) -> None:
    assert (await chat.says("vi", "/hms")).text == (await chat.says("vi", "/hms status")).text


async def test_recorders_are_not_counted_but_what_they_do_is_named(chat: Chat, standup: Room) -> None:
    standup.start(RECORDING)
    await chat.passes("10s")
    assert len(standup.peers) == 4

    said = await chat.says("vi", "/hms status")

    assert "3 people in standup" in said.text
    assert "Running: 1 recording." in said.text


async def test_an_empty_room_is_no_error(chat: Chat) -> None:
    chat.world.add_room("empty")

    assert (await chat.says("vi", "/hms status empty")).text == "Nobody is in empty."


async def test_a_room_that_was_locked_elsewhere_is_said_so(chat: Chat, standup: Room) -> None:
    standup.enabled = False

    assert "It is locked, but not by /hms" in (await chat.says("vi", "/hms status")).text


async def test_a_lock_that_was_opened_elsewhere_is_no_longer_shown(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms room lock --yes")
    standup.enabled = True

    assert "locked" not in (await chat.says("vi", "/hms status")).text


async def test_it_shows_what_waits_for_whoever_asks(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    for_max = await chat.says("max", "/hms status")
    assert "This waits for you:" in for_max.text
    assert "remove" in for_max.text
    assert "waits" not in (await chat.says("mo", "/hms status")).text
    assert "waits" not in (await chat.says("vi", "/hms status")).text


async def test_without_a_room_it_asks_which(chat: Chat, standup: Room) -> None:
    choice = await chat.says("vi", "/hms status", channel="webinars")
    assert choice.buttons == ("standup",)

    said = await chat.clicks("vi", "standup", choice)

    assert "3 people in standup" in said.text


async def test_somebody_without_a_level_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms status")).text


async def test_members_of_a_bound_channel_may_look_where_the_binding_says_so(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.binds("classes", standup, viewers=True)

    assert "3 people in standup" in (await chat.says("vi", "/hms status")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("vi", "/hms status nosuch")).text


async def test_here_lets_the_channel_read_it(chat: Chat, standup: Room) -> None:
    await chat.says("vi", "/hms status --here")

    assert "3 people in standup" in chat.channel("classes")[0]
