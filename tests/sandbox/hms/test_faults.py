import httpx
import pytest


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


def test_a_status_answers_in_place_of_the_api_as_often_as_asked(api, world, room):
    world.fault("/active-rooms", method="POST", status=503, headers={"Retry-After": "7"}, times=2)

    api.get(f"/active-rooms/{room.id}")
    for _ in range(2):
        answer = api.send("POST", f"/active-rooms/{room.id}/end-room", json={})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
        assert answer.json() == {"code": 503, "message": "Service Unavailable"}
    assert room.session
    api.post(f"/active-rooms/{room.id}/end-room")
    assert [call.status for call in world.calls_of("active_rooms.end_room")] == [503, 503, 200]


def test_a_body_may_be_garbage(api, world):
    world.fault("/v2/rooms", body="<html>busy</html>")
    answer = api.send("GET", "/rooms")
    assert (answer.status_code, answer.text) == (200, "<html>busy</html>")
    assert api.get("/rooms")["limit"] == 10


def test_a_body_may_be_the_platforms_words(api, world):
    body = {"code": 429, "message": "rate limit exceeded, retry after 45 seconds"}
    world.fault("/rooms", status=429, body=body)
    assert api.get("/rooms", 429) == body


def test_a_dropped_answer_is_lost_but_the_deed_is_done(api, world, room):
    world.fault("/active-rooms", drop=True)
    with pytest.raises(httpx.ReadError):
        api.post(f"/active-rooms/{room.id}/end-room")
    assert room.session is None
    assert world.calls_of("active_rooms.end_room")[0].dropped


def test_dropped_with_a_status_nothing_is_done(api, world, room):
    world.fault("/active-rooms", drop=True, status=500)
    with pytest.raises(httpx.ReadError):
        api.post(f"/active-rooms/{room.id}/end-room")
    assert room.session


def test_a_delay_is_recorded_when_mounted(api, world):
    world.fault("/rooms", delay_s=30, headers=None)
    assert api.get("/rooms")["limit"] == 10
    assert world.calls[0].delay_s == 30


def test_headers_alone_are_added_to_the_real_answer(api, world):
    world.fault("/rooms", headers={"X-Request-Id": "r1"})
    answer = api.send("GET", "/rooms")
    assert (answer.headers["X-Request-Id"], answer.json()["limit"]) == ("r1", 10)
