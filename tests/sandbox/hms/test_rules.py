"""Routing, bodies, queries and paging: what holds for every operation."""

import pytest


@pytest.mark.parametrize("path", ["/nothing", "/rooms/", "/rooms//", "/recordings/room/x/y/z"])
def test_an_unknown_route_is_not_found(api, path):
    assert api.get(path, 404) == {"code": 404, "message": "route not found"}


@pytest.mark.parametrize(
    "url", ["https://api.100ms.live/v1/rooms", "https://prod-in2.100ms.live/policy/v1/templates"]
)
def test_a_route_outside_v2_and_v1_is_not_found(api, url):
    assert api.get(url, 404)["message"] == "route not found"


@pytest.mark.parametrize("base", ["https://prod-in2.100ms.live/v2", "https://api.100ms.live/legacy/v2"])
def test_no_host_serves_the_routes_of_another(api, base):
    assert api.post(f"{base}/api/v2/rooms", 404)["message"] == "route not found"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_known_route_with_another_method_is_refused(api, method):
    answer = api.send(method, "/rooms")
    assert (answer.status_code, answer.json()) == (405, {"code": 405, "message": "method not allowed"})


def test_a_value_stays_in_its_segment(api, world):
    room = world.add_room("standup", live=True)
    assert api.get("/rooms/..%2F..%2Fetc", 404)["message"] == "room not found"
    assert api.get(f"/active-rooms/{room.id}%2Fpeers", 404)["message"] == "room not found"


def test_broken_json_is_refused_with_its_position(api, world):
    room = world.add_room("standup")
    answer = api.send("POST", f"/rooms/{room.id}", content='{"name": "ä", oops}')
    assert answer.status_code == 400
    assert answer.json()["message"] == "request body contains badly-formed JSON (at position 16)"


def test_a_body_that_is_no_text_is_refused(api):
    answer = api.send("POST", "/rooms", content=b'{"name": "\xff"}')
    assert answer.json()["message"] == "request body contains badly-formed JSON (at position 11)"


def test_a_body_that_is_no_object_is_refused(api):
    answer = api.send("POST", "/rooms", content="[]")
    assert (answer.status_code, answer.json()["message"]) == (400, "invalid input")


def test_a_member_of_the_wrong_type_is_named(api, world):
    room = world.add_room("standup", live=True)
    refused = api.post(f"/active-rooms/{room.id}/end-room", 400, lock="yes")
    assert refused["message"] == "Invalid body param"
    assert refused["details"][0].startswith("Invalid body param: lock: ")


def test_null_counts_as_not_sent_and_unknown_members_are_ignored(api, world):
    room = world.add_room("standup", description="daily")
    assert api.post(f"/rooms/{room.id}", description=None, shoe_size=44)["description"] == "daily"


# --- paging


def test_a_list_is_read_newest_first_and_page_by_page(api, world):
    rooms = [world.add_room(f"room-{number}").id for number in range(25)][::-1]

    first = api.get("/rooms", limit=10)
    assert (first["limit"], [room["id"] for room in first["data"]], first["last"]) == (
        10,
        rooms[:10],
        rooms[9],
    )
    second = api.get("/rooms", limit=10, start=first["last"])
    third = api.get("/rooms", limit=10, start=second["last"])
    assert [room["id"] for room in third["data"]] == rooms[20:]


def test_an_empty_page_has_null_for_data(api):
    assert api.get("/rooms") == {"limit": 10, "data": None, "last": ""}


@pytest.mark.parametrize("limit", [9, 101, 0, -1, "many", "1e2"])
@pytest.mark.parametrize("path", ["/rooms", "/sessions", "/templates"])
def test_a_limit_out_of_range_is_refused(api, path, limit):
    refused = api.get(path, 400, limit=limit)
    assert refused["message"] == "Invalid query param"
    assert "limit" in refused["details"][0]


@pytest.mark.parametrize("path", ["/recordings", "/live-streams", "/external-streams"])
def test_lists_of_jobs_take_a_limit_of_one(api, path):
    assert api.get(path, limit=1)["limit"] == 1
    assert api.get(path, 400, limit=101)["message"] == "Invalid query param"


def test_a_start_that_is_no_id_is_refused_and_an_unknown_one_continues_where_it_would_sort(api, world):
    rooms = [world.add_room(f"room-{number}").id for number in range(3)]
    assert api.get("/rooms", 400, start="standup")["details"] == ["Invalid query param: start is not an id"]
    assert [room["id"] for room in api.get("/rooms", start="f" * 24)["data"]] == rooms[::-1]


@pytest.mark.parametrize(
    "query", [{"active": "maybe"}, {"after": "yesterday"}, {"before": "2026-03-02T09:00:00"}]
)
def test_a_filter_that_makes_no_sense_is_refused(api, query):
    refused = api.get("/sessions", 400, **query)
    assert refused["message"] == "Invalid query param"
    assert next(iter(query)) in refused["details"][0]


# --- what is recorded


def test_every_call_is_recorded_and_no_token_with_it(api, world, clock):
    room = world.add_room("standup", live=True)
    api.post(f"/active-rooms/{room.id}/end-room", reason="time is up")
    api.post(f"/active-rooms/{room.id}/end-room", 404)
    api.get("/nothing", 404, a=1)

    ended, again, nothing = world.calls
    assert (ended.operation, ended.method, ended.status) == ("active_rooms.end_room", "POST", 200)
    assert (ended.path, ended.body, ended.at) == (
        f"/v2/active-rooms/{room.id}/end-room",
        {"reason": "time is up"},
        clock(),
    )
    assert world.calls_of("active_rooms.end_room") == [ended, again]
    assert (nothing.operation, nothing.query, nothing.body) == ("", "a=1", None)
    assert "Bearer" not in repr(world.calls)


def test_a_body_that_cannot_be_read_is_recorded_as_it_is(api, world):
    api.send("POST", "/rooms", content="{oops")
    assert [(call.operation, call.body, call.status) for call in world.calls] == [
        ("rooms.create", "{oops", 400)
    ]
