import pytest

DOOR = {"meeting_url": "https://school.app.100ms.live/preview/x/recorder?skip_preview=true"}


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.fixture
def at(room):
    return f"/recordings/room/{room.id}"


def test_a_start_answers_starting_with_nulls_and_the_planned_files(api, room, at):
    started = api.post(f"{at}/start", **DOOR)
    assert (started["status"], started["session_id"], started["meeting_url"]) == (
        "starting",
        room.session.id,
        DOOR["meeting_url"],
    )
    assert (started["started_at"], started["stopped_at"], started["recording_assets"]) == (None, None, None)
    assert (started["started_by"], started["destination"]) == ("", "")
    assert started["asset_types"] == ["room-composite", "chat"]


def test_a_second_later_it_runs_and_the_recorder_is_a_peer(api, world, room, at):
    started = api.post(f"{at}/start", **DOOR)
    world.advance(1)
    shown = api.get(f"/recordings/{started['id']}")
    assert (shown["status"], shown["started_at"]) == ("running", "2026-03-02T09:00:01.0000001Z")
    peers = api.get(f"/active-rooms/{room.id}/peers")["peers"].values()
    assert [peer["role"] for peer in peers] == ["host", "recorder"]  # as its address says
    assert [peer.name for peer in room.people] == ["Hana"]


def test_a_stop_goes_through_stopping_and_post_processing_to_completed(api, world, room, at):
    api.post(
        f"{at}/start",
        transcription={"enabled": True, "output_modes": ["txt", "srt"], "summary": {"enabled": True}},
    )
    world.advance(61)

    page = api.post(f"{at}/stop")
    (stopping,) = page["data"]
    assert (page["last"], stopping["status"], stopping["stopped_at"]) == (stopping["id"], "stopping", None)
    assert stopping["asset_types"] == ["room-composite", "chat", "transcript", "summary"]

    world.advance(0.5)
    processing = api.get(f"/recordings/{stopping['id']}")
    assert (processing["status"], processing["recording_assets"]) == ("post_processing", None)
    assert processing["stopped_at"]
    assert len(room.peers) == 1

    world.advance(0.5)
    done = api.get(f"/recordings/{stopping['id']}")
    assets = done["recording_assets"]
    assert done["status"] == "completed"
    assert [(asset["type"], asset["status"]) for asset in assets] == [
        ("room-composite", "completed"),
        ("chat", "completed"),
        ("transcript", "processing"),
        ("transcript", "processing"),
        ("summary", "processing"),
    ]
    assert (assets[0]["duration"], assets[0]["metadata"]) == (
        60,
        {"resolution": {"width": 1280, "height": 720}},
    )
    assert assets[0]["path"].startswith("s3://")
    assert not {"job_id", "room_id", "session_id"} & set(assets[0])

    world.advance(300)
    later = api.get(f"/recordings/{stopping['id']}")["recording_assets"]
    assert {asset["status"] for asset in later} == {"completed"}


@pytest.mark.parametrize("body", [b"", b"{}", b'{"why": 1}', b"{oops"])
def test_a_stop_takes_any_body(api, world, at, body):
    api.post(f"{at}/start", **DOOR)
    world.advance(1)
    assert api.send("POST", f"{at}/stop", content=body).status_code == 200


def test_a_start_needs_a_body_and_somewhere_to_go(api, world):
    bare = world.add_room("bare", template=world.add_template("bare", {}))
    at = f"/recordings/room/{bare.id}/start"
    assert api.send("POST", at).json() == {"code": 400, "message": "request body must not be empty"}
    assert api.post(at, 400, meeting_url="") == {"code": 400, "message": "invalid input"}
    assert api.post(at, 400, meeting_url="ftp://x")["message"] == "invalid input"
    assert bare.beams == []


def test_without_a_url_the_templates_own_is_used(api, room, at):
    assert f"/preview/{room.id}/" in api.post(f"{at}/start")["meeting_url"]


@pytest.mark.parametrize("verb", ["start", "stop", "pause", "resume"])
@pytest.mark.parametrize("room_id", ["1", "0" * 24])
def test_an_unknown_room_is_somebody_elses(api, verb, room_id):
    refused = api.post(f"/recordings/room/{room_id}/{verb}", 403)
    assert refused["message"] == "user does not have required permission"


def test_a_disabled_room_cannot_be_recorded(api, world):
    room = world.add_room("closed", enabled=False)
    assert api.post(f"/recordings/room/{room.id}/start", 403)["message"] == "room disabled"


