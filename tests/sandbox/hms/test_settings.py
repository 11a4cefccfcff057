"""What the documentation leaves open, read one way and the other."""

import pytest


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


def names(page):
    return [each["name"] for each in page["data"] or []]


def join_and_leave(room):
    room.leave(room.join("Gus"))


# --- lists


def test_a_list_of_rooms_without_a_filter_shows_all_or_those_that_are_open(api, world, room):
    world.add_room("closed", enabled=False)
    assert names(api.get("/rooms")) == ["closed", "standup"]
    world.settings.list_default = "enabled"
    assert names(api.get("/rooms")) == ["standup"]
    assert names(api.get("/rooms", name="closed")) == []
    assert names(api.get("/rooms", enabled="false")) == ["closed"]
    assert names(api.get("/rooms", enabled="true")) == ["standup"]


def test_a_list_of_sessions_without_a_filter_shows_all_or_what_runs(api, world, room):
    join_and_leave(world.add_room("yesterday"))
    assert [each["active"] for each in api.get("/sessions")["data"]] == [False, True]
    world.settings.list_default = "enabled"
    assert [each["active"] for each in api.get("/sessions")["data"]] == [True]
    assert [each["active"] for each in api.get("/sessions", active="false")["data"]] == [False]


def test_the_name_of_a_list_is_the_whole_name_or_a_part_of_it(api, world, room):
    world.add_room("Standup-2")
    assert names(api.get("/rooms", name="standup")) == ["standup"]
    world.settings.name_filter = "contains"
    assert names(api.get("/rooms", name="STANDUP")) == ["Standup-2", "standup"]
    assert names(api.get("/rooms", name="up-2")) == ["Standup-2"]


def test_an_empty_list_is_null_or_a_list(api, world):
    assert api.get("/rooms")["data"] is None
    world.settings.empty_list = "list"
    assert api.get("/rooms")["data"] == []


@pytest.mark.parametrize(
    ("ends", "shown"), [("empty", {"last": ""}), ("null", {"last": None}), ("absent", {})]
)
def test_the_last_page_names_who_is_last_or_nobody(api, world, ends, shown):
    rooms = [world.add_room(f"room-{number}").id for number in range(11)]
    full, end = api.get("/rooms", limit=10), api.get("/rooms", limit=10, start=rooms[1])
    assert (full["last"], end["last"]) == (rooms[1], rooms[0])
    world.settings.last_page = ends
    assert api.get("/rooms", limit=10) == full
    assert api.get("/rooms", limit=10, start=rooms[1]) == {"limit": 10, "data": end["data"]} | shown


# --- acts


def test_who_is_removed_is_gone_at_once_or_later(api, world, room):
    gus, ivy, lea = (room.join(name) for name in ("Gus", "Ivy", "Lea"))
    at = f"/active-rooms/{room.id}/remove-peers"
    api.post(at, peer_id=gus.id)
    assert gus not in room.peers
    world.settings.acts_lag_s = 5
    assert api.post(at, role="guest") == {"message": "peer remove request submitted"}
    room.leave(lea)
    world.advance(4)
    assert ivy in room.peers
    world.advance(1)
    assert [peer.name for peer in room.peers] == ["Hana"]
    assert (ivy.left_because, lea.left_because) == ("peer kicked", "client request")


def test_a_room_is_ended_and_locked_at_once_or_later(api, world, room):
    at = f"/active-rooms/{room.id}/end-room"
    api.post(at, lock=True)
    assert (room.session, room.enabled) == (None, False)
    world.change_room(room, enabled=True)
    room.join("Hana", role="host")
    world.settings.acts_lag_s = 5
    assert api.post(at, lock=True) == {"message": "session is ending"}
    assert (room.session is not None, room.enabled) == (True, True)
    world.advance(5)
    assert (room.session, room.enabled) == (None, False)


def test_an_end_that_comes_later_ends_no_other_session(api, world, room):
    world.settings.acts_lag_s = 5
    api.post(f"/active-rooms/{room.id}/end-room", lock=True)
    room.leave(*room.peers)
    again = room.join("Gus")
    world.advance(5)
    assert (room.peers, room.enabled) == ((again,), True)


# --- recorders


def test_a_recorder_has_the_role_of_its_address_of_its_configuration_or_the_usual_one(api, world, room):
    template = f"/templates/{room.template.id}"

    def role_of(kind, **body):
        started = api.post(f"/{kind}/room/{room.id}/start", **body)
        world.advance(1)
        (recorder,) = (peer for peer in room.peers if peer not in room.people)
        api.post(f"/{kind}/{started['id']}/stop")
        world.advance(1)
        return recorder.role

    address = "https://school.app.100ms.live/preview/x/stage?skip_preview=true"
    rtmp = {"rtmp_urls": ["rtmp://live.example/key"]}
    assert role_of("recordings") == "__internal_recorder"
    assert role_of("recordings", meeting_url=address) == "stage"
    assert role_of("external-streams", meeting_url=address, **rtmp) == "stage"
    world.settings.recorder_role = "beam"
    assert role_of("recordings") == "beam"
    assert role_of("live-streams") == "beam"
    assert role_of("external-streams", **rtmp) == "beam"
    assert role_of("recordings", meeting_url="https://school.app.100ms.live/meeting/abc-defg-hij") == "beam"
    api.send("POST", f"{template}/recordings", json=[{"name": "film", "role": "muted"}])
    assert role_of("recordings") == "muted"
    assert role_of("recordings", meeting_url=address) == "stage"


