from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.hms import Invalid, NotFound
from bot.hms.rooms import RecordingInfo, UploadCredentials, UploadInfo


async def test_a_room_is_created_and_found_again(hms, world) -> None:
    made = await hms.rooms.create(name="Standup", description="daily", size=20, region="eu")

    assert made.enabled
    assert (made.name, made.description, made.size, made.region) == ("Standup", "daily", 20, "eu")
    assert made.template == "classroom"
    assert await hms.rooms.retrieve(made.id) == made
    assert world.room_named("standup").id == made.id


async def test_a_room_without_a_name_gets_one(hms) -> None:
    assert (await hms.rooms.create()).name


async def test_creating_a_name_that_exists_changes_that_room(hms, world) -> None:
    room = world.add_room("standup", description="old", size=7)

    made = await hms.rooms.create(name="STANDUP", description="new")

    assert (made.id, made.description, made.size) == (room.id, "new", 7)
    assert len(world.rooms) == 1


async def test_a_size_that_100ms_does_not_take_is_invalid(hms) -> None:
    with pytest.raises(Invalid, match="large_room"):
        await hms.rooms.create(name="hall", size=3000)


async def test_a_room_that_does_not_exist_is_not_found(hms) -> None:
    with pytest.raises(NotFound, match="room not found"):
        await hms.rooms.retrieve("0" * 24)
    with pytest.raises(NotFound):
        await hms.rooms.update("0" * 24, name="x")
    with pytest.raises(NotFound):
        await hms.rooms.set_enabled("0" * 24, enabled=False)


async def test_an_update_keeps_what_it_does_not_name(hms, world) -> None:
    room = world.add_room("standup", description="daily")
    changed = await hms.rooms.update(room.id, name="retro", max_duration_seconds=600, polls=["p"])
    assert (changed.name, changed.description) == ("retro", "daily")
    assert (changed.max_duration_seconds, changed.polls) == (600, ("p",))


async def test_storage_credentials_arrive_and_come_back_hidden(hms, world) -> None:
    room = world.add_room("standup")
    keys = UploadCredentials(key=SecretStr("K-1"), secret=SecretStr("S-1"))
    info = RecordingInfo(enabled=True, upload_info=UploadInfo(type="s3", location="bucket", credentials=keys))

    changed = await hms.rooms.update(room.id, recording_info=info)

    assert room.recording_info["upload_info"]["credentials"] == {"key": "K-1", "secret": "S-1"}
    assert changed.recording_info.upload_info.credentials == keys
    assert "S-1" not in repr(changed)


async def test_a_disabled_room_lets_nobody_new_in_and_keeps_who_is_there(hms, world) -> None:
    room = world.add_room("standup", live=True)

    assert not (await hms.rooms.set_enabled(room.id, enabled=False)).enabled
    assert (room.enabled, len(room.peers)) == (False, 1)

    assert (await hms.rooms.set_enabled(room.id, enabled=True)).enabled


async def test_rooms_are_listed_newest_first_and_narrowed(hms, world, clock) -> None:
    old = world.add_room("old")
    clock.now += timedelta(hours=1)
    shut, new = world.add_room("shut", enabled=False), world.add_room("new")

    async def ids(**which: object) -> list[str]:
        return [room.id for room in (await hms.rooms.list(**which)).data]

    assert await ids() == [new.id, shut.id, old.id]
    assert await ids(name="NEW") == [new.id]
    assert await ids(enabled=False) == [shut.id]
    assert await ids(after=clock() - timedelta(minutes=1), enabled=True) == [new.id]
    assert await ids(before=clock() - timedelta(minutes=1)) == [old.id]
    assert await ids(template_id="0" * 24) == []


async def test_a_page_leads_to_the_next(hms, world) -> None:
    rooms = [world.add_room(f"room-{number}").id for number in range(25)]
    first = await hms.rooms.list(limit=10)
    second = await hms.rooms.list(limit=10, start=first.last)
    third = await hms.rooms.list(limit=10, start=second.last)
    assert [room.id for page in (first, second, third) for room in page.data] == rooms[::-1]
    assert [page.following for page in (first, second, third)] == [first.last, second.last, None]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200])
async def test_each_finds_every_room_once(hms, world, count: int) -> None:
    rooms = [world.add_room(f"room-{number}").id for number in range(count)]
    assert [room.id async for room in hms.rooms.each()] == rooms[::-1]


@pytest.mark.parametrize("limit", [0, 9, 101])
async def test_a_limit_out_of_range_is_invalid(hms, limit: int) -> None:
    with pytest.raises(Invalid):
        await hms.rooms.list(limit=limit)