def test_a_second_start_is_a_conflict_until_the_first_has_stopped(api, world, at):
    api.post(f"{at}/start")
    assert api.post(f"{at}/start", 409)["message"] == "beam already started"
    world.advance(1)
    assert api.post(f"{at}/start", 409)["message"] == "beam already started"
    api.post(f"{at}/stop")
    assert api.post(f"{at}/start", 409)["message"] == "beam already started"
    world.advance(0.5)
    assert api.post(f"{at}/start")["status"] == "starting"


def test_with_nothing_running_there_is_nothing_to_stop(api, at):
    assert api.post(f"{at}/stop", 404)["message"] == "beam not found"
    assert api.post("/recordings/" + "0" * 24 + "/stop", 404)["message"] == "beam not found"


def test_one_is_stopped_by_its_id_once(api, world, at):
    started = api.post(f"{at}/start")
    world.advance(5)
    assert api.post(f"/recordings/{started['id']}/stop")["status"] == "stopping"
    assert api.post(f"/recordings/{started['id']}/stop", 404)["message"] == "beam not found"


def test_stopped_while_starting_it_turns_out_failed(api, world, room, at):
    started = api.post(f"{at}/start")
    assert api.post(f"{at}/stop")["data"][0]["status"] == "stopping"
    world.advance(5)
    assert api.get(f"/recordings/{started['id']}")["status"] == "failed"
    assert room.beams[0].reason == "failure: BEAM_STOPPED"


def test_an_empty_room_can_be_recorded_and_its_session_opens_at_once(api, world):
    room = world.add_room("quiet")
    started = api.post(f"/recordings/room/{room.id}/start")
    assert api.get(f"/active-rooms/{room.id}")["session"] == {
        "id": started["session_id"],
        "created_at": "2026-03-02T09:00:00Z",
        "peers": [],
    }
    world.advance(302)
    assert room.beams[0].reason == "last peer left"
    assert room.session is None


def test_pausing_leaves_the_status_and_can_be_repeated(api, world, room, at):
    assert api.post(f"{at}/pause", 404)["message"] == "beam not found"
    api.post(f"{at}/start")
    world.advance(1)
    for _ in range(2):
        paused = api.post(f"{at}/pause")
        assert (paused["status"], paused["asset_types"]) == ("running", None)
        assert room.beams[0].paused
    for _ in range(2):
        assert api.post(f"{at}/resume")["status"] == "running"
        assert not room.beams[0].paused


def test_the_list_has_filters_and_no_files(api, world, room, at):
    first = api.post(f"{at}/start")
    world.advance(1)
    api.post(f"{at}/stop")
    world.advance(1)
    second = api.post(f"{at}/start")

    def found(**query):
        return [each["id"] for each in api.get("/recordings", **query)["data"] or []]

    assert found() == [second["id"], first["id"]]
    assert found(status="completed") == [first["id"]]
    assert found(room_id=room.id, session_id=room.session.id) == [second["id"], first["id"]]
    assert found(room_id="0" * 24) == []
    assert "recording_assets" not in api.get("/recordings")["data"][0]
    assert api.get("/recordings", 400, status="paused")["message"] == "Invalid query param"


def test_a_config_tells_how_it_was_started(api, at):
    started = api.post(f"{at}/start", **DOOR, resolution={"width": 640, "height": 480}, audio_only=True)
    config = api.get(f"/recordings/{started['id']}/config")
    assert (config["meeting_url"], config["audio_only"], config["destination"]) == (
        DOOR["meeting_url"],
        True,
        "",
    )
    assert config["resolution"] == {"width": 640, "height": 480}
    assert config["transcription"]["enabled"] is False


@pytest.mark.parametrize("path", ["/recordings/" + "0" * 24, "/recordings/" + "0" * 24 + "/config"])
def test_an_unknown_recording_is_not_found(api, path):
    assert api.get(path, 404)["message"] == "beam not found"


@pytest.mark.parametrize(
    "body",
    [
        {"resolution": {"width": 640}},
        {"resolution": {"width": 10, "height": 10}},
        {"transcription": {"output_modes": ["doc"]}},
        {"transcription": {"summary": {"temperature": 2.0}}},
        {"transcription": {"summary": {"sections": [{"title": "t"}] * 7}}},
        {"destination": "nowhere"},
    ],
)
def test_a_start_that_makes_no_sense_is_refused(api, room, at, body):
    api.post(f"{at}/start", 400, **body)
    assert room.beams == []
