import httpx
import pytest

from bot.hms import Invalid, NotFound


async def test_a_room_is_made_the_old_way(hms, world) -> None:
    made = await hms.legacy_v1.create_room("standup", description="every day", template="classroom")

    assert (made.name, made.active, made.description) == ("standup", True, "every day")
    assert world.room_named("standup").id == made.id
    assert (await hms.rooms.retrieve(made.id)).enabled


async def test_a_room_that_exists_is_fetched(hms, world) -> None:
    room = world.add_room("standup", description="every day")
    again = await hms.legacy_v1.create_room("Standup", description="never")
    assert (again.id, again.description, room.description) == (room.id, "every day", "every day")


async def test_a_room_without_a_name_gets_one(hms) -> None:
    assert (await hms.legacy_v1.create_room()).name


async def test_a_room_is_closed_the_old_way(hms, world) -> None:
    room = world.add_room("standup")
    assert not (await hms.legacy_v1.disable_room("standup")).active
    assert not room.enabled


async def test_a_room_that_does_not_exist_is_not_closed(hms) -> None:
    with pytest.raises(NotFound):
        await hms.legacy_v1.disable_room("lobby")


async def test_a_region_that_does_not_exist_is_invalid(hms) -> None:
    with pytest.raises(Invalid):
        await hms.legacy_v1.create_room("standup", region="moon")


async def test_the_old_way_leads_to_a_host_of_its_own(office, script) -> None:
    answers = script(httpx.Response(200, json={"id": "r", "active": True}))
    await office.calls(answers).legacy_v1.create_room("standup")
    [request] = answers.requests
    assert str(request.url) == "https://legacy.example/api/v2/rooms"
    assert request.headers["Authorization"].startswith("Bearer ey")
