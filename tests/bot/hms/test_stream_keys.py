import pytest

from bot.hms import Forbidden, Invalid, NotFound


@pytest.fixture
def room(world):
    return world.add_room("standup")


async def test_a_key_is_made_read_and_disabled(hms, room) -> None:
    made = await hms.stream_keys.create(room.id)
    assert (made.enabled, made.room_id) == (True, room.id)
    assert made.key.get_secret_value() == room.stream_key.key
    assert made.url.get_secret_value().startswith("rtmp://")
    assert await hms.stream_keys.get(room.id) == made

    notice = await hms.stream_keys.disable(room.id)
    assert notice.message == "key disabled successfully"
    assert room.stream_key is None
    with pytest.raises(NotFound):
        await hms.stream_keys.get(room.id)


async def test_a_key_does_not_show_by_itself(hms, room) -> None:
    key = await hms.stream_keys.create(room.id)
    assert [text for text in (room.stream_key.key, "rtmp://") if text in repr(key)] == []


async def test_a_room_has_one_key(hms, room) -> None:
    first = await hms.stream_keys.create(room.id)
    with pytest.raises(Invalid):
        await hms.stream_keys.create(room.id)

    await hms.stream_keys.disable(room.id)
    assert (await hms.stream_keys.create(room.id)).key != first.key


async def test_a_disabled_room_has_no_use_for_keys(hms, room) -> None:
    await hms.stream_keys.create(room.id)
    await hms.rooms.set_enabled(room.id, enabled=False)
    for operation in (hms.stream_keys.create, hms.stream_keys.get, hms.stream_keys.disable):
        with pytest.raises(Forbidden):
            await operation(room.id)
    await hms.rooms.set_enabled(room.id, enabled=True)
    assert room.stream_key is not None


async def test_an_unknown_room_has_none(hms) -> None:
    for operation in (hms.stream_keys.create, hms.stream_keys.get, hms.stream_keys.disable):
        with pytest.raises(NotFound):
            await operation("0" * 24)


async def test_where_there_is_no_key_there_is_none_to_disable(hms, room) -> None:
    with pytest.raises(NotFound):
        await hms.stream_keys.disable(room.id)
