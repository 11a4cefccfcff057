"""A stream, and a live stream, that 100ms says has broken are told with why, whoever started them."""

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.bot.features.record.test_watching import reports, told
from tests.chat import Chat
from tests.commands.conftest import standup

__all__ = ["standup"]

LINK = "https://emulated.example/preview/x/host"
ELSEWHERE = Order(
    kind=Kind.EXTERNAL_STREAM,
    meeting_url=LINK,
    parameters={"rtmp_urls": ["rtmp://a.example/app/k3y"], "recording": False},
)
ON_AIR = Order(kind=Kind.LIVE_STREAM, meeting_url=LINK, parameters={"recording": {"hls_vod": True}})


async def test_a_stream_that_is_reported_broken_is_told_with_why(chat: Chat, standup: Room) -> None:
    stream = standup.start(ELSEWHERE)
    stream.fail("INTERNAL_ERROR")

    await reports(chat, "beam.failure", stream, error_type="INTERNAL_ERROR")

    assert told(chat, "broke") == [
        "The stream of standup to other platforms broke: something broke at 100ms."
    ]
    assert "Start again" not in chat.reads("mo").buttons  # where it went has no name here


async def test_a_live_stream_that_is_reported_broken_is_told_with_why(chat: Chat, standup: Room) -> None:
    stream = standup.start(ON_AIR)
    stream.fail("MAX_RETRIES_REACHED")

    await reports(chat, "hls.failure", stream, error_type="MAX_RETRIES_REACHED")

    assert told(chat, "broke") == [
        "The live stream of standup broke: its recorder could not open the link of the room."
    ]
    card = await chat.clicks("mo", "Start again", chat.reads("mo"))
    assert "what is shown is kept" in card.text


async def test_what_somebody_else_started_is_looked_after_too(chat: Chat, standup: Room) -> None:
    live, stream = standup.start(ON_AIR), standup.start(ELSEWHERE)
    await chat.passes("5s")
    await reports(chat, "hls.started.success", live)
    await reports(chat, "beam.started.success", stream)
    live.fail("INTERNAL_ERROR")
    stream.fail("INTERNAL_ERROR")

    await chat.passes("2m")

    assert set(told(chat, "broke")) == {
        "The live stream of standup broke.",
        "The stream of standup to other platforms broke.",
    }