def test_a_recorder_in_another_role_is_still_nobody_who_is_reported(api, world, room):
    world.settings.recorder_role = "guest"
    api.post(f"/recordings/room/{room.id}/start")
    world.advance(1)
    recorder = api.get(f"/active-rooms/{room.id}/peers", role="guest")["peers"]
    assert [peer["name"] for peer in recorder.values()] == ["Recorder"]
    assert [peer.name for peer in room.people] == ["Hana"]


# --- members


OLDER = {"/rooms": {"customer", "template"}, "/templates": {"_id", "customer"}}


@pytest.mark.parametrize("path", OLDER)
def test_older_members_stand_beside_the_newer_or_are_gone(api, world, room, path):
    (shown,) = api.get(path)["data"]
    world.settings.older_members = False
    (newer,) = api.get(path)["data"]
    assert set(shown) - set(newer) == OLDER[path]
    assert newer.items() <= shown.items()


def test_who_took_part_has_an_older_member_too(api, world, room):
    def members():
        (peer,) = api.get(f"/sessions/{room.session.id}")["peers"].values()
        return peer

    assert members()["user"] == members()["user_id"]
    world.settings.older_members = False
    assert "user" not in members()


@pytest.mark.parametrize(
    ("path", "unset"),
    [
        ("/rooms", {"size", "max_duration_seconds", "polls", "webhook", "recording_source_template"}),
        ("/templates", {"plugins"}),
    ],
)
def test_what_was_never_set_is_absent_or_null(api, world, room, path, unset):
    room.recording_info = {"enabled": True}
    (shown,) = api.get(path)["data"]
    assert not unset & set(shown)
    world.settings.unset = "null"
    (nulls,) = api.get(path)["data"]
    assert {name for name, value in nulls.items() if value is None} >= unset
    assert shown.items() <= nulls.items()


def test_whoever_is_still_here_has_not_left_in_either_way(api, world, room):
    world.settings.unset = "null"
    (peer,) = api.get(f"/sessions/{room.session.id}")["peers"].values()
    assert peer["left_at"] is None


# --- destinations


@pytest.mark.parametrize(("rule", "status"), [("any", 200), ("subset", 400)])
def test_recorded_sizes_are_any_or_those_of_the_stream(api, world, room, rule, status):
    world.settings.recorded_layers = rule
    kept = {"name": "a", "recording": {"layers": [{"width": 640, "height": 480}]}}
    at = f"/templates/{room.template.id}"
    assert api.send("POST", f"{at}/destinations", json={"hlsDestinations": {"a": kept}}).status_code == status
    whole = {"name": "other", "destinations": {"hlsDestinations": {"a": kept}}}
    assert api.send("POST", "/templates", json=whole).status_code == status
    kept["layers"] = kept["recording"]["layers"]
    assert api.send("POST", f"{at}/destinations", json={"hlsDestinations": {"a": kept}}).status_code == 200


@pytest.mark.parametrize(("rule", "sees"), [("kept", ["host", "stage", "guest"]), ("dropped", [])])
def test_what_is_not_sent_of_a_role_is_kept_or_dropped(api, world, room, rule, sees):
    world.settings.unsent_of_role = rule
    at = f"/templates/{room.template.id}/roles/guest"
    assert api.send("POST", at, json={"priority": 4}).status_code == 200
    assert api.get(at)["subscribeParams"]["subscribeToRoles"] == sees


# --- bodies that replace: what is not sent is really gone


def test_an_update_of_a_template_drops_what_is_not_sent(api, world, room):
    at, template = f"/templates/{room.template.id}", room.template
    template.plugins = {"whiteboard": {"permissions": {"admin": ["host"]}}}
    template.destinations = {"rtmpDestinations": {"out": {"name": "out"}}}
    assert api.send("POST", at, json={"roles": {"guest": {}}, "settings": {}}).status_code == 200
    assert [*template.roles] == ["guest"]
    assert template.plugins == {}
    assert template.destinations == {}
    assert template.may("guest", "browserRecording")  # true unless it is told that it is not


# --- polls


@pytest.mark.parametrize(("rule", "status"), [("change", 200), ("refuse", 400)])
def test_a_poll_that_runs_is_changed_or_not(api, world, rule, status):
    world.settings.running_polls = rule
    room = world.add_room("standup")
    question = {"text": "Ready?", "options": [{"text": "Yes"}, {"text": "No"}]}
    poll = api.post("/polls", title="Ready", questions=[question, question])["id"]
    at = f"/polls/{poll}"
    api.post(f"/rooms/{room.id}", polls=[poll])
    assert (
        api.post(at, title="Ready", questions=[question, question])["title"] == "Ready"
    )  # it does not run yet
    room.join("Gus")

    assert api.send("POST", f"{at}/questions/1", json=question).status_code == status
    assert api.send("POST", f"{at}/questions/1/options/1", json={"text": "Yes!"}).status_code == status
    gone = 204 if status == 200 else status
    assert api.send("DELETE", f"{at}/questions/1/options/2").status_code == gone
    assert api.send("DELETE", f"{at}/questions/2").status_code == gone
    refused = api.send("POST", at, json={"title": "Go"})
    assert refused.status_code == status
    assert status == 200 or refused.json()["message"] == "poll is running"
    room.end()
    assert api.post(at, title="Go")["title"] == "Go"
