import httpx
import pytest


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.fixture
def recording(api, world, room):
    transcription = {"enabled": True, "output_modes": ["txt"]}
    started = api.post(f"/recordings/room/{room.id}/start", transcription=transcription)
    world.advance(61)
    api.post(f"/recordings/{started['id']}/stop")
    world.advance(1)
    return started


def film(api):
    (found,) = api.get("/recording-assets", type="room-composite")["data"]
    return found


def test_an_asset_names_its_job_room_and_session(api, room, recording):
    found = film(api)
    assert (found["job_id"], found["room_id"], found["session_id"]) == (
        recording["id"], room.id, recording["session_id"],
    )  # fmt: skip
    assert (found["status"], found["duration"], found["size"] > 0) == ("completed", 60, True)
    assert api.get(f"/recording-assets/{found['id']}") == found


def test_filters_of_the_list_combine(api, world, room, recording):
    def found(**query):
        return [each["type"] for each in api.get("/recording-assets", **query)["data"] or []]

    assert found() == ["transcript", "chat", "room-composite"]
    assert found(room_id=room.id, session_id=recording["session_id"], type="chat") == ["chat"]
    assert found(room_id="0" * 24) == []
    assert found(status="completed") == ["chat", "room-composite"]
    world.advance(600)
    assert found(status="completed") == ["transcript", "chat", "room-composite"]
    assert found(status="failed") == []


@pytest.mark.parametrize("query", [{"status": "processing"}, {"type": "smell"}, {"limit": 101}])
def test_a_filter_that_makes_no_sense_is_refused(api, query):
    assert api.get("/recording-assets", 400, **query)["message"] == "Invalid query param"


def test_one_at_a_time_is_a_page(api, recording):
    first = api.get("/recording-assets", limit=1)
    second = api.get("/recording-assets", limit=1, start=first["last"])
    assert [page["data"][0]["type"] for page in (first, second)] == ["transcript", "chat"]


def test_a_link_is_good_for_as_long_as_was_asked(api, recording):
    found = film(api)
    link = api.get(f"/recording-assets/{found['id']}/presigned-url", presign_duration=3600)
    assert (link["id"], link["expiry"]) == (found["id"], 3600)
    assert link["path"] == found["path"]
    assert "expires=3600" in link["url"]
    assert link["url"].startswith("https://")
    assert api.get(f"/recording-assets/{found['id']}/presigned-url")["expiry"] == 3 * 86400


@pytest.mark.parametrize("seconds", [0, 604801, "long"])
def test_a_link_has_bounds(api, recording, seconds):
    api.get(f"/recording-assets/{film(api)['id']}/presigned-url", 400, presign_duration=seconds)


def test_what_is_still_being_written_has_no_link(api, recording):
    (transcript,) = api.get("/recording-assets", type="transcript")["data"]
    refused = api.get(f"/recording-assets/{transcript['id']}/presigned-url", 400)
    assert refused["message"] == "asset not ready"


def test_an_unknown_asset_is_not_found(api):
    for path in ("", "/presigned-url"):
        assert api.get(f"/recording-assets/{'0' * 24}{path}", 404)["message"] == "asset not found"


def test_a_link_opens_the_file_until_its_time_is_up_for_whoever_sends_no_token(api, world, recording):
    world.advance(600)
    (transcript,) = api.get("/recording-assets", type="transcript")["data"]
    link = api.get(f"/recording-assets/{transcript['id']}/presigned-url", presign_duration=60)["url"]

    def opened(url, **headers):
        return api.emulator(httpx.Request("GET", url, headers=headers)).status_code

    assert opened(link) == 200
    assert opened(link, authorization="Bearer x") == opened(link.replace("signature=", "signature=0")) == 404
    world.advance(61)
    assert opened(link) == 404
