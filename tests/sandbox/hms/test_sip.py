import pytest

TRUNK = {"username": "bell", "password": "shh", "address": "sip.example", "from": "+15550199"}


@pytest.fixture
def room(world):
    return world.add_room("standup")


@pytest.fixture
def trunk(api):
    return api.post("/sip/outbound/trunks", **TRUNK)["id"]


@pytest.fixture
def call(world, room, trunk):
    code = world.room_codes.add(room, "guest").code
    return {"to": "+15550111", "room_code": code, "trunk_id": trunk, "name": "Gus"}


def test_a_trunk_is_made_and_written_anew(api, world, trunk):
    changed = api.post(f"/sip/outbound/trunks/{trunk}", **TRUNK | {"address": "sip2.example"})
    assert changed == {"id": trunk}
    assert world.trunks[trunk].address == "sip2.example"
    assert "shh" not in repr(world.trunks)
    assert api.post(f"/sip/outbound/trunks/{'0' * 24}", 404, **TRUNK)["message"] == "trunk not found"


@pytest.mark.parametrize("missing", TRUNK)
def test_a_trunk_needs_all_of_it(api, missing):
    body = {name: value for name, value in TRUNK.items() if name != missing}
    assert api.post("/sip/outbound/trunks", 400, **body) == {
        "code": 400,
        "message": f"{missing} is mandatory",
    }


async def test_who_is_called_is_in_the_room_as_a_telephone(api, room, call, receiver):
    assert api.post("/sip/outbound/call", **call)["id"]
    (gus,) = room.people
    assert (gus.name, gus.role, gus.tracks) == ("Gus", "guest", {})
    joined = next(event for event in await receiver.gets() if event["type"] == "peer.join.success")
    assert joined["data"]["type"] == "sip"


@pytest.mark.parametrize("missing", ["to", "room_code", "trunk_id"])
def test_a_call_needs_a_number_a_code_and_a_trunk(api, room, call, missing):
    refused = api.post("/sip/outbound/call", 400, **call | {missing: ""})
    assert refused == {"code": 400, "message": f"{missing} is mandatory"}
    assert room.session is None


def test_a_call_that_nobody_answers_times_out(api, room, call):
    refused = api.post("/sip/outbound/call", 408, **call | {"to": "+15550100"})
    assert refused == {"code": 408, "message": "timed out"}
    assert room.session is None


def test_a_call_to_nowhere_is_refused(api, world, room, call):
    assert api.post("/sip/outbound/call", 404, **call | {"trunk_id": "x"})["message"] == "trunk not found"
    assert api.post("/sip/outbound/call", 404, **call | {"room_code": "x"})["message"] == "code not found"
    api.post("/sip/outbound/call", 400, **call | {"headers": {"X-Note": "a\r\nb"}})
    room.enabled = False
    assert api.post("/sip/outbound/call", 403, **call)["message"] == "room disabled"


def dtmf(api, room, **how):
    digits = how.pop("digits", ["1", "#"])
    token = api.token(type="app", room_id=room.id, role="host", **how)
    return api.client.post("/sip/dtmf", json={"digits": digits}, headers={"Authorization": f"Bearer {token}"})


def test_keys_are_pressed_with_the_token_of_an_app(api, room, call):
    room.join("Hana", "host")
    api.post("/sip/outbound/call", **call)
    answer = dtmf(api, room, digits=["1", "#"])
    assert (answer.status_code, answer.json()) == (200, {})
    assert [peer.digits for peer in room.people] == [[], ["1", "#"]]
    assert dtmf(api, room, digits=["x"]).json() == {"code": 400, "message": "invalid digit"}
    assert dtmf(api, room, digits=[]).json() == {"code": 400, "message": "digits are mandatory"}


def test_neither_kind_of_token_does_the_work_of_the_other(api, room):
    assert api.post("/sip/dtmf", 401, digits=["1"])["details"] == ["invalid token type"]
    headers = {"Authorization": f"Bearer {api.token(type='app', room_id=room.id, role='host')}"}
    assert api.client.get("/rooms", headers=headers).json()["details"] == ["invalid token type"]


def test_without_a_session_there_is_no_telephone(api, room):
    assert dtmf(api, room).json() == {"code": 404, "message": "session not found"}
