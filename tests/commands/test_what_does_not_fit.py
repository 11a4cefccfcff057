"""One odd member of an answer of 100ms stops no command that does not need it."""

from collections.abc import Callable

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat

ODD: dict[str, Callable[[dict[str, object]], None]] = {
    "a broken frame rate": lambda role: role.update(publishParams={"video": {"frameRate": 29.97}}),
    "a frame rate in words": lambda role: role.update(publishParams={"video": {"frameRate": "film"}}),
    "a priority in words": lambda role: role.update(priority="first"),
    "nothing to subscribe to": lambda role: role.update(subscribeParams="everybody"),
    "permissions in a list": lambda role: role.update(permissions=["endRoom"]),
}


@pytest.fixture(params=ODD)
def odd(request: pytest.FixtureRequest, standup: Room) -> Room:
    """Standup, whose hosts have a role that is odd in one way."""
    ODD[request.param](standup.template.roles["host"])  # type: ignore[arg-type]
    return standup


@pytest.mark.usefixtures("odd")
async def test_a_look_needs_little_of_a_template(chat: Chat) -> None:
    assert "standup · 3 people" in (await chat.says("vi", "/hms status")).text
    assert "3 people in standup" in (await chat.says("vi", "/hms who")).text


async def test_a_session_ends_whatever_its_template_says(chat: Chat, odd: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", card)

    assert odd.session is None
    assert len(chat.calls("templates.retrieve")) == 1


async def test_somebody_is_removed_whatever_the_template_says_and_hosts_stay_protected(
    chat: Chat, odd: Room
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Remove “Gus”", card)
    all_of_them = await chat.says("mo", "/hms remove --role host --reason 'all of them'")

    assert [peer.name for peer in odd.people] == ["Hana", "Ivy"]
    assert "hosts are protected" in all_of_them.text


def sends_odd_people(chat: Chat, standup: Room) -> None:
    hana, gus = standup.peers[:2]
    peers = {
        hana.id: {"id": hana.id, "name": "Hana", "role": "host", "metadata": {"hand": True}},
        gus.id: {"id": gus.id, "name": "Gus", "role": "guest", "joined_at": "a minute ago"},
        "nobody": None,
    }
    chat.world.fault(f"/active-rooms/{standup.id}/peers", status=200, body={"peers": peers}, times=9)


LEFT_OUT = "Left out, since I cannot read what 100ms sent of it: 1 person."


async def test_one_odd_person_hides_nobody_else(chat: Chat, standup: Room) -> None:
    sends_odd_people(chat, standup)

    said = await chat.says("vi", "/hms who")

    assert "2 people in standup." in said.text
    assert "“Hana” · host" in said.text
    assert "“Gus” · guest" in said.text
    assert LEFT_OUT in said.text
    assert len(chat.calls("active_rooms.list_peers")) == 1


async def test_a_card_says_who_is_left_out_and_nothing_where_nobody_is(chat: Chat, standup: Room) -> None:
    assert "Left out" not in (await chat.says("mo", "/hms end-room")).text
    sends_odd_people(chat, standup)

    card = await chat.says("mo", "/hms end-room")

    assert "End standup for 2 people?" in card.text.splitlines()
    assert LEFT_OUT in card.text


async def test_a_list_of_rooms_says_how_many_are_left_out(chat: Chat, standup: Room) -> None:
    body = {"limit": 10, "data": [{"id": standup.id, "name": "standup"}, {"name": 5}], "last": ""}
    chat.world.fault("/rooms", method="GET", status=200, body=body, times=9)

    said = await chat.says("mo", "/hms room list")

    assert "standup" in said.text
    assert "Left out, since I cannot read what 100ms sent of it: 1 entry." in said.text


async def test_what_cannot_be_read_at_all_is_asked_for_once_and_said(chat: Chat, standup: Room) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}", status=200, body={"session": "yes"}, times=9)

    said = await chat.says("vi", "/hms status")

    assert "100ms answered in a way that I cannot read, so nothing was done." in said.text
    assert len(chat.calls("active_rooms.retrieve")) == 1
