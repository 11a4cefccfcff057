"""What ends a job besides somebody stopping it."""

import pytest


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.fixture
def at(room):
    return f"/recordings/room/{room.id}"


def test_a_job_stops_five_minutes_after_the_last_person_left(api, world, room, at):
    api.post(f"{at}/start")
    world.advance(60)
    room.leave(room.people[0])
    world.advance(200)
    gus = room.join("Gus")
    world.advance(200)
    assert room.beams[0].status == "running"

    room.leave(gus)
    world.advance(299)
    assert room.beams[0].status == "running"
    world.advance(2)
    assert (room.beams[0].status, room.beams[0].reason) == ("completed", "last peer left")
    assert room.session is None


def test_a_templates_destination_sets_when_a_job_stops(api, world, room, at):
    room.template.destinations["browserRecordings"] = {
        "short": {"name": "short", "autoStopTimeout": 30, "maxDuration": 600}
    }
    api.post(f"{at}/start", destination="short")
    world.advance(602)
    assert (room.beams[0].status, room.beams[0].reason) == ("completed", "max duration reached")
    room.template.destinations["browserRecordings"]["long"] = {"name": "long"}
    assert api.post(f"{at}/start", 400)["message"] == "invalid input"


def test_a_job_stops_after_four_hours(api, world, room, at):
    api.post(f"{at}/start")
    world.advance(4 * 3600 + 2)
    assert room.beams[0].reason == "max duration reached"
    assert room.session


def test_ending_over_the_api_stops_what_runs_and_its_film_is_not_lost(api, world, room, at):
    started = api.post(f"{at}/start")
    world.advance(60)
    api.post(f"/active-rooms/{room.id}/end-room")
    assert api.get(f"/recordings/{started['id']}")["status"] == "stopping"
    assert room.peers == ()
    world.advance(2)
    assert api.get(f"/recordings/{started['id']}")["status"] == "completed"
    assert room.beams[0].reason == "client request"


def test_ended_in_the_app_a_job_follows_within_a_minute(api, world, room, at):
    api.post(f"{at}/start")
    world.advance(60)
    room.end(by="Hana")
    assert room.beams[0].status == "running"
    world.advance(60)
    assert (room.beams[0].status, room.beams[0].reason) == ("completed", "room ended")
    assert room.session is None


def test_what_starts_by_itself_waits_until_the_room_is_free(world, room):
    composite = {"browserComposite": {"autoStart": True}}
    room.template.recordings = [{"name": "all", "role": "host", "compositeRecording": composite}]
    room.template.destinations["browserRecordings"] = {"other": {"name": "other"}}
    room.end(by="Hana")
    room.join("Gus")
    world.advance(60)
    room.end(by="Gus")
    room.join("Ivy")
    assert [beam.order.destination for beam in room.beams] == ["all"]
    world.advance(60)
    assert room.beams[0].reason == "room ended"
    room.leave(room.people[0])
    room.join("Max")
    assert len(room.beams) == 2


def test_a_recorder_that_comes_too_late_opens_no_session(api, world, room, at):
    api.post(f"{at}/start")
    room.end(by="Hana")
    world.advance(5)
    assert room.session is None
