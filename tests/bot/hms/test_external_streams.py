import pytest
from pydantic import SecretStr

from bot.hms import Conflict, Forbidden, Invalid, NotFound, Resolution

PLATFORM = SecretStr("rtmp://live.example/app/K-1")


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


async def test_an_external_stream_runs_and_is_stopped(hms, world, room) -> None:
    started = await hms.external_streams.start_for_room(
        room.id, [PLATFORM], recording=True, resolution=Resolution(width=1280, height=720)
    )
    assert (started.status, started.recording, started.rtmp_urls) == ("starting", True, (PLATFORM,))
    assert started.resolution == Resolution(width=1280, height=720)
    assert "K-1" not in repr(started)

    world.advance(60)
    assert (await hms.external_streams.stop(started.id)).status == "stopping"

    world.advance(5)
    done = await hms.external_streams.get(started.id)
    assert done.status == "completed"
    assert "room-composite" in {asset.type for asset in done.recording_assets}


async def test_an_external_stream_is_stopped_by_its_room(hms, world, room) -> None:
    started = await hms.external_streams.start_for_room(room.id, [PLATFORM])
    world.advance(60)
    assert [one.id for one in (await hms.external_streams.stop_for_room(room.id)).data] == [started.id]


async def test_it_shares_its_place_with_a_recording(hms, room) -> None:
    await hms.recordings.start_for_room(room.id)
    with pytest.raises(Conflict, match="beam already started"):
        await hms.external_streams.start_for_room(room.id, [PLATFORM])


@pytest.mark.parametrize("urls", [[], ["https://live.example/app"], ["rtmp://live.example/app/k"] * 6])
async def test_addresses_that_100ms_does_not_take_are_invalid(hms, room, urls: list[str]) -> None:
    with pytest.raises(Invalid):
        await hms.external_streams.start_for_room(room.id, [SecretStr(url) for url in urls])


async def test_an_unknown_room_is_forbidden(hms) -> None:
    with pytest.raises(Forbidden):
        await hms.external_streams.start_for_room("0" * 24, [PLATFORM])


async def test_where_nothing_streams_there_is_nothing_to_stop(hms, room) -> None:
    with pytest.raises(NotFound):
        await hms.external_streams.stop_for_room(room.id)
    with pytest.raises(NotFound):
        await hms.external_streams.stop("0" * 24)
    with pytest.raises(NotFound):
        await hms.external_streams.get("0" * 24)


async def test_external_streams_are_listed(hms, room) -> None:
    stream = await hms.external_streams.start_for_room(room.id, [PLATFORM])
    assert [one.id for one in (await hms.external_streams.list(room_id=room.id)).data] == [stream.id]
    assert [one.id async for one in hms.external_streams.each(status="starting")] == [stream.id]
