"""Driven as other clients of 100ms drive it: proxied, careless with queries, stubborn after a 401."""

import asyncio
import json
from urllib.parse import quote

import pytest
from aiohttp.test_utils import TestServer

from sandbox.hms.server import application


@pytest.fixture
async def server(emulator):
    async with TestServer(application(emulator)) as server:
        yield server


@pytest.fixture
def speak(server, api):
    async def speak(method: str, target: str, body: str = "", *, token: str | None = None, **headers: str):
        """Send a request line as it stands, whole; answer status and body."""
        said = {"Host": "api.100ms.live", "Connection": "close", "Content-Length": str(len(body)), **headers}
        said["Authorization"] = f"Bearer {api.token() if token is None else token}"
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(f"{method} {target} HTTP/1.1\r\n{head}\r\n{body}".encode())
        answer = (await reader.read()).decode()
        writer.close()
        await writer.wait_closed()
        status, content = int(answer.split()[1]), answer.partition("\r\n\r\n")[2]
        return status, json.loads(content) if content else None

    return speak


@pytest.fixture
def room(world):
    return world.add_room("standup", live=True)


@pytest.mark.parametrize(
    ("method", "target", "body", "operation"),
    [
        ("GET", "http://api.100ms.live/v2/room-codes/room/{room}", "", "room_codes.list"),
        ("POST", "http://api.100ms.live/v2/polls", '{"title": "a"}', "polls.create"),
        ("POST", "http://auth.100ms.live/v2/token", '{"code": "{code}"}', "room_codes.auth_token"),
        ("POST", "http://prod-in2.100ms.live/api/v2/rooms", '{"name": "a"}', "legacy_v1.create_room"),
        ("POST", "http://prod-in2.100ms.live/legacy/api/v2/rooms", "{}", "legacy_v1.create_room"),
        ("DELETE", "http://api.100ms.live/v2/templates/{template}/roles/stage", "", "templates.delete_role"),
    ],
)
async def test_a_proxy_names_the_host_in_the_request_line(
    world, room, speak, method, target, body, operation
):
    known = {
        "{room}": room.id,
        "{template}": room.template.id,
        "{code}": world.room_codes.add(room, "host").code,
    }
    for place, value in known.items():
        target, body = target.replace(place, value), body.replace(place, value)
    status, _ = await speak(method, target, body)
    assert (status, world.calls[0].operation) == (204 if method == "DELETE" else 200, operation)


async def test_a_deletion_is_answered_without_a_body(room, speak):
    answer = await speak("DELETE", f"/v2/templates/{room.template.id}/roles/stage")
    assert answer == (204, None)


@pytest.mark.parametrize(
    "path",
    [
        "/rooms/{room}",
        "/room-codes/room/{room}",
        "/room-codes/room/{room}/role/guest",
        "/stream-keys/room/{room}",
        "/recordings/room/{room}/start",
        "/live-streams/room/{room}/start",
        "/active-rooms/{room}/end-room",
        "/polls",
        "/templates",
    ],
)
async def test_an_empty_object_is_as_good_as_no_body(room, speak, path):
    assert (await speak("POST", f"/v2{path}".replace("{room}", room.id), "{}"))[0] == 200


async def test_query_values_are_not_escaped(world, room, speak):
    start = "2026-03-02T08:00:00.000Z"
    for path in (f"/v2/rooms?after={start}", f"/v2/analytics/webhooks?start_time={start}&status=all"):
        assert (await speak("GET", path))[0] == 200
    events = f"/v2/analytics/events?room_id={room.id}&type=track.add.success&type=track.remove.success"
    _, page = await speak("GET", events)
    assert [event["type"] for event in page["events"]] == ["track.add.success"] * 2


async def test_a_refused_token_is_tried_twice_and_a_fresh_one_goes_through(api, world, speak):
    stale = api.token(exp=1)
    answers = [await speak("POST", "/v2/rooms", '{"name": "a"}', token=each) for each in (stale, stale, None)]
    assert [status for status, _ in answers] == [401, 401, 200]
    assert [call.status for call in world.calls_of("rooms.create")] == [401, 401, 200]
    assert answers[0] == answers[1]
    assert len(world.rooms) == 1


async def test_a_json_list_is_a_body_too(world, room, speak):
    config = json.dumps([{"name": "all", "role": "host"}])
    status, answer = await speak("POST", f"/v2/templates/{room.template.id}/recordings", config)
    assert (status, answer[0]["name"]) == (200, "all")
    assert world.calls[0].body == [{"name": "all", "role": "host"}]


@pytest.mark.parametrize("name", ["room a/b", "..", "a%2Fb", "é", "?"])
async def test_a_role_stays_in_its_segment(api, world, room, speak, name):
    room.template.roles[name] = room.template.roles["guest"]
    status, role = await speak("GET", f"/v2/templates/{room.template.id}/roles/{quote(name, safe='')}")
    assert (status, role["name"]) == (200, "guest")
