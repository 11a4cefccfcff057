"""``record require``: a session that is to be recorded and is not is told of, once."""

import pytest

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """To be recorded, with nobody in it yet."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    await chat.says("ada", "/hms record require on")
    return room


async def minutes(chat: Chat, count: int) -> None:
    for _ in range(count):
        await chat.passes("1m")


def told(chat: Chat, words: str) -> list[str]:
    return [one for one in chat.channel("classes") if words in one]


async def test_a_session_that_nothing_records_for_two_minutes_is_told_once(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await minutes(chat, 1)
    assert told(chat, "Nobody records yoga") == []
    await minutes(chat, 1)

    [said] = told(chat, "Nobody records yoga")
    assert said.endswith("This one has run for 2 minutes.")
    await minutes(chat, 10)
    assert len(told(chat, "Nobody records yoga")) == 1


async def test_the_button_starts_recording_and_the_alert_says_so(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await minutes(chat, 4)

    await chat.clicks("mo", "Start recording", chat.reads("mo"))
    await minutes(chat, 2)

    [beam] = yoga.beams
    assert beam.live
    assert told(chat, "Nobody records yoga") == []
    assert told(chat, "yoga is recorded now.")


async def test_a_session_that_is_recorded_is_not_told_of(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await chat.says("mo", "/hms record start")
    await minutes(chat, 6)

    assert told(chat, "Nobody records yoga") == []


async def test_a_stream_that_keeps_a_file_is_a_recording(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await minutes(chat, 1)
    yoga.start(
        Order(
            kind=Kind.EXTERNAL_STREAM,
            meeting_url="https://emulated.example/x",
            parameters={"recording": True, "rtmp_urls": ["rtmp://x.example/y"], "resolution": None},
        )
    )
    await minutes(chat, 5)

    assert told(chat, "Nobody records yoga") == []


async def test_one_that_ended_without_is_said_to_have_and_the_next_counts_anew(
    chat: Chat, yoga: Room
) -> None:
    yoga.join("Gus")
    await minutes(chat, 4)
    yoga.end()
    await minutes(chat, 2)
    assert told(chat, "A session in yoga ended that was to be recorded and was not.")

    yoga.join("Gus")
    await minutes(chat, 4)
    assert len(told(chat, "Nobody records yoga")) == 1


async def test_what_is_required_no_more_is_not_told_of(chat: Chat, yoga: Room) -> None:
    await chat.clicks("ada", "Require it no more", chat.reads("ada"))
    yoga.join("Gus")
    await minutes(chat, 6)

    assert told(chat, "Nobody records yoga") == []
    assert (await chat.says("ada", "/hms record require off")).text == "yoga need not be recorded."


async def test_what_is_required_already_stays_so_and_no_channel_is_told(chat: Chat, yoga: Room) -> None:
    told = chat.channel("classes")

    again = await chat.says("ada", "/hms record require on")

    assert again.text == "Each session of yoga is to be recorded already."
    assert chat.channel("classes") == told


async def test_only_an_admin_requires_it_and_it_is_on_or_off(chat: Chat, yoga: Room) -> None:
    assert (await chat.says("mo", "/hms record require off")).text.startswith("Only ")
    assert "cannot be chosen here" in (await chat.says("ada", "/hms record require perhaps")).text
    assert (
        "There is no room called “nosuch”"
        in (await chat.says("ada", "/hms record require on --room nosuch")).text
    )


async def test_a_look_that_fails_changes_nothing(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await minutes(chat, 1)
    chat.world.fault(f"/active-rooms/{yoga.id}", status=503, times=3)
    await minutes(chat, 5)

    assert len(told(chat, "Nobody records yoga")) == 1
