import json

import pytest

from sandbox.hms.api_error import ApiError
from sandbox.hms.state.template import role


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.fixture
def at(room):
    return f"/active-rooms/{room.id}"


@pytest.mark.parametrize("what", ["", "/peers", "/peers/x"])
def test_without_a_session_reading_is_not_found(api, world, what):
    quiet = world.add_room("quiet")
    assert api.get(f"/active-rooms/{quiet.id}{what}", 404)["message"] == "session not found"


@pytest.mark.parametrize("what", ["/peers/x", "/send-message", "/remove-peers", "/end-room"])
def test_without_a_session_nothing_can_be_done(api, world, what):
    quiet = world.add_room("quiet")
    assert api.post(f"/active-rooms/{quiet.id}{what}", 404)["message"] == "session not found"


def test_an_unknown_room_is_not_found(api):
    assert api.get("/active-rooms/" + "0" * 24, 404)["message"] == "room not found"


def test_an_active_room_shows_its_session_and_who_is_in(api, room, at):
    gus = room.join("Gus")
    shown = api.get(at)
    assert (shown["id"], shown["name"]) == (room.id, "standup")
    assert shown["session"]["id"] == room.session.id
    assert shown["session"]["peers"] == [room.peers[0].id, gus.id]


def test_peers_are_a_map_in_the_order_they_came(api, room, at):
    gus, ivy = room.join("Gus", metadata="{}"), room.join("Ivy", role="stage", user_id="ivy-1")
    peers = api.get(f"{at}/peers")["peers"]
    assert [peer["name"] for peer in peers.values()] == ["Hana", "Gus", "Ivy"]
    assert set(peers[gus.id]) == {"id", "name", "user_id", "metadata", "role", "joined_at"}
    assert list(api.get(f"{at}/peers", role="stage")["peers"]) == [ivy.id]
    assert list(api.get(f"{at}/peers", user_id="ivy-1")["peers"]) == [ivy.id]
    assert api.get(f"{at}/peers", role="nobody") == {"peers": {}}


def test_one_peer_is_shown_with_tracks(api, room, at):
    gus = room.join("Gus")
    room.mute(gus, "video", mute=True)
    tracks = api.get(f"{at}/peers/{gus.id}")["tracks"].values()
    assert [(track["type"], track["source"], track["mute"]) for track in tracks] == [
        ("audio", "regular", False),
        ("video", "regular", True),
    ]


def test_who_has_left_is_not_found(api, room, at):
    gus = room.join("Gus")
    room.leave(gus)
    assert api.get(f"{at}/peers/{gus.id}", 404)["message"] == "peer not found"
    assert api.post(f"{at}/peers/{gus.id}", 404, name="Gus")["message"] == "peer not found"


def test_who_comes_back_is_a_new_peer_with_the_same_user_id(room):
    gus = room.join("Gus")
    room.leave(gus)
    back = room.join("Gus")
    assert back.id != gus.id
    assert back.user_id == gus.user_id
    assert gus not in room.peers
    assert back in room.peers


def test_a_peer_is_given_a_name_a_role_and_metadata(api, room, at):
    gus = room.join("Gus")
    changed = api.post(f"{at}/peers/{gus.id}", name="Gustav", role="muted", metadata='{"isHandRaised": true}')
    assert (changed["name"], changed["role"], changed["metadata"]) == (
        "Gustav",
        "muted",
        '{"isHandRaised": true}',
    )
    assert changed["tracks"] == {}
    assert gus.hand


def test_metadata_is_a_string(api, room, at):
    gus = room.join("Gus")
    assert api.post(f"{at}/peers/{gus.id}", 400, metadata={"a": 1})["message"] == "Invalid body param"


def test_an_unknown_or_full_role_is_refused(api, room, at):
    room.template.roles["solo"] = role("solo", limit=1)
    room.template.roles["nobody"] = role("nobody", limit=-1)
    gus, ivy = room.join("Gus"), room.join("Ivy")
    assert api.post(f"{at}/peers/{gus.id}", role="solo")["role"] == "solo"
    assert api.post(f"{at}/peers/{gus.id}", role="solo")["role"] == "solo"
    assert api.post(f"{at}/peers/{ivy.id}", 400, role="solo")["message"] == "role limit reached"
    assert api.post(f"{at}/peers/{ivy.id}", 400, role="nobody")["message"] == "role limit reached"
    assert api.post(f"{at}/peers/{ivy.id}", 400, role="pope")["details"] == [
        "Invalid body param: role not found"
    ]
    assert ivy.role == "guest"


