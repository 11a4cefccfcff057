"""The same emulator over a real socket."""

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from datetime import timedelta

import httpx
import pytest
from aiohttp.test_utils import TestServer

from sandbox.hms.emulator import Emulator
from sandbox.hms.server import application
from sandbox.hms.state.world import World
from tests.patience import PATIENCE
from tests.processes import started


@pytest.fixture
async def server(emulator):
    async with TestServer(application(emulator)) as server:
        yield server


@pytest.fixture
async def web(server, api):
    headers = {"Authorization": f"Bearer {api.token()}"}
    async with httpx.AsyncClient(
        base_url=str(server.make_url("/v2")), headers=headers, timeout=PATIENCE
    ) as client:
        yield client


async def raw(server, request: str) -> str:
    """Send a request line as no client library would."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(request.encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer.decode()


async def test_a_session_is_ended_over_a_socket(web, world):
    room = world.add_room("standup", live=True)
    answer = await web.post(f"/active-rooms/{room.id}/end-room", json={"reason": "time is up"})
    assert (answer.status_code, answer.json()) == (200, {"message": "session is ending"})
    assert answer.headers["Content-Type"] == "application/json"
    assert room.session is None
    assert world.calls[0].body == {"reason": "time is up"}


async def test_any_host_and_no_token_is_refused_only_for_the_token(web):
    answer = await web.get("/rooms", headers={"Host": "api.100ms.live"})
    assert answer.status_code == 200
    del web.headers["Authorization"]
    assert (await web.get("/rooms")).json() == {"code": 401, "message": "Authentication error"}


@pytest.mark.parametrize(
    "target",
    ["http://api.100ms.live/v2/rooms?after=2026-01-01T00:00:00Z", "/v2/rooms?after=2026-01-01T00:00:00Z"],
)
async def test_request_targets_as_a_proxy_sends_them(server, api, world, target):
    head = f"GET {target} HTTP/1.1\r\nHost: api.100ms.live\r\nConnection: close\r\n"
    answer = await raw(server, f"{head}Authorization: Bearer {api.token()}\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")
    assert (world.calls[0].path, world.calls[0].query) == ("/v2/rooms", "after=2026-01-01T00:00:00Z")


@pytest.mark.parametrize("segment", ["%2e%2e", "..", "%2F", "a%2Fb", "%3F", "%25"])
async def test_a_path_arrives_as_it_was_sent(server, api, world, segment):
    head = f"GET /v2/rooms/{segment} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    await raw(server, f"{head}Authorization: Bearer {api.token()}\r\n\r\n")
    assert world.calls[0].path == f"/v2/rooms/{segment}"
    assert world.calls[0].operation == "rooms.retrieve"


@pytest.mark.parametrize("path", ["/legacy/api/v1/rooms", "/v2", "/v2/tokens", "/legacy"])
async def test_unknown_routes_answer_in_the_envelope(server, web, path):
    answer = await web.post(str(server.make_url(path)))
    assert (answer.status_code, answer.json()) == (404, {"code": 404, "message": "route not found"})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_a_wrong_method_answers_in_the_envelope(web, method):
    assert (await web.request(method, "/rooms")).json() == {"code": 405, "message": "method not allowed"}


async def test_a_dropped_answer_closes_the_connection_after_the_deed(web, world):
    room = world.add_room("standup", live=True)
    world.fault("/active-rooms", drop=True)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await web.post(f"/active-rooms/{room.id}/end-room")
    assert room.session is None


async def test_a_delay_is_awaited(web, world):
    world.fault("/rooms", delay_s=30)
    with pytest.raises(httpx.ReadTimeout):
        await web.get("/rooms", timeout=0.1)
    assert (await web.get("/rooms")).status_code == 200


async def test_who_only_watches_sees_what_happens_by_itself(api):
    world = World()
    async with TestServer(application(Emulator(world, access_key="k", secret="s"))):
        news = world.subscribe()
        happened = []
        world.engine.after(
            timedelta(milliseconds=20), lambda: (happened.append(True), world.engine.changed())
        )
        world.engine.changed()
        async with asyncio.timeout(PATIENCE):
            while not happened:
                await news.get()


@pytest.fixture
async def start():
    """Start the program; it ends with the test."""
    async with AsyncExitStack() as held:

        async def start(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
            command = (sys.executable, "-u", "-m", "sandbox.hms", "--port", "0", *arguments)
            env = {"PATH": os.environ["PATH"], **environment}
            pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
            return await held.enter_async_context(started(*command, env=env, **pipes))

        yield start


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_program_serves_until_it_is_told_to_stop(start, number):
    process = await start(HMS_ACCESS_KEY="key", HMS_SECRET="secret of the program under test")
    line = (await process.stdout.readline()).decode()
    assert "http://127.0.0.1:" in line
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        address = line[line.index("http") :].split()[0]
        assert (await client.get(f"{address}/_sim/state")).json()["rooms"] == []
    process.send_signal(number)
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert b"secret of the program" not in line.encode() + output


@pytest.mark.parametrize(("arguments", "status"), [((), 404), (("--aliases",), 401)])
async def test_the_program_answers_on_invented_paths_only_when_told_to(start, arguments, status):
    process = await start(*arguments, HMS_ACCESS_KEY="key", HMS_SECRET="secret of the program under test")
    line = (await process.stdout.readline()).decode()
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        address = line[line.index("http") :].split()[0]
        assert (await client.get(f"{address}/v2/analytics/track-events")).status_code == status


async def test_the_program_names_the_variable_it_misses(start):
    process = await start(HMS_ACCESS_KEY="key")
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("HMS_SECRET is not set")
