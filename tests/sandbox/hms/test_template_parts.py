"""Roles, settings, destinations and recording configurations, each read and written by itself."""

import pytest

CONFIG = {
    "name": "default",
    "role": "host",
    "maxDuration": 3600,
    "presignDuration": 7200,
    "compositeRecording": {
        "browserComposite": {"width": 1280, "height": 720, "autoStopTimeout": 300},
        "customComposite": {},
    },
    "trackRecording": {},
    "streamRecording": {},
}


@pytest.fixture
def at(world):
    return f"/templates/{next(iter(world.templates))}"


def send(api, path, body):
    return api.send("POST", path, json=body)


# --- roles


def test_a_role_is_retrieved_and_its_false_permissions_are_left_out(api, at):
    host = api.get(f"{at}/roles/host")
    assert host["permissions"]["endRoom"] is True
    assert host["publishParams"]["allowed"] == ["audio", "video", "screen"]
    guest = api.get(f"{at}/roles/guest")
    assert "endRoom" not in guest["permissions"]
    assert guest["permissions"]["sendRoomState"] is False
    assert api.get(f"{at}/roles/pope", 404)["message"] == "role not found"


def test_a_role_is_made_and_people_come_in_with_it(api, world, at):
    made = api.post(f"{at}/roles/speaker", publishParams={"allowed": ["audio"]}, maxPeerCount=1)
    assert (made["name"], made["maxPeerCount"]) == ("speaker", 1)
    assert set(made["publishParams"]) == {"allowed", "audio"}
    speaker = world.add_room("standup").join("Gus", "speaker")
    assert [track.kind for track in speaker.tracks.values()] == ["audio"]


def test_a_known_role_keeps_what_was_not_sent(api, at):
    changed = api.post(f"{at}/roles/host", priority=2)
    assert (changed["priority"], changed["permissions"]["endRoom"]) == (2, True)


def test_another_name_renames_a_role_where_it_stands(api, at):
    assert api.post(f"{at}/roles/stage", name="speaker")["name"] == "speaker"
    assert list(api.get(at)["roles"]) == ["host", "speaker", "guest", "muted"]
    refused = api.post(f"{at}/roles/speaker", 400, name="guest")
    assert refused["message"] == "overwrite error: name already exists"


def test_who_writes_polls_reads_them(api, at):
    assert api.post(f"{at}/roles/host", permissions={"pollWrite": True})["permissions"]["pollRead"] is True


@pytest.mark.parametrize(
    "body",
    [
        {"priority": 0},
        {"maxPeerCount": -2},
        {"permissions": {"endRoom": "yes"}},
        {"publishParams": {"allowed": ["smell"]}},
        {"publishParams": {"audio": {"bitRate": 15}}},
        {"publishParams": {"audio": {"codec": "mp3"}}},
        {"publishParams": {"video": {"width": 1921}}},
        {"publishParams": {"screen": {"bitRate": 499}}},
        {"subscribeParams": {"subscribeDegradation": {"packetLossThreshold": 101}}},
        {"name": "wh@t"},
    ],
)
def test_a_role_out_of_range_is_refused(api, at, body):
    assert api.post(f"{at}/roles/host", 400, **body)["message"] == "Invalid body param"
    assert api.get(f"{at}/roles/host")["priority"] == 1


def test_nobody_sees_a_role_that_the_template_lacks(api, at):
    seen = {"subscribeParams": {"subscribeToRoles": ["host", "pope"]}}
    refused = api.post(f"{at}/roles/guest", 400, **seen)
    assert refused["details"] == ["Invalid body param: subscribeToRoles: pope not found"]
    assert api.post("/templates", 400, roles={"guest": seen})["message"] == "Invalid body param"
    alone = {"subscribeParams": {"subscribeToRoles": ["alone"]}}
    assert api.post(f"{at}/roles/alone", **alone)["subscribeParams"]["subscribeToRoles"] == ["alone"]


def test_who_saw_a_role_sees_it_by_its_other_name_and_no_more_when_it_is_gone(api, at):
    def seen():
        return api.get(f"{at}/roles/guest")["subscribeParams"]["subscribeToRoles"]

    assert seen() == ["host", "stage", "guest"]
    api.post(f"{at}/roles/stage", name="speaker")
    assert seen() == ["host", "speaker", "guest"]
    api.delete(f"{at}/roles/speaker")
    assert seen() == ["host", "guest"]
    api.post(at, **api.get(at))  # what is read can be written back


