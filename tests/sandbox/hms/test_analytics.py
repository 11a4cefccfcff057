import pytest

from sandbox.hms.api_error import ApiError


@pytest.fixture
def room(world):
    return world.add_room("standup")


@pytest.fixture
def gus(world, room):
    room.join("Hana", "host")
    gus = room.join("Gus")
    world.advance(60)
    room.mute(gus, "audio", mute=True)
    room.leave(gus)
    return gus


def events(api, room, **query):
    return api.get("/analytics/events", room_id=room.id, **query)


def types(page):
    return [event["type"] for event in page["events"]]


def test_tracks_come_are_muted_and_go(api, room, gus):
    page = events(api, room, peer_id=gus.id)
    assert types(page) == [
        "track.add.success", "track.add.success", "track.update.success", "track.remove.success",
        "track.remove.success",
    ]  # fmt: skip
    assert (page["limit"], page["total"], page["next"]) == (5, 5, "")
    removed = page["events"][-1]
    assert set(removed) == {"version", "id", "timestamp", "type", "data"}
    assert set(removed["data"]) == {
        "room_id", "session_id", "room_name", "peer_id", "user_id", "user_name", "joined_at", "role",
        "track_id", "stream_id", "type", "source", "mute", "started_at", "stopped_at",
    }  # fmt: skip
    assert removed["data"]["stopped_at"] == "2026-03-02T09:01:00Z"


def test_types_are_repeated_keys(api, room, gus):
    page = events(api, room, type=["track.update.success", "track.remove.success"], user_id="user-gus")
    assert types(page) == ["track.update.success", "track.remove.success", "track.remove.success"]


def test_apps_that_are_refused_complain(api, room, gus):
    muted = room.join("Max", "muted")
    for act in (lambda: room.join("Ivy", "pope"), lambda: room.mute(muted, "video", mute=False)):
        with pytest.raises(ApiError):
            act()
    page = events(api, room, error="true")
    assert types(page) == ["client.join.failed", "client.publish.failed"]
    assert [event["data"]["action"] for event in page["events"]] == ["JOIN", "PUBLISH"]
    assert page["events"][0]["data"]["agent"]["sdk"] == "web"


def test_recordings_are_found_by_their_job(api, world, room, gus):
    started = api.post(f"/recordings/room/{room.id}/start")
    world.advance(60)
    api.post(f"/recordings/{started['id']}/stop")
    world.advance(5)
    assert types(events(api, room, beam_id=started["id"])) == ["beam.recording.success"]


def test_the_next_pages_show_what_there_was_at_the_first(api, world, room, gus):
    first = events(api, room, limit=3)
    room.join("Ivy")
    second = events(api, room, limit=3, start=first["next"])
    third = events(api, room, limit=3, start=second["next"])
    assert [len(page["events"]) for page in (first, second, third)] == [3, 3, 1]
    assert [page["limit"] for page in (first, second, third)] == [3, 3, 1]
    assert {page["total"] for page in (first, second, third)} == {7}
    assert third["next"] == ""
    assert events(api, room)["total"] == 9


def test_a_cursor_expires_after_a_day(api, world, room, gus):
    cursor = events(api, room, limit=1)["next"]
    world.advance(86400)
    assert events(api, room, start=cursor)["total"] == 7
    world.advance(1)
    assert "expired" in api.get("/analytics/events", 400, room_id=room.id, start=cursor)["details"][0]


def test_events_are_kept_for_thirty_days(api, world, room, gus):
    world.advance(30 * 86400)
    assert events(api, room)["total"] > 0
    world.advance(61)
    assert [event["type"] for event in events(api, room)["events"]] == ["track.remove.success"] * 2


@pytest.mark.parametrize(
    "query",
    [{}, {"room_id": ""}, {"room_id": "x", "type": "session.open.success"}, {"room_id": "x", "limit": 101},
     {"room_id": "x", "limit": 0}, {"room_id": "x", "start": "nonsense"}, {"room_id": "x", "error": "maybe"}],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(api, room, gus, query):
    if query.get("room_id"):
        query = query | {"room_id": room.id}
    assert api.get("/analytics/events", 400, **query)["message"] == "Invalid query param"


# --- how well somebody was seen and heard


def test_quality_is_told_once_the_session_is_over(api, world, room, gus):
    session = room.session
    where = {"peer_id": gus.id, "session_id": session.id}
    assert api.get("/analytics/peer-stats", 400, **where)["message"] == "session is still active"
    room.end()
    told = api.get("/analytics/peer-stats", **where)
    assert (told["peer_id"], told["session_id"], told["room_id"]) == (gus.id, session.id, room.id)
    (video,) = told["publisher"]["video"]
    assert set(video["time_series"]) == {"timestamps", "bitrate", "fps", "packet_loss_percent", "rtt_ms"}
    assert (video["type"], video["rid"]) == ("regular", None)
    assert [len(series) for series in video["time_series"].values()] == [2] * 5
    (audio,) = told["publisher"]["audio"]
    assert set(audio["time_series"]) == {
        "timestamps",
        "bitrate",
        "packet_loss_percent",
        "rtt_ms",
        "jitter_ms",
    }
    (seen,) = told["subscriber"]["video"]
    assert set(seen["time_series"]) == {"timestamps", "bitrate", "fps", "freeze_count"}
    assert told["subscriber"]["audio"][0]["time_series"]["concealed_samples"]


def test_a_picture_in_several_sizes_appears_once_for_each(api, world, room):
    layers = [
        {"rid": "f", "scaleResolutionDownBy": 1, "maxFramerate": 30},
        {"rid": "h", "scaleResolutionDownBy": 2, "maxFramerate": 30},
    ]
    room.template.roles["guest"]["publishParams"]["simulcast"] = {"video": {"layers": layers}}
    gus, session = room.join("Gus"), room.session
    room.end()
    told = api.get("/analytics/peer-stats", peer_id=gus.id, session_id=session.id)
    assert [video["rid"] for video in told["publisher"]["video"]] == ["h", "m"]


def test_who_sent_nothing_has_no_figures(api, world, room):
    max_, session = room.join("Max", "muted"), room.session
    room.end()
    told = api.get("/analytics/peer-stats", peer_id=max_.id, session_id=session.id)
    assert (told["publisher"], told["subscriber"]) == ({"video": [], "audio": []}, {"video": [], "audio": []})


def test_quality_needs_a_known_peer_and_session(api, room, gus):
    session = room.session
    assert api.get("/analytics/peer-stats", 400, peer_id=gus.id)["message"] == "Invalid query param"
    for peer_id, session_id, thing in ((gus.id, "0" * 24, "session"), ("nobody", session.id, "peer")):
        refused = api.get("/analytics/peer-stats", 404, peer_id=peer_id, session_id=session_id)
        assert refused["message"] == f"{thing} not found"
