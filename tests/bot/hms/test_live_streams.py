import pytest

from bot.hms import Conflict, Forbidden, Invalid, NotFound
from bot.hms.live_streams import StreamRecording


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


async def test_a_live_stream_runs_and_is_stopped(hms, world, room) -> None:
    started = await hms.live_streams.start_for_room(room.id, recording=StreamRecording(hls_vod=True))
    assert started.status == "starting"
    assert started.playback.url.endswith(".m3u8")
    assert (started.recording.hls_vod, started.recording.single_file_per_layer) == (True, False)

    world.advance(60)
    assert (await hms.live_streams.stop(started.id)).status == "stopping"

    world.advance(5)
    done = await hms.live_streams.get(started.id)
    assert done.status == "completed"
    assert "room-vod" in {asset.type for asset in done.recording_assets}


async def test_a_live_stream_is_stopped_by_its_room_and_a_recording_goes_on(hms, world, room) -> None:
    recording = await hms.recordings.start_for_room(room.id)
    stream = await hms.live_streams.start_for_room(room.id)
    world.advance(60)

    stopped = await hms.live_streams.stop_for_room(room.id)

    assert [one.id for one in stopped.data] == [stream.id]
    assert (await hms.recordings.get(recording.id)).is_running


async def test_the_audience_gets_timed_metadata(hms, world, room) -> None:
    stream = await hms.live_streams.start_for_room(room.id)
    with pytest.raises(NotFound, match="hls not running"):
        await hms.live_streams.send_timed_metadata(stream.id, "quiz", duration=10)

    world.advance(5)
    assert (await hms.live_streams.send_timed_metadata(stream.id, "quiz", duration=10)).id == stream.id
    with pytest.raises(Invalid):
        await hms.live_streams.send_timed_metadata(stream.id, "x" * 101, duration=10)


async def test_what_a_stream_records_pauses_and_goes_on(hms, world, room) -> None:
    stream = await hms.live_streams.start_for_room(room.id, recording=StreamRecording(hls_vod=True))
    world.advance(5)
    assert (await hms.live_streams.pause_recording(stream.id)).status == "running"
    assert (await hms.live_streams.resume_recording(stream.id)).status == "running"


async def test_a_stream_that_records_nothing_has_nothing_to_pause(hms, world, room) -> None:
    stream = await hms.live_streams.start_for_room(room.id)
    world.advance(5)
    with pytest.raises(Invalid):
        await hms.live_streams.pause_recording(stream.id)
    with pytest.raises(Invalid):
        await hms.live_streams.resume_recording(stream.id)


async def test_a_second_stream_is_a_conflict(hms, room) -> None:
    await hms.live_streams.start_for_room(room.id)
    with pytest.raises(Conflict):
        await hms.live_streams.start_for_room(room.id)


async def test_a_stream_in_a_disabled_room_is_forbidden(hms, world) -> None:
    with pytest.raises(Forbidden):
        await hms.live_streams.start_for_room(world.add_room("shut", enabled=False).id)


async def test_where_nothing_streams_there_is_nothing_to_stop(hms, room) -> None:
    with pytest.raises(NotFound):
        await hms.live_streams.stop_for_room(room.id)
    with pytest.raises(NotFound):
        await hms.live_streams.stop("0" * 24)
    with pytest.raises(NotFound):
        await hms.live_streams.get("0" * 24)


async def test_live_streams_are_listed(hms, room) -> None:
    stream = await hms.live_streams.start_for_room(room.id)
    assert [one.id for one in (await hms.live_streams.list(room_id=room.id)).data] == [stream.id]
    assert [one.id async for one in hms.live_streams.each(status="completed")] == []
