import pytest

RTMP = {"rtmp_urls": ["rtmp://live.example/app/key1"]}


@pytest.fixture
def room(world):
    return world.add_room("webinar", live=True)


@pytest.fixture
def live(room):
    return f"/live-streams/room/{room.id}"


@pytest.fixture
def external(room):
    return f"/external-streams/room/{room.id}"


# --- live streams


def test_a_live_stream_knows_its_address_at_once(api, live):
    started = api.post(f"{live}/start", recording={"hls_vod": True})
    assert started["status"] == "starting"
    assert started["playback"]["url"].endswith(f"{started['id']}/master.m3u8")
    assert started["recording"] == {"hls_vod": True, "single_file_per_layer": False}
    assert started["recording_assets"] is None


def test_a_live_stream_leaves_what_was_asked_for(api, world, live):
    started = api.post(f"{live}/start", recording={"hls_vod": True, "single_file_per_layer": True})
    world.advance(61)
    assert api.post(f"{live}/stop")["data"][0]["status"] == "stopping"
    world.advance(1)
    done = api.get(f"/live-streams/{started['id']}")
    assert [asset["type"] for asset in done["recording_assets"]] == ["room-vod", "room-composite", "chat"]
    vod, film, _ = done["recording_assets"]
    assert (vod["metadata"]["num_layers"], len(vod["thumbnails"])) == ("1", 1)
    assert (film["metadata"]["layer"], film["thumbnails"]) == ("0", None)
    assert api.get("/live-streams")["data"][0]["recording_assets"] is None


def test_a_live_stream_without_recording_leaves_nothing(api, world, live):
    started = api.post(f"{live}/start")
    world.advance(5)
    assert api.post(f"/live-streams/{started['id']}/stop")["status"] == "stopping"
    world.advance(1)
    done = api.get(f"/live-streams/{started['id']}")
    assert (done["status"], done["recording_assets"]) == ("completed", [])


def test_a_live_stream_beside_a_recording_but_not_beside_another(api, room, live):
    api.post(f"/recordings/room/{room.id}/start")
    api.post(f"{live}/start")
    assert api.post(f"{live}/start", 409)["message"] == "beam already started"


def test_timed_metadata_reaches_a_running_stream(api, world, room, live):
    started = api.post(f"{live}/start")
    at = f"/live-streams/{started['id']}/timed-metadata"
    assert api.post(at, 404, payload="goal", duration=5)["message"] == "hls not running"
    world.advance(1)
    assert api.post(at, payload="goal", duration=5)["status"] == "running"
    assert room.beams[0].timed_metadata == ["goal"]
    for wrong in (
        {},
        {"payload": "goal"},
        {"payload": "x" * 101, "duration": 5},
        {"payload": "x", "duration": "5"},
    ):
        assert api.post(at, 400, **wrong)["message"] == "Invalid body param"
    assert room.beams[0].timed_metadata == ["goal"]


def test_the_recording_of_a_live_stream_is_paused_and_resumed(api, world, room, live):
    started = api.post(f"{live}/start", recording={"hls_vod": True})
    at = f"/live-streams/{started['id']}"
    assert api.post(f"{at}/pause-recording", 404)["message"] == "hls not running"
    world.advance(1)
    assert api.post(f"{at}/pause-recording")["status"] == "running"
    assert room.beams[0].paused
    assert api.post(f"{at}/resume-recording")["status"] == "running"
    assert not room.beams[0].paused


@pytest.mark.parametrize("verb", ["pause-recording", "resume-recording"])
def test_without_a_recording_there_is_nothing_to_pause(api, world, live, verb):
    started = api.post(f"{live}/start")
    world.advance(1)
    api.post(f"/live-streams/{started['id']}/{verb}", 400)


# --- external streams


def test_an_external_stream_shows_where_it_goes(api, world, external):
    started = api.post(
        f"{external}/start", **RTMP, recording=True, resolution={"width": 1080, "height": 1920}
    )
    assert (started["status"], started["rtmp_urls"], started["recording"]) == (
        "starting",
        RTMP["rtmp_urls"],
        True,
    )
    assert started["resolution"] == {"width": 1080, "height": 1920}
    assert started["started_at"] is None
    world.advance(61)
    assert api.post(f"{external}/stop")["data"][0]["status"] == "stopping"
    world.advance(1)
    (listed,) = api.get("/external-streams")["data"]
    assert [asset["type"] for asset in listed["recording_assets"]] == ["room-composite", "chat"]
    assert api.get(f"/external-streams/{started['id']}")["status"] == "completed"


def test_an_external_stream_is_stopped_by_its_id(api, world, external):
    started = api.post(f"{external}/start", **RTMP)
    world.advance(5)
    assert api.post(f"/external-streams/{started['id']}/stop")["status"] == "stopping"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rtmp_urls": []},
        {"rtmp_urls": ["https://live.example/key"]},
        {"rtmp_urls": ["rtmp://live.example/key"] * 6},
        RTMP | {"resolution": {"width": 1280}},
        RTMP | {"resolution": {"width": 480, "height": 480}},
        RTMP | {"resolution": {"width": 1920, "height": 1081}},
        RTMP | {"destination": "nowhere"},
    ],
)
def test_a_stream_to_nowhere_is_refused(api, room, external, body):
    api.post(f"{external}/start", 400, **body)
    assert room.beams == []


def test_a_recording_and_an_external_stream_share_one_slot(api, room, external):
    api.post(f"{external}/start", **RTMP)
    assert api.post(f"/recordings/room/{room.id}/start", 409)["message"] == "beam already started"


def test_stopping_recordings_leaves_the_external_stream(api, world, room, external):
    api.post(f"{external}/start", **RTMP)
    world.advance(1)
    assert api.post(f"/recordings/room/{room.id}/stop", 404)["message"] == "beam not found"
    assert room.beams[0].status == "running"


# --- both


@pytest.mark.parametrize("family", ["live-streams", "external-streams"])
def test_unknown_rooms_and_streams_are_refused(api, room, family):
    assert api.post(f"/{family}/room/1/start", 403, **RTMP)["code"] == 403
    assert api.post(f"/{family}/room/1/stop", 403)["message"] == "user does not have required permission"
    assert api.post(f"/{family}/room/{room.id}/stop", 404)["message"] == "beam not found"
    assert (
        api.send("POST", f"/{family}/room/{room.id}/start").json()["message"]
        == "request body must not be empty"
    )
    assert api.get(f"/{family}/{'0' * 24}", 404)["message"] == "beam not found"
    assert api.post(f"/{family}/{'0' * 24}/stop", 404)["message"] == "beam not found"


def test_ending_the_room_stops_both_slots(api, world, room, live, external):
    api.post(f"{live}/start")
    api.post(f"{external}/start", **RTMP)
    world.advance(5)
    assert len(room.peers) == 3
    api.post(f"/active-rooms/{room.id}/end-room")
    world.advance(1)
    assert {beam.status.value for beam in room.beams} == {"completed"}
    assert {beam.reason for beam in room.beams} == {"client request"}


def test_a_stream_is_no_recording(api, live):
    started = api.post(f"{live}/start")
    assert api.get(f"/recordings/{started['id']}", 404)["message"] == "beam not found"
