"""The control routes, over the server that serves them."""

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.hms.server import application
from tests.patience import PATIENCE


@pytest.fixture
async def sim(emulator):
    async with (
        TestServer(application(emulator)) as server,
        httpx.AsyncClient(base_url=str(server.make_url("/_sim")), timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture
def room(world):
    return world.add_room("standup")


@pytest.fixture
async def gus(sim, room):
    answer = await sim.post(
        f"/rooms/{room.id}/join", json={"name": "Gus", "role": "stage", "user_id": "gus-1"}
    )
    return room.peer(answer.json()["id"])


async def told(answer: httpx.Response, status: int = 200):
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_the_first_to_join_opens_the_session(gus, room):
    assert (gus.name, gus.role, gus.user_id) == ("Gus", "stage", "gus-1")
    assert gus in room.peers


async def test_another_of_the_same_name_is_somebody_else(sim, room):
    for body in ({}, {}, {"another": True}, {"another": True}):
        await sim.post(f"/rooms/{room.id}/join", json={"name": "Gus", **body})
    assert len({peer.user_id for peer in room.peers}) == 3


async def test_who_may_not_join_is_told_why(sim, world, room):
    closed = world.add_room("closed", enabled=False)
    assert (await told(await sim.post(f"/rooms/{closed.id}/join", json={"name": "Gus"}), 403))[
        "message"
    ] == "room disabled"
    wrong = await sim.post(f"/rooms/{room.id}/join", json={"name": "Gus", "role": "pope"})
    assert (await told(wrong, 403))["message"] == "role not allowed"
    assert (await told(await sim.post("/rooms/no/join", json={"name": "Gus"}), 404))[
        "message"
    ] == "room not found"
    assert (await told(await sim.post(f"/rooms/{room.id}/join", json={}), 400))[
        "message"
    ] == "Invalid body param"


async def test_the_last_to_leave_closes_the_session(sim, room, gus):
    await told(
        await sim.post(f"/rooms/{room.id}/leave", json={"peer_id": gus.id, "reason": "websocket closed"})
    )
    assert (room.session, gus.left_because) == (None, "websocket closed")
    again = await sim.post(f"/rooms/{room.id}/leave", json={"peer_id": gus.id})
    assert (await told(again, 404))["message"] == "peer not found"


async def test_whose_line_is_lost_stays_listed_for_a_minute(sim, world, room, gus):
    room.join("Hana", role="host")
    assert await told(await sim.post(f"/rooms/{room.id}/drop", json={"peer_id": gus.id})) == {}
    await told(await sim.post("/clock", json={"advance": 59}))
    assert gus in room.peers
    again = room.join("Gus", "stage", "gus-1")
    await told(await sim.post("/clock", json={"advance": 1}))
    assert (gus in room.peers, gus.left_because) == (False, "websocket closed")
    assert again in room.peers
    lost = await sim.post(f"/rooms/{room.id}/drop", json={"peer_id": gus.id})
    assert (await told(lost, 404))["message"] == "peer not found"


async def test_who_leaves_within_that_minute_has_left_for_their_own_reason(sim, world, room, gus):
    await told(await sim.post(f"/rooms/{room.id}/drop", json={"peer_id": gus.id}))
    await told(await sim.post(f"/rooms/{room.id}/leave", json={"peer_id": gus.id}))
    await told(await sim.post("/clock", json={"advance": 60}))
    assert gus.left_because == "client request"


@pytest.mark.parametrize("kind", ["audio", "video", "screen"])
async def test_tracks_go_off_and_on(sim, room, gus, kind):
    for mute in (True, False):
        await told(
            await sim.post(f"/rooms/{room.id}/track", json={"peer_id": gus.id, "type": kind, "mute": mute})
        )
        assert gus.track(kind).mute is mute


async def test_a_track_of_no_known_type_is_refused(sim, room, gus):
    await told(
        await sim.post(f"/rooms/{room.id}/track", json={"peer_id": gus.id, "type": "smell", "mute": True}),
        400,
    )


async def test_a_host_changes_a_peer_in_the_app(sim, room, gus):
    changes = {"peer_id": gus.id, "role": "guest", "metadata": '{"isHandRaised": true}', "by": "Hana"}
    shown = await told(await sim.post(f"/rooms/{room.id}/peer", json=changes))
    assert (shown["role"], shown["hand"]) == ("guest", True)
    assert (gus.role, gus.hand) == ("guest", True)
    await told(await sim.post(f"/rooms/{room.id}/peer", json={"peer_id": gus.id, "role": "pope"}), 400)


async def test_the_session_is_ended_in_the_app(sim, room, gus):
    await told(await sim.post(f"/rooms/{room.id}/end", json={"by": "Hana"}))
    assert (room.session, gus.left_message) == (None, "ended by Hana")
    assert (await told(await sim.post(f"/rooms/{room.id}/end"), 404))["message"] == "session not found"


async def test_what_runs_breaks(sim, api, world, room, gus):
    broken = await sim.post(f"/rooms/{room.id}/beam", json={"fail": "UPLOAD_ERROR"})
    assert (await told(broken, 404))["message"] == "beam not found"
    started = api.post(f"/recordings/room/{room.id}/start")
    world.advance(5)
    broken = await sim.post(f"/rooms/{room.id}/beam", json={"fail": "UPLOAD_ERROR"})
    assert await told(broken) == {"failed": [started["id"]]}
    assert api.get(f"/recordings/{started['id']}")["status"] == "failed"
    assert room.beams[0].reason == "failure: UPLOAD_ERROR"
    assert room.peers == (gus,)
    world.advance(60)
    assert room.beams[0].status == "failed"


async def test_the_clock_moves_and_jobs_with_it(sim, api, room):
    started = api.post(f"/recordings/room/{room.id}/start")
    assert await told(await sim.post("/clock", json={"advance": 5})) == {
        "now": "2026-03-02T09:00:05.0000001Z"
    }
    assert api.get(f"/recordings/{started['id']}")["status"] == "running"
    await told(await sim.post("/clock", json={"advance": -5}), 400)


async def test_the_next_answers_fail_as_told(sim, api):
    fault = {"method": "GET", "path": "/v2/rooms", "status": 503, "headers": {"Retry-After": "1"}, "times": 2}
    await told(await sim.post("/fault", json=fault))
    assert [api.send("GET", "/rooms").status_code for _ in range(3)] == [503, 503, 200]
    await told(await sim.post("/fault", json={}), 400)
    await told(await sim.post("/fault", json={"path": "/", "status": 99}), 400)


async def test_the_state_shows_rooms_people_jobs_and_messages(sim, api, world, room, gus):
    api.post(f"/recordings/room/{room.id}/start")
    api.post(f"/active-rooms/{room.id}/send-message", message="hello", role="stage")
    state = await told(await sim.get("/state"))
    assert state["revision"] == world.revision
    (shown,) = state["rooms"]
    assert (shown["name"], shown["enabled"], shown["session"]["id"]) == ("standup", True, room.session.id)
    (person,) = shown["people"]
    assert (person["name"], person["tracks"]["audio"], person["hand"]) == ("Gus", {"mute": False}, False)
    assert [(beam["kind"], beam["status"]) for beam in shown["beams"]] == [("recording", "starting")]
    assert [(said["to"], said["text"]) for said in shown["messages"]] == [("stage", "hello")]


async def test_calls_are_shown_all_or_of_one_operation_and_credentials_masked(sim, api, room):
    credentials = {"key": "AK", "secret": "SK"}
    upload = {"type": "s3", "location": "bkt", "credentials": credentials}
    api.post(f"/rooms/{room.id}", recording_info={"upload_info": upload})
    api.get("/rooms")
    shown = await told(await sim.get("/calls"))
    assert [call["operation"] for call in shown["calls"]] == ["rooms.update", "rooms.list"]
    assert shown["calls"][0]["body"]["recording_info"]["upload_info"]["credentials"] == "***"
    one = await told(await sim.get("/calls", params={"operation": "rooms.list"}))
    assert [call["status"] for call in one["calls"]] == [200]


async def test_settings_are_said_one_by_one_and_refused_when_unknown(sim, world):
    usual = await told(await sim.put("/settings"))
    assert (usual["list_default"], usual["acts_lag_s"]) == ("all", 0)
    changed = await told(await sim.put("/settings", json={"list_default": "enabled", "acts_lag_s": 5}))
    assert changed == usual | {"list_default": "enabled", "acts_lag_s": 5}
    for wrong in ({"list_default": "some"}, {"acts_lag_s": -1}, {"shoe_size": 44}, {"recorder_role": ""}):
        assert (await told(await sim.put("/settings", json=wrong), 400))["message"] == "Invalid body param"
    assert await told(await sim.put("/settings", json={"acts_lag_s": None})) == changed
    await told(await sim.post("/reset"))
    assert await told(await sim.put("/settings")) == usual


async def test_reset_begins_anew(sim, world, gus):
    await told(await sim.post("/reset"))
    assert (world.rooms, world.calls) == ({}, [])
    assert gus.name == "Gus"


async def test_unknown_routes_and_wrong_methods_are_refused(sim):
    assert (await told(await sim.get("/nothing"), 404))["message"] == "route not found"
    assert (await told(await sim.get("/reset"), 405))["message"] == "method not allowed"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:8401"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
    ],
)
async def test_a_page_from_elsewhere_may_not_control_it(sim, headers):
    assert (await sim.get("/state", headers=headers)).status_code == 403


async def test_our_own_page_may(sim):
    host = f"{sim.base_url.host}:{sim.base_url.port}"
    for headers in ({"Origin": f"http://{host}"}, {"Host": "localhost:8401"}, {"Host": "[::1]:8401"}):
        assert (await sim.get("/state", headers=headers)).status_code == 200
