"""``session``: what has gone on in a room, with whom, and what is left of it."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def past(chat: Chat, standup: Room) -> Room:
    """Over after ten minutes, in which Gus was there twice, and recorded."""
    await chat.says("mo", "/hms record start")
    await chat.passes("4m")
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    standup.leave(gus)
    await chat.passes("2m")
    standup.join("Gus", user_id=gus.user_id)
    await chat.passes("4m")
    standup.end()
    await chat.passes("1m")
    return standup


async def test_the_sessions_of_a_room_are_listed_with_length_and_people(chat: Chat, past: Room) -> None:
    await chat.passes("1h")
    past.join("Ivy")
    await chat.passes("5m")

    said = await chat.says("vi", "/hms session list")

    assert "2 sessions of standup." in said.text
    running, over = said.text.index("5 minutes · 1 person · goes on"), said.text.index("3 people · recorded")
    assert running < over
    assert said.buttons == ("Show", "Show")


async def test_one_session_says_who_was_there_and_what_is_left_of_it(chat: Chat, past: Room) -> None:
    listed = await chat.says("vi", "/hms session list")

    said = await chat.clicks("vi", "Show", listed)

    assert (
        "It began 2 Mar 09:00 UTC and lasted 10 minutes. 3 people took part. It has 1 recording." in said.text
    )
    assert "It has left 2 files. 100ms keeps them until Mar 17, 2026." in said.text
    assert "Gus · guest · 2 Mar 04:00 · 2 Mar 04:10 · 8 minutes" in said.text
    assert set(said.buttons) == {"Fresh link: video", "Fresh link: chat"}


async def test_its_people_come_fifty_at_a_time(chat: Chat, standup: Room) -> None:
    for number in range(60):
        standup.join(f"Guest {number}")

    said = await chat.says("vi", "/hms session show")
    assert "63 people took part." in said.text
    assert "Guest 46" in said.text
    assert "Guest 47" not in said.text

    assert "Guest 59" in (await chat.clicks("vi", "More people", said)).text


async def test_a_session_that_nobody_knows_and_one_of_another_room_are_not_there(
    chat: Chat, past: Room
) -> None:
    other = chat.world.add_room("lobby", live=True)
    assert other.session

    for session in ("6501a9f0b2d4e5f60123000f", other.session.id, "."):
        said = await chat.says("vi", f"/hms session show {session}")
        assert f"standup has had no session {session}." in said.text


async def test_a_room_in_which_nobody_was_says_so(chat: Chat) -> None:
    await chat.binds("classes", chat.world.add_room("yoga"))

    for line in ("session list", "session show"):
        assert "Nobody has been in yoga yet." in (await chat.says("vi", f"/hms {line}")).text


async def test_nobody_without_a_level_sees_sessions(chat: Chat, past: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    for line in ("session list", "session show"):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only ")
