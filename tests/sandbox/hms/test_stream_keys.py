import pytest


@pytest.fixture
def room(world):
    return world.add_room("standup")


@pytest.fixture
def at(room):
    return f"/stream-keys/room/{room.id}"


def test_a_key_is_made_shown_and_disabled(api, room, at):
    made = api.post(at)
    assert (made["room_id"], made["enabled"]) == (room.id, True)
    assert made["url"].startswith("rtmp://")
    assert api.get(at) == {"data": [made], "last": made["id"]}
    assert api.post(f"{at}/disable", 201) == {"message": "key disabled successfully"}
    assert api.get(at, 404)["message"] == "stream key not found"


def test_a_room_has_one_key_and_rotation_is_disable_then_create(api, at):
    first = api.post(at)
    assert api.post(at, 400)["message"] == "active stream key exists"
    api.post(f"{at}/disable", 201)
    assert api.post(at)["key"] != first["key"]
    assert len(api.get(at)["data"]) == 1


def test_without_a_key_there_is_nothing_to_disable(api, at):
    assert api.post(f"{at}/disable", 404)["message"] == "stream key not found"


@pytest.mark.parametrize(("method", "verb"), [("post", ""), ("get", ""), ("post", "/disable")])
def test_a_disabled_or_unknown_room_is_refused(api, room, at, method, verb):
    room.enabled = False
    assert getattr(api, method)(f"{at}{verb}", 403)["message"] == "room disabled"
    unknown = f"/stream-keys/room/{'0' * 24}{verb}"
    assert getattr(api, method)(unknown, 404)["message"] == "room not found"


def test_a_key_comes_back_with_its_room(api, room, at):
    made = api.post(at)
    api.post(f"/rooms/{room.id}", enabled=False)
    api.get(at, 403)
    api.post(f"/rooms/{room.id}", enabled=True)
    assert api.get(at)["data"] == [made]


def test_no_key_shows_in_a_repr(api, room, at):
    key = api.post(at)["key"]
    assert key not in repr(room.stream_keys)
