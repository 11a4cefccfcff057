"""A recording that breaks or hangs is told in the channel of its room, once."""

import pytest

from bot.dispatch import reactions
from bot.work.arrivals import Arrival
from sandbox.hms.state.beam.beam import Beam, Kind, Order, Status
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.conftest import standup

__all__ = ["standup"]


@pytest.fixture
async def recording(chat: Chat, standup: Room) -> Beam:
    await chat.says("mo", "/hms record start")
    await chat.passes("5s")
    [beam] = [beam for beam in standup.beams if beam.order.kind is Kind.RECORDING]
    return beam


async def reports(chat: Chat, event: str, beam: Beam, **more: str) -> None:
    data = {"room_id": beam.room.id, "session_id": beam.session_id, "beam_id": beam.id} | more
    async with chat.bot.db.write() as tx:
        arrival = Arrival(f"{event} {beam.id}", event, data, chat.clock.now)
        await reactions.happened(chat.bot.dispatcher, tx, [arrival])
    await chat.bot.idle()
    await chat.passes("1s")


def told(chat: Chat, words: str) -> list[str]:
    """What was told with these words, the card of the recording itself aside."""
    said = chat.channel("classes")
    return [one for one in said if words in one and not one.startswith("Mo started")]


async def minutes(chat: Chat, count: int) -> None:
    for _ in range(count):
        await chat.passes("1m")


async def test_a_recording_that_breaks_is_told_with_why_and_what_starts_another(
    chat: Chat, recording: Beam
) -> None:
    recording.fail("UPLOAD_ERROR")
    await reports(chat, "beam.failure", recording, error_type="UPLOAD_ERROR")

    assert told(chat, "broke") == [
        "The recording of standup broke: its files could not be stored where they were to go."
    ]
    await chat.clicks("max", "Start recording", chat.reads("max"))
    assert len(recording.room.beams) == 2  # type: ignore[attr-defined]
    assert "Start recording" not in chat.reads("max").buttons


async def test_it_is_found_also_where_100ms_reports_nothing(chat: Chat, recording: Beam) -> None:
    recording.fail("INTERNAL_ERROR")
    await minutes(chat, 6)

    assert told(chat, "broke") == ["The recording of standup broke."]


async def test_a_stream_that_breaks_is_no_recording(chat: Chat, standup: Room) -> None:
    stream = standup.start(Order(kind=Kind.EXTERNAL_STREAM, meeting_url="https://emulated.example/x"))
    stream.fail("INTERNAL_ERROR")
    await reports(chat, "beam.failure", stream, error_type="INTERNAL_ERROR")

    assert told(chat, "The recording") == []


async def test_a_recording_that_does_not_begin_is_told_once_and_that_it_has_begun(
    chat: Chat, recording: Beam
) -> None:
    recording.status = Status.STARTING
    await minutes(chat, 4)
    assert len(told(chat, "was started and does not begin")) == 1
    assert "Stop recording" in chat.reads("max").buttons

    recording.status = Status.RUNNING
    await minutes(chat, 2)
    assert told(chat, "does not begin") == []
    assert len(told(chat, "standup is recorded now.")) == 1


async def test_files_that_do_not_come_are_told_once_and_that_they_have_come(
    chat: Chat, standup: Room, recording: Beam
) -> None:
    await chat.says("mo", "/hms record stop --yes")
    await chat.passes("10s")
    recording.status = Status.POST_PROCESSING
    await reports(chat, "beam.stopped.success", recording)
    await minutes(chat, 29)
    assert told(chat, "late") == []
    await minutes(chat, 3)
    assert len(told(chat, "has ended, and its files are late")) == 1

    recording.status = Status.COMPLETED
    await minutes(chat, 2)
    assert told(chat, "late") == []
    assert len(told(chat, "was recorded: ")) == 1


async def test_files_are_shown_also_where_100ms_reports_nothing(
    chat: Chat, standup: Room, recording: Beam
) -> None:
    await chat.says("mo", "/hms record stop --yes")
    await minutes(chat, 2)

    assert len(told(chat, "A session in standup was recorded: 2 files.")) == 1


async def test_what_somebody_else_started_is_looked_after_too(chat: Chat, standup: Room) -> None:
    other = standup.start(Order(kind=Kind.RECORDING, meeting_url="https://emulated.example/x"))
    await chat.passes("5s")
    await reports(chat, "beam.started.success", other)
    other.fail("INTERNAL_ERROR")
    await minutes(chat, 6)

    assert len(told(chat, "The recording of standup broke.")) == 1


async def test_who_follows_every_room_reads_which_it_was_also_where_100ms_says_no_name(chat: Chat) -> None:
    judo = chat.world.add_room("judo")
    await chat.says("ada", "/hms subscribe * recordings")
    beam = judo.start(Order(kind=Kind.RECORDING, meeting_url="https://emulated.example/preview/abc"))
    beam.fail("UPLOAD_ERROR")
    await chat.stops()
    await chat.starts()
    await reports(chat, "beam.failure", beam, error_type="UPLOAD_ERROR")

    assert told(chat, "broke") == [
        "The recording of judo broke: its files could not be stored where they were to go."
    ]
