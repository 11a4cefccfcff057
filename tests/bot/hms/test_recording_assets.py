from datetime import timedelta

import pytest

from bot.hms import Invalid, NotFound


@pytest.fixture
async def recording(hms, world):
    """A recording that is done, with its film and its chat."""
    room = world.add_room("standup", live=True)
    started = await hms.recordings.start_for_room(room.id)
    world.advance(60)
    await hms.recordings.stop(started.id)
    world.advance(5)
    return await hms.recordings.get(started.id)


async def test_files_are_listed_by_room_session_and_kind(hms, recording) -> None:
    listed = [asset async for asset in hms.recording_assets.each(room_id=recording.room_id)]
    assert {asset.id for asset in listed} == {asset.id for asset in recording.recording_assets}
    assert {asset.job_id for asset in listed} == {recording.id}

    session = hms.recording_assets.each(session_id=recording.session_id, status="completed")
    assert [asset.id async for asset in session] == [asset.id for asset in listed]
    [film] = (await hms.recording_assets.list(type="room-composite")).data
    assert film.metadata["resolution"] == {"width": 1280, "height": 720}
    assert (await hms.recording_assets.list(room_id="0" * 24)).data == ()


async def test_files_are_listed_page_by_page(hms, recording) -> None:
    page = await hms.recording_assets.list(limit=1)
    assert len(page.data) == 1
    assert (await hms.recording_assets.list(limit=1, start=page.last)).data[0].id != page.data[0].id


async def test_a_file_is_found_by_its_id(hms, recording) -> None:
    asset = await hms.recording_assets.get(recording.recording_assets[0].id)
    assert (asset.room_id, asset.session_id) == (recording.room_id, recording.session_id)
    assert asset.size > 0


async def test_a_file_is_handed_out_for_a_while(hms, recording) -> None:
    [film] = (await hms.recording_assets.list(type="room-composite")).data
    handed_out = await hms.recording_assets.presigned_url(film.id, valid=timedelta(minutes=15))

    assert (handed_out.id, handed_out.expiry) == (film.id, 900)
    assert handed_out.url.get_secret_value().startswith("https://")
    assert handed_out.url.get_secret_value() not in repr(handed_out)
    assert (await hms.recording_assets.presigned_url(film.id)).expiry == 3 * 24 * 3600


async def test_a_file_is_not_handed_out_for_ever(hms, recording) -> None:
    with pytest.raises(Invalid):
        await hms.recording_assets.presigned_url(recording.recording_assets[0].id, valid=timedelta(days=8))


async def test_what_is_unknown_is_not_found(hms) -> None:
    for operation in (hms.recording_assets.get, hms.recording_assets.presigned_url):
        with pytest.raises(NotFound):
            await operation("0" * 24)


async def test_a_filter_that_does_not_exist_is_invalid(hms) -> None:
    with pytest.raises(Invalid):
        await hms.recording_assets.list(status="lost")
