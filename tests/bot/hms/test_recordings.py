import pytest
from pydantic import SecretStr

from bot.hms import Conflict, Forbidden, Invalid, NotFound, Resolution, Transcription


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


async def test_a_recording_runs_is_stopped_and_leaves_files(hms, world, room) -> None:
    started = await hms.recordings.start_for_room(room.id, audio_only=False)
    assert (started.status, started.started_at, started.is_running) == ("starting", None, True)
    assert (started.room_id, started.session_id) == (room.id, room.session.id)

    world.advance(60)
    stopping = await hms.recordings.stop(started.id)
    assert (stopping.status, stopping.is_running) == ("stopping", False)

    world.advance(5)
    done = await hms.recordings.get(started.id)
    assert done.status == "completed"
    assert done.started_at < done.stopped_at
    assert {asset.type for asset in done.recording_assets} == {"room-composite", "chat"}


async def test_a_recording_is_stopped_by_its_room(hms, world, room) -> None:
    started = await hms.recordings.start_for_room(room.id)
    world.advance(60)
    stopped = await hms.recordings.stop_for_room(room.id)
    assert [(one.id, one.status) for one in stopped.data] == [(started.id, "stopping")]


async def test_how_it_was_started_can_be_read(hms, room) -> None:
    asked = Transcription(enabled=True, output_modes=("txt",))
    started = await hms.recordings.start_for_room(
        room.id,
        meeting_url=SecretStr("https://school.example/r?auth_token=T-1"),
        resolution=Resolution(width=1920, height=1080),
        audio_only=True,
        transcription=asked,
    )
    config = await hms.recordings.get_config(started.id)

    assert config.meeting_url.get_secret_value() == "https://school.example/r?auth_token=T-1"
    assert config.resolution == Resolution(width=1920, height=1080)
    assert config.audio_only
    assert (config.transcription.enabled, config.transcription.output_modes) == (True, ("txt",))
    assert "T-1" not in repr((started, config))


async def test_a_recording_pauses_and_goes_on(hms, world, room) -> None:
    started = await hms.recordings.start_for_room(room.id)
    world.advance(5)
    assert (await hms.recordings.pause_for_room(room.id)).id == started.id
    assert (await hms.recordings.resume_for_room(room.id)).status == "running"


async def test_a_second_recording_is_a_conflict(hms, room) -> None:
    await hms.recordings.start_for_room(room.id)
    with pytest.raises(Conflict, match="beam already started"):
        await hms.recordings.start_for_room(room.id)


async def test_an_unknown_room_is_forbidden(hms) -> None:
    with pytest.raises(Forbidden, match="user does not have required permission"):
        await hms.recordings.start_for_room("0" * 24)


async def test_a_template_without_an_address_needs_a_meeting_url(hms, world) -> None:
    bare = world.add_template("bare", world.template(next(iter(world.templates))).roles)
    room = world.add_room("bare", template=bare)
    with pytest.raises(Invalid, match="invalid input"):
        await hms.recordings.start_for_room(room.id)


async def test_where_nothing_is_recorded_there_is_nothing_to_stop(hms, room) -> None:
    for call in (
        hms.recordings.stop_for_room(room.id),
        hms.recordings.pause_for_room(room.id),
        hms.recordings.resume_for_room(room.id),
        hms.recordings.stop("0" * 24),
    ):
        with pytest.raises(NotFound, match="beam not found"):
            await call
    with pytest.raises(NotFound):
        await hms.recordings.get("0" * 24)
    with pytest.raises(NotFound):
        await hms.recordings.get_config("0" * 24)


async def test_recordings_are_listed_without_files_and_narrowed(hms, world, room) -> None:
    first = await hms.recordings.start_for_room(room.id)
    world.advance(60)
    await hms.recordings.stop(first.id)
    world.advance(60)
    second = await hms.recordings.start_for_room(room.id)

    async def ids(**which: str) -> list[str]:
        return [one.id async for one in hms.recordings.each(**which)]

    assert await ids() == [second.id, first.id]
    assert await ids(status="completed") == [first.id]
    assert await ids(room_id=room.id, session_id=room.session.id) == [second.id, first.id]
    assert await ids(room_id="0" * 24) == []
    [latest] = (await hms.recordings.list(limit=1)).data
    assert (latest.id, latest.recording_assets) == (second.id, ())