def test_a_message_reaches_one_a_role_or_everybody(api, world, room, at):
    gus = room.join("Gus")
    hana = room.peers[0]
    assert api.post(f"{at}/send-message", message="hello") == {"message": "message sent"}
    api.post(f"{at}/send-message", message="hosts", role="host", type="emoji")
    api.post(f"{at}/send-message", message="Gus", peer_id=gus.id, role="host")
    api.post(f"{at}/send-message", message="all", role="", peer_id="")

    assert [message.whom for message in world.messages[room.id]] == ["everybody", "host", "Gus", "everybody"]
    said = [(message.to, message.type, message.reached) for message in world.messages[room.id]]
    assert said == [
        ("everybody", "chat", (hana.id, gus.id)),
        ("host", "emoji", (hana.id,)),
        (gus.id, "chat", (gus.id,)),
        ("everybody", "chat", (hana.id, gus.id)),
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"message": ""}, 400),
        ({"message": "x", "role": "pope"}, 400),
        ({"message": "x", "peer_id": "no"}, 404),
    ],
)
def test_a_message_that_cannot_be_delivered_is_refused(api, room, at, body, status):
    api.post(f"{at}/send-message", status, **body)
    assert room.messages == []


def test_one_is_removed_and_may_come_back(api, room, at):
    gus = room.join("Gus")
    assert api.post(f"{at}/remove-peers", peer_id=gus.id, reason="spam") == {
        "message": "peer remove request submitted"
    }
    assert gus not in room.peers
    assert (gus.left_because, gus.left_message) == ("peer kicked", "spam")
    assert room.join("Gus") in room.peers


def test_everybody_of_a_role_is_removed(api, room, at):
    room.join("Gus")
    room.join("Ivy")
    api.post(f"{at}/remove-peers", role="guest")
    assert [peer.name for peer in room.peers] == ["Hana"]
    api.post(f"{at}/remove-peers", role="guest")


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"peer_id": "", "role": ""}, 400), ({"peer_id": "no"}, 404), ({"role": "pope"}, 400)],
)
def test_a_removal_of_nobody_is_refused(api, room, at, body, status):
    api.post(f"{at}/remove-peers", status, **body)
    assert len(room.peers) == 1


def test_removing_the_last_one_closes_the_session(api, room, at):
    api.post(f"{at}/remove-peers", role="host")
    assert room.session is None


def test_ending_puts_everybody_out_and_leaves_the_room_open(api, room, at):
    gus = room.join("Gus")
    session = room.session
    answer = api.send("POST", f"{at}/end-room")
    assert (answer.status_code, answer.json()) == (200, {"message": "session is ending"})
    assert (room.session, session.active, room.enabled) == (None, False, True)
    assert gus.left_at
    assert api.post(f"{at}/end-room", 404)["message"] == "session not found"
    room.join("Gus")


def test_ending_with_lock_also_closes_the_room(api, room, at):
    api.post(f"{at}/end-room", lock=True, reason="time is up")
    assert not room.enabled
    with pytest.raises(ApiError, match="room disabled"):
        room.join("Gus")


# --- who may come in


def test_a_disabled_room_refuses_who_comes(world):
    room = world.add_room("standup", live=True, enabled=False)
    assert len(room.peers) == 1
    with pytest.raises(ApiError, match="room disabled"):
        room.join("Gus")


def test_a_role_the_template_lacks_is_not_allowed(room):
    with pytest.raises(ApiError, match="role not allowed"):
        room.join("Gus", role="pope")


def test_a_full_room_refuses_who_comes(world):
    room = world.add_room("tiny", live=True, size=2)
    room.join("Gus")
    with pytest.raises(ApiError, match="room is full"):
        room.join("Ivy")


def test_a_hand_goes_up_and_down_and_keeps_what_else_was_there(room):
    gus = room.join("Gus", metadata='{"seat": 3}')
    gus.raise_hand()
    assert (gus.hand, json.loads(gus.metadata)) == (True, {"seat": 3, "isHandRaised": True})
    gus.raise_hand(up=False)
    assert not gus.hand
    assert not room.join("Ivy", metadata="any text").hand


def test_who_may_not_publish_has_no_tracks(room):
    assert room.join("Gus", role="muted").tracks == {}
    with pytest.raises(ApiError, match="role not allowed"):
        room.mute(room.join("Ivy"), "screen", mute=False)


def test_a_screen_is_a_video_track_of_another_source(room):
    ivy = room.join("Ivy", role="stage")
    room.mute(ivy, "screen", mute=False)
    assert (ivy.track("screen").type, ivy.track("screen").source) == ("video", "screen")
