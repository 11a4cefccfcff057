import re

import jwt
import pytest

from tests.sandbox.hms.conftest import ACCESS_KEY, SECRET


@pytest.fixture
def room(world):
    return world.add_room("standup")


@pytest.fixture
def at(room):
    return f"/room-codes/room/{room.id}"


@pytest.fixture
def code(api, at):
    return api.post(f"{at}/role/guest")["code"]


def exchange(api, **body):
    return api.client.post("https://auth.100ms.live/v2/token", json=body)


def test_every_role_gets_a_code_of_ten_letters(api, room, at):
    codes = api.post(at)["data"]
    assert [code["role"] for code in codes] == ["host", "stage", "guest", "muted"]
    assert all(re.fullmatch("[a-z]{3}-[a-z]{4}-[a-z]{3}", code["code"]) for code in codes)
    assert len({code["code"] for code in codes}) == 4
    assert {code["room_id"] for code in codes} == {room.id}


def test_a_second_sync_changes_nothing_and_equals_the_list(api, world, at):
    first = api.post(at)["data"]
    world.advance(60)
    assert api.post(at)["data"] == first
    listed = api.get(at)
    assert (listed["limit"], listed["data"]) == (20, first[::-1])


def test_a_sync_serves_new_roles_and_disables_the_codes_of_those_that_are_gone(api, world, room, at):
    api.post(at)
    room.template.roles["pope"] = room.template.roles.pop("muted")
    world.advance(60)
    after = {code["role"]: code for code in api.post(at)["data"]}
    assert {role: code["enabled"] for role, code in after.items()} == {
        "host": True, "stage": True, "guest": True, "muted": False, "pope": True,
    }  # fmt: skip
    assert after["muted"]["updated_at"] > after["muted"]["created_at"]
    assert after["guest"]["updated_at"] == after["guest"]["created_at"]


def test_a_role_without_an_enabled_code_gets_another(api, at, code):
    api.post("/room-codes/code", code=code, enabled=False)
    guests = [each["enabled"] for each in api.post(at)["data"] if each["role"] == "guest"]
    assert guests == [False, True]


def test_a_role_may_have_several_codes(api, at, code):
    assert api.post(f"{at}/role/guest")["code"] != code
    assert len(api.get(at, role="guest")["data"]) == 2
    assert api.get(at, role="host")["data"] is None


def test_a_room_has_a_hundred_codes_at_most(api, world, room, at):
    for _ in range(100):
        world.room_codes.add(room, "guest")
    refused = api.post(f"{at}/role/guest", 400)
    assert refused["details"] == ["Invalid body param: room has 100 codes"]


def test_filters_of_the_list_combine(api, at, code):
    api.post("/room-codes/code", code=code, enabled=False)
    api.post(f"{at}/role/guest")
    assert [each["code"] for each in api.get(at, role="guest", enabled="false")["data"]] == [code]
    assert api.get(at, 404, role="pope")["message"] == "role not found"
    assert api.get(at, 400, enabled="maybe")["message"] == "Invalid query param"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_disabled_or_unknown_room_is_refused(api, room, at, method):
    room.enabled = False
    assert getattr(api, method)(at, 403)["message"] == "room disabled"
    assert getattr(api, method)("/room-codes/room/" + "0" * 24, 404)["message"] == "room not found"


def test_a_role_that_is_not_there_gets_no_code(api, at):
    assert api.post(f"{at}/role/pope", 404)["message"] == "role not found"


def test_a_code_is_switched_off_and_on(api, world, code):
    world.advance(60)
    off = api.post("/room-codes/code", code=code, enabled=False)
    assert (off["enabled"], off["updated_at"] > off["created_at"]) == (False, True)
    assert api.post("/room-codes/code", code=code, enabled=True)["enabled"] is True


@pytest.mark.parametrize("body", [{}, {"enabled": "no"}, {"enabled": False, "role": "guest"}])
def test_a_switch_with_anything_missing_wrong_or_extra_is_refused(api, code, body):
    assert api.post("/room-codes/code", 400, code=code, **body)["message"] == "Invalid body param"
    assert api.post("/room-codes/code", 400, enabled=False)["message"] == "Invalid body param"


def test_a_code_whose_room_or_role_is_gone_cannot_be_switched_on(api, room, code):
    assert api.post("/room-codes/code", 404, code="abc-defg-hij", enabled=True)["message"] == "code not found"
    del room.template.roles["guest"]
    api.post("/room-codes/code", 403, code=code, enabled=True)
    assert api.post("/room-codes/code", code=code, enabled=False)["enabled"] is False


def test_a_code_is_exchanged_for_the_token_of_its_room_and_role(api, room, clock, code):
    answer = exchange(api, code=code, user_id="gus-1")
    claims = jwt.decode(
        answer.json()["token"],
        SECRET,
        ["HS256"],
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )
    assert (claims["type"], claims["version"], claims["access_key"]) == ("app", 2, ACCESS_KEY)
    assert (claims["room_id"], claims["role"], claims["user_id"]) == (room.id, "guest", "gus-1")
    assert claims["nbf"] == clock().timestamp()


def test_a_token_is_made_without_a_json_content_type_and_whatever_the_authorization(api, code):
    answer = api.client.post(
        "https://auth.100ms.live/v2/token",
        content=f'{{"code": "{code}"}}',
        headers={"Content-Type": "text/plain", "Authorization": "Bearer nonsense"},
    )
    assert answer.status_code == 200


def test_a_code_that_lets_nobody_in_is_not_exchanged(api, world, room, code):
    assert exchange(api, code="abc-defg-hij").status_code == 404
    assert exchange(api).status_code == 400
    api.post("/room-codes/code", code=code, enabled=False)
    assert exchange(api, code=code).json() == {"code": 403, "message": "code disabled"}
    room.enabled = False
    assert exchange(api, code=code).json() == {"code": 403, "message": "room disabled"}


def test_no_code_shows_in_a_repr(world, room):
    code = world.room_codes.add(room, "guest")
    assert code.code not in repr(code)