def layer(rid, scale, rate=30):
    return {"rid": rid, "scaleResolutionDownBy": scale, "maxFramerate": rate}


@pytest.mark.parametrize(
    ("layers", "status"),
    [
        ([layer("f", 1), layer("h", 2), layer("q", 4.5)], 200),
        ([layer("h", 1)], 400),
        ([layer("f", 1), layer("q", 2)], 400),
        ([layer("f", 2)], 400),
        ([layer("f", 1), layer("h", 1)], 400),
        ([layer("f", 1), layer("h", 13)], 400),
        ([layer("f", 1, 31)], 400),
        ([{"rid": "f", "scaleResolutionDownBy": 1}], 400),
    ],
)
def test_sizes_go_from_the_largest_down(api, at, layers, status):
    simulcast = {"allowed": ["video", "simulcast"], "simulcast": {"video": {"layers": layers}}}
    answer = send(api, f"{at}/roles/host", {"publishParams": simulcast})
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["publishParams"]["simulcast"]["video"]["layers"]) == 3


def test_a_role_is_deleted_once(api, at):
    assert api.delete(f"{at}/roles/stage") is None
    assert api.delete(f"{at}/roles/stage", 404)["message"] == "role not found"
    assert list(api.get(at)["roles"]) == ["host", "guest", "muted"]


# --- settings


def test_settings_are_written_anew(api, at):
    upload = {
        "type": "s3", "location": "bkt", "prefix": "p", "credentials": {"key": "AK", "secretKey": "SK"},
    }  # fmt: skip
    written = api.post(f"{at}/settings", region="eu", recording={"upload": upload})
    assert written["recording"]["upload"] == upload
    assert api.get(f"{at}/settings") == written
    assert api.post(f"{at}/settings", region="us")["recording"] is None


def test_the_secret_of_a_storage_is_taken_under_either_name_and_masked_where_calls_are_shown(api, world, at):
    upload = {"type": "gs", "location": "b", "prefix": "p", "credentials": {"key": "AK", "secret": "SK"}}
    written = api.post(f"{at}/settings", recording={"upload": upload})
    assert written["recording"]["upload"]["credentials"] == {"key": "AK", "secretKey": "SK"}


@pytest.mark.parametrize(
    "body",
    [
        {"region": "mars"},
        {"recording": {"upload": {"type": "s3"}}},
        {"recording": {"upload": {"type": "ftp", "location": "b", "prefix": "p"}}},
        {"roomState": {"messageInterval": 7}},
        {"roomState": {"messageInterval": 3605}},
    ],
)
def test_settings_that_make_no_sense_are_refused(api, at, body):
    assert api.post(f"{at}/settings", 400, **body)["message"] == "Invalid body param"


# --- destinations


def test_destinations_are_written_anew_and_used(api, world, at):
    hls = {"name": "big", "maxDuration": 600, "layers": [{"width": 1280, "height": 720}]}
    written = api.post(f"{at}/destinations", hlsDestinations={"big": hls})
    assert written["hlsDestinations"]["big"]["role"] == "__internal_recorder"
    assert api.get(f"{at}/destinations") == written
    room = world.add_room("standup", live=True)
    started = api.post(f"/live-streams/room/{room.id}/start", destination="big")
    world.advance(602)
    assert api.get(f"/live-streams/{started['id']}")["status"] == "completed"
    assert api.post(f"{at}/destinations") == {}


def test_a_transcription_of_the_template_is_used_when_nobody_says_otherwise(api, world, at):
    notes = {"name": "notes", "role": "host", "modes": ["recorded"], "outputModes": ["txt", "json"]}
    api.post(f"{at}/destinations", transcriptions={"notes": notes})
    room = world.add_room("standup", live=True)
    started = api.post(f"/recordings/room/{room.id}/start")
    assert started["asset_types"] == ["room-composite", "chat", "transcript"]
    world.advance(5)
    api.post(f"/recordings/room/{room.id}/stop")
    world.advance(5)
    plain = api.post(f"/recordings/room/{room.id}/start", transcription={"enabled": False})
    assert plain["asset_types"] == ["room-composite", "chat"]


