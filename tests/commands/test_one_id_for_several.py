"""An app that gives several people one user id: each is still themselves, and nobody goes for another."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

SHARED = "app-user"


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """Hana the host, Gus and Ivy, all with the same user id; #classes speaks for the room."""
    room = chat.world.add_room("yoga", live=True)
    for peer in list(room.peers):
        room.leave(peer)
    room.join("Hana", role="host", user_id=SHARED)
    room.join("Gus", user_id=SHARED)
    room.join("Ivy", user_id=SHARED)
    await chat.binds("classes", room)
    return room


def names(room: Room) -> set[str]:
    return {peer.name for peer in room.peers}


async def test_who_is_removed_is_the_one_who_was_named(chat: Chat, yoga: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    assert "Remove “Gus” from yoga?" in card.text
    assert "Stays, with the same user id: “Hana” and “Ivy”." in card.text

    await chat.clicks("max", "Remove “Gus”", card)

    assert names(yoga) == {"Hana", "Ivy"}


async def test_a_role_hits_each_of_them_once_and_no_host(chat: Chat, yoga: Room) -> None:
    card = await chat.says("mo", "/hms remove --role guest --reason 'the lesson begins'")
    assert "Remove 2 people from yoga?" in card.text

    await chat.clicks("max", "Remove 2 people", card)

    assert names(yoga) == {"Hana"}


async def test_who_claims_the_id_of_a_host_does_not_take_the_host_along(chat: Chat, standup: Room) -> None:
    hana = next(peer for peer in standup.peers if peer.name == "Hana")
    standup.join("Rex", user_id=hana.user_id)

    card = await chat.says("mo", "/hms remove Rex shouting")
    assert "Stays, with the same user id: “Hana”." in card.text
    await chat.clicks("max", "Remove “Rex”", card)

    assert names(standup) == {"Hana", "Gus", "Ivy"}


async def test_nobody_escapes_by_having_somebody_claim_their_id_meanwhile(chat: Chat, standup: Room) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.join("Rex", user_id=gus.user_id)

    again = await chat.clicks("max", "Remove “Gus”", card)  # the case has changed: it is asked anew
    await chat.clicks("max", "Remove “Gus”", again if again.buttons else chat.reads("max"))

    assert names(standup) == {"Hana", "Ivy", "Rex"}


async def test_two_devices_of_one_person_are_one_person(chat: Chat, standup: Room) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    standup.join("Gus", user_id=gus.user_id)

    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Remove “Gus”", card)

    assert names(standup) == {"Hana", "Ivy"}


async def test_a_row_of_the_list_is_the_one_in_it(chat: Chat, yoga: Room) -> None:
    listed = (await chat.says("mo", "/hms who")).text
    row = next(line.split(" · ")[0].strip() for line in listed.splitlines() if "Ivy" in line)

    card = await chat.says("mo", f"/hms remove {row} humming")
    await chat.clicks("max", "Remove “Ivy”", card)

    assert names(yoga) == {"Hana", "Gus"}


async def test_an_id_of_several_is_a_picker(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", f"/hms remove user:{SHARED} spamming")

    assert "That names several people in yoga." in said.text
    assert set(said.buttons) == {"“Hana” · host", "“Gus” · guest", "“Ivy” · guest"}
