"""Paths that one of the seeds invented: 404, unless a switch turns them on."""

import httpx
import pytest

from sandbox.hms.emulator import OPERATIONS, Emulator
from sandbox.hms.routes.aliases import ALIASES
from tests.sandbox.hms.conftest import ACCESS_KEY, SECRET, Api

LISTED = {
    ("rooms.set_enabled", "POST", "/rooms/{room_id}/enabled"),
    ("room_codes.update", "POST", "/room-codes/code/{code}"),
    ("stream_keys.disable", "DELETE", "/stream-keys/room/{room_id}"),
    ("analytics.list_events", "GET", "/analytics/track-events"),
    ("analytics.list_events", "GET", "/analytics/recording-events"),
    ("analytics.list_events", "GET", "/analytics/error-events"),
    ("analytics.replay_webhooks", "POST", "/analytics/events/replay"),
    ("analytics.peer_stats", "GET", "/analytics/peer-quality"),
    ("polls.link_room", "POST", "/polls/room/{room_id}/link"),
}


@pytest.fixture
def lenient(world, clock):
    return Api(Emulator(world, access_key=ACCESS_KEY, secret=SECRET, aliases=True), clock)


@pytest.fixture
def room(world):
    return world.add_room("standup")


def test_they_are_those_of_the_operations_file():
    assert {(each.id, each.method, each.path) for each in ALIASES} == LISTED
    assert {each.id for each in ALIASES} <= {each.id for each in OPERATIONS}


@pytest.mark.parametrize(("method", "path"), [(each.method, each.path) for each in ALIASES])
def test_without_the_switch_they_do_not_exist(api, method, path):
    assert api.send(method, path, json={}).status_code in {404, 405}


def test_a_room_is_switched(lenient, room):
    assert lenient.post(f"/rooms/{room.id}/enabled", enabled=False)["enabled"] is False


def test_a_code_is_switched_by_its_path(lenient, world, room):
    code = world.room_codes.add(room, "guest").code
    assert lenient.post(f"/room-codes/code/{code}", enabled=False)["enabled"] is False


def test_a_key_is_deleted(lenient, room):
    lenient.post(f"/stream-keys/room/{room.id}")
    assert lenient.delete(f"/stream-keys/room/{room.id}", 201)["message"] == "key disabled successfully"


def test_polls_are_linked(lenient, room):
    poll = lenient.post("/polls")["id"]
    assert lenient.post(f"/polls/room/{room.id}/link", poll_ids=[poll])["polls"] == [poll]


@pytest.mark.parametrize(
    ("family", "first"), [("track", "track.add.success"), ("recording", None), ("error", None)]
)
def test_the_three_families_of_events(lenient, room, family, first):
    room.join("Gus")
    events = lenient.get(f"/analytics/{family}-events", room_id=room.id)["events"]
    assert (events[0]["type"] if events else None) == first


def test_quality_under_its_other_name(lenient, room):
    gus, session = room.join("Gus"), room.session
    room.end()
    assert lenient.get("/analytics/peer-quality", peer_id=gus.id, session_id=session.id)["peer_id"] == gus.id


async def test_events_are_replayed_by_their_ids(lenient, room, receiver):
    room.join("Gus")
    opened, _ = await receiver.gets()
    workflow = lenient.post("/analytics/events/replay", event_ids=[opened["id"]])
    assert workflow["status"] == "started"
    assert await receiver.hears(after=1) == ["session.open.success"]


def test_the_calls_are_recorded_under_the_names_of_the_operations(lenient, world, room):
    lenient.post(f"/rooms/{room.id}/enabled", enabled=False)
    assert isinstance(lenient.client, httpx.Client)
    assert [call.operation for call in world.calls] == ["rooms.set_enabled"]