@pytest.mark.parametrize(
    "body",
    [
        {"rtmpDestinations": {"a": {"name": "b"}}},
        {"rtmpDestinations": {"a": {"name": "a", "rtmpUrls": ["rtmp://live.example/key"] * 4}}},
        {"hlsDestinations": {"a": {"name": "a", "layers": [{"width": 641, "height": 480}]}}},
        {"hlsDestinations": {"a": {"name": "a", "layers": [{"width": 2000, "height": 1080}]}}},
        {"hlsDestinations": {"a": {"name": "a", "numPlaylistSegments": 2}}},
        {"hlsDestinations": {"a": {"name": "a", "playlistType": "vhs"}}},
        {
            "hlsDestinations": {
                "a": {"name": "a", "layers": [{"width": 640, "height": 480}, {"width": 1280, "height": 720}]}
            }
        },
        {"transcriptions": {"a": {"name": "a"}}},
        {"transcriptions": {"a": {"name": "a", "role": "host", "translation": {"enabled": True}}}},
        {"transcriptions": {"a": {"name": "a", "role": "host", "summary": {"temperature": 2.0}}}},
    ],
)
def test_a_destination_that_makes_no_sense_is_refused(api, at, body):
    assert api.post(f"{at}/destinations", 400, **body)["message"] == "Invalid body param"
    assert api.get(f"{at}/destinations") == {}


def test_the_published_sample_of_destinations_is_taken(api, at):
    """Its third layer says nothing, and what it records is none of its layers."""
    large, small = {"width": 1080, "height": 720, "videoBitrate": 1100}, {"width": 720, "height": 720}
    recording = {"hlsVod": True, "layers": [{"width": 720, "height": 1920, "videoBitrate": 2000}]}
    sample = {
        "browserRecordings": {"test": {"name": "test", "thumbnails": {"width": 0, "height": 0}}},
        "rtmpDestinations": {"test": {"name": "test", "width": 1080, "height": 1920, "rtmpUrls": ["url"]}},
        "hlsDestinations": {
            "test": {"name": "test", "layers": [large, small, {}], "recording": recording},
        },
    }
    written = api.post(f"{at}/destinations", **sample)
    assert written["hlsDestinations"]["test"]["layers"] == [large, small, {}]
    assert written["hlsDestinations"]["test"]["recording"] == recording
    assert api.get(f"{at}/destinations") == written


def test_archives_need_a_storage_of_ones_own(api, at):
    zipped = {"big": {"name": "big", "recording": {"hlsVod": True, "enableZipUpload": True}}}
    refused = api.post(f"{at}/destinations", 400, hlsDestinations=zipped)
    assert refused["details"] == ["Invalid body param: enableZipUpload needs own storage"]
    upload = {"type": "s3", "location": "bkt", "prefix": "p"}
    api.post(f"{at}/settings", recording={"upload": upload})
    written = api.post(f"{at}/destinations", hlsDestinations=zipped)
    assert written["hlsDestinations"]["big"]["recording"] == {"hlsVod": True, "enableZipUpload": True}


# --- recordings


def test_a_recording_configuration_is_a_list_of_one_and_loses_what_is_false(api, at):
    assert api.get(f"{at}/recordings") == []
    answer = send(api, f"{at}/recordings", [CONFIG | {"trackRecording": {"enabled": False}}])
    assert (answer.status_code, answer.json()) == (200, [CONFIG])
    assert api.get(f"{at}/recordings") == [CONFIG]


def test_a_recording_configuration_names_a_role_of_the_template(api, at):
    refused = send(api, f"{at}/recordings", [CONFIG | {"role": "pope"}])
    assert (refused.status_code, refused.json()["details"]) == (400, ["Invalid body param: role not found"])
    assert api.get(f"{at}/recordings") == []


@pytest.mark.parametrize("body", [[], [CONFIG, CONFIG], [{"name": "x"}], ["x"], {}, CONFIG])
def test_any_other_list_is_refused(api, at, body):
    assert send(api, f"{at}/recordings", body).status_code == 400
    assert api.get(f"{at}/recordings") == []


def test_a_configuration_sets_when_a_recording_stops(api, world, at):
    send(api, f"{at}/recordings", [CONFIG])
    room = world.add_room("standup", live=True)
    started = api.post(f"/recordings/room/{room.id}/start", destination="default")
    world.advance(3602)
    assert api.get(f"/recordings/{started['id']}")["status"] == "completed"
    assert room.beams[0].reason == "max duration reached"


@pytest.mark.parametrize("part", ["settings", "destinations", "recordings", "roles/host"])
def test_parts_of_an_unknown_template_are_not_found(api, part):
    at = f"/templates/{'0' * 24}/{part}"
    assert api.get(at, 404)["message"] == "template not found"
    assert send(api, at, [CONFIG] if part == "recordings" else {}).json()["message"] == "template not found"
