"""What no person asks for: a schedule asks as itself, its maker answers for it."""

import pytest

from bot.people import Actor
from bot.reply import Invocation
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat

VIA = "made by Ada, approved by Max"
NIGHTLY = Actor("schedule:12", "schedule 12", via=VIA, behind=(PEOPLE["ada"], PEOPLE["max"]))


@pytest.fixture
async def standup(chat: Chat) -> Room:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)
    return room


def end(room: Room) -> Invocation:
    return Invocation("end-room", room={"words": room.name}, reason="the lesson is over")


def remove_gus(room: Room) -> Invocation:
    return Invocation("remove", room={"words": room.name}, person={"words": "Gus"}, reason="every night")


async def asks(chat: Chat, invocation: Invocation, actor: Actor = NIGHTLY, key: str = "2 Mar") -> int | None:
    """The schedule asks for something when its moment has come."""
    road = chat.bot.dispatcher
    number = await road.road_of(road).submit(invocation, as_=actor, key=key)
    await chat.passes("1s")
    return number


async def test_what_was_confirmed_when_it_was_made_runs_at_once(chat: Chat, standup: Room) -> None:
    number = await asks(chat, end(standup))

    assert not standup.session
    assert chat.story(number or 0).states == ["asked", "running", "done"]
    (told,) = chat.channel("classes")
    assert "Schedule 12 ended standup for 2 people, after" in told
    assert "Why: the lesson is over." in told
    assert f"Schedule 12, {VIA} · 2 Mar" in told


async def test_the_log_names_what_asked_and_who_answers_for_it(chat: Chat, standup: Room) -> None:
    number = await asks(chat, end(standup))

    assert {entry.actor for entry in chat.story(number or 0).entries} == {f"schedule:12 via {VIA}"}


async def test_the_same_moment_again_asks_for_nothing(chat: Chat, standup: Room) -> None:
    first = await asks(chat, end(standup))
    standup.join("Hana", role="host")

    again = await asks(chat, end(standup))
    another_day = await asks(chat, end(standup), key="3 Mar")

    assert (first, again) == (1, None)
    assert another_day
    assert len(chat.calls("active_rooms.end_room")) == 2


async def test_its_card_waits_for_somebody_who_has_no_hand_in_it(chat: Chat, standup: Room) -> None:
    number = await asks(chat, remove_gus(standup))
    card = chat.reads("mo")
    assert "Schedule 12, " in card.text
    assert VIA in card.text
    assert "<@" not in str(card.messages[0].blocks).replace(f"<@{PEOPLE['mo']}>", "")  # Mo alone is named

    for maker in ("ada", "max"):
        said = await chat.clicks(maker, "Remove “Gus”", card)
        assert "Mo decides this one." in said.text
    assert chat.story(number or 0).states == ["asked", "waiting"]
    assert chat.calls("active_rooms.remove_peers") == []

    await chat.clicks("mo", "Remove “Gus”", card)

    assert [peer.name for peer in standup.peers] == ["Hana"]
    told, heard = chat.channel("classes")
    assert heard == "Schedule 12: Mo said yes. Schedule 12 removed “Gus” from standup."
    assert "removed “Gus” from standup." in told
    assert "Schedule 12" in told
    assert VIA in told
    assert "Approved by Mo" in told


async def test_its_maker_can_take_it_back(chat: Chat, standup: Room) -> None:
    number = await asks(chat, remove_gus(standup))

    await chat.says("ada", f"/hms withdraw {number}")

    assert chat.story(number or 0).states == ["asked", "waiting", "withdrawn"]


async def test_it_may_what_its_maker_may_and_the_maker_reads_that_it_was_refused(
    chat: Chat, standup: Room
) -> None:
    by_vi = Actor("schedule:13", "schedule 13", via="made by Vi", behind=(PEOPLE["vi"], PEOPLE["ada"]))

    number = await asks(chat, end(standup), by_vi)

    assert standup.session
    assert chat.story(number or 0).states == ["asked", "refused"]
    told = chat.reads("vi", "dm").text
    assert "It takes a moderator, and schedule 13 is a viewer here." in told
    assert chat.channel("classes") == []


async def test_a_maker_who_left_the_workspace_has_no_schedules(chat: Chat, standup: Room) -> None:
    by_gia = Actor("schedule:14", "schedule 14", via="made by Gia", behind=(PEOPLE["gia"],))
    await chat.grants("gia", Chat.ADMIN)

    await asks(chat, end(standup), by_gia)

    assert standup.session


async def test_what_lacks_something_is_refused_to_its_maker_and_opens_no_form(
    chat: Chat, standup: Room
) -> None:
    person = {"words": "Gus"}

    number = await asks(chat, Invocation("remove", room={"words": "standup"}, person=person, reason=""))

    assert chat.story(number or 0).states == ["asked", "refused"]
    assert "/hms remove still needs: reason." in chat.reads("ada", "dm").text
