"""Finished files appear in the channel of their room: one message a session, a button a file."""

import pytest

from bot.dispatch import reactions
from bot.work.arrivals import Arrival
from sandbox.hms.state.beam.beam import Beam, Kind
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.asset.test_asset import keeps
from tests.commands.conftest import standup

__all__ = ["standup"]


@pytest.fixture
async def recording(chat: Chat, standup: Room) -> Beam:
    """Recorded for ten minutes, and over."""
    await chat.says("mo", "/hms record start")
    await chat.passes("10m")
    standup.end()
    await chat.passes("1m")
    [beam] = [beam for beam in standup.beams if beam.order.kind is Kind.RECORDING]
    return beam


async def reports(chat: Chat, event: str, beam: Beam, key: str = "evt-1") -> None:
    """100ms reports something of a recording, with the links that it sends."""
    data = {
        "room_id": beam.room.id,
        "session_id": beam.session_id,
        "beam_id": beam.id,
        "recording_presigned_url": "https://bucket.example/x?signature=secret",
    }
    async with chat.bot.db.write() as tx:
        await reactions.happened(chat.bot.dispatcher, tx, [Arrival(key, event, data, chat.clock.now)])
    await chat.bot.idle()
    await chat.passes("6s")


def posts(chat: Chat) -> list[str]:
    return [one for one in chat.channel("classes") if "was recorded: " in one]


async def test_a_recording_is_posted_with_a_button_a_file(chat: Chat, standup: Room, recording: Beam) -> None:
    await reports(chat, "beam.recording.success", recording)

    [said] = posts(chat)
    assert said == "A session in standup was recorded: 2 files. 100ms keeps them until Mar 17, 2026."
    assert {"Fresh link: video", "Fresh link: chat"} < set(chat.reads("vi").buttons)

    answer = await chat.clicks("vi", "Fresh link: video", chat.reads("vi"))
    assert "Open the file" in answer.text
    assert [message.only_for for message in answer.messages] == ["U0VI"]


async def test_what_comes_later_is_added_to_the_same_message(
    chat: Chat, standup: Room, recording: Beam
) -> None:
    await reports(chat, "beam.recording.success", recording)
    keeps(standup, "transcript", ending=".txt", output_mode="txt")
    await reports(chat, "transcription.success", recording, "evt-2")

    [said] = posts(chat)
    assert "was recorded: 3 files." in said
    assert "Fresh link: transcript (txt)" in chat.reads("vi").buttons


async def test_hundreds_of_tracks_are_looked_up_once_and_are_one_button(
    chat: Chat, standup: Room, recording: Beam
) -> None:
    keeps(standup, "track", 212)
    before = len(chat.calls("recording_assets.list"))
    data = {"room_id": standup.id, "session_id": recording.session_id}
    arrivals = [
        Arrival(f"evt-{number}", "track.recording.success", data, chat.clock.now) for number in range(212)
    ]
    async with chat.bot.db.write() as tx:
        await reactions.happened(chat.bot.dispatcher, tx, arrivals)
    await chat.bot.idle()
    await chat.passes("6s")

    assert len(posts(chat)) == 1
    assert "All 214 files" in chat.reads("vi").buttons
    assert len(chat.calls("recording_assets.list")) - before == 3  # pages


async def test_what_is_still_being_made_and_what_could_not_be_is_said(
    chat: Chat, standup: Room, recording: Beam
) -> None:
    keeps(standup, "transcript", ending=".txt", output_mode="txt")
    keeps(standup, "summary", ending=".json")
    assert recording.assets
    recording.assets[-2].status, recording.assets[-1].status = "processing", "failed"

    await reports(chat, "beam.recording.success", recording)

    [said] = posts(chat)
    assert "Still being made: transcript (txt). Could not be made: summary." in said


async def test_the_link_in_the_event_is_nowhere_on_what_is_posted(
    chat: Chat, standup: Room, recording: Beam
) -> None:
    await reports(chat, "beam.recording.success", recording)

    assert "signature=" not in str([message.blocks for message in chat.reads("vi").messages])


async def test_a_room_without_a_channel_is_told_to_nobody(chat: Chat) -> None:
    yoga = chat.world.add_room("yoga", live=True)
    await chat.says("mo", "/hms record start yoga")
    await chat.passes("10m")
    yoga.end()
    await chat.passes("1m")
    [beam] = yoga.beams
    before = len(chat.calls("recording_assets.list"))

    await reports(chat, "beam.recording.success", beam)

    assert posts(chat) == []
    assert len(chat.calls("recording_assets.list")) == before
