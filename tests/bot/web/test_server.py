"""What the HTTP server says about the bot, and what it never says."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer

from bot.web.metrics import Metrics
from bot.web.server import Server, Web


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def breaks() -> bool:
    raise ConnectionError


async def seven() -> int:
    return 7


async def uncountable() -> int:
    raise ConnectionError


async def ask(web: Web, path: str):
    async with TestClient(TestServer(web.application())) as client:
        answer = await client.get(path)
        return answer.status, await answer.text()


async def test_it_lives_while_it_lives() -> None:
    assert (await ask(Web(Metrics(), {"database": no}), "/healthz"))[0] == 200


async def test_it_is_ready_when_everything_is_in_order() -> None:
    web = Web(Metrics(), {"database": yes})
    assert await ask(web, "/readyz") == (200, '{"ready": true, "missing": [], "degraded": []}')


async def test_what_is_only_degraded_takes_away_no_door() -> None:
    web = Web(Metrics(), {"database": yes}, degraded=lambda: ["100ms", "clock"])
    assert await ask(web, "/readyz") == (
        200,
        '{"ready": true, "missing": [], "degraded": ["100ms", "clock"]}',
    )


@pytest.mark.parametrize("check", [no, breaks])
async def test_it_says_what_is_missing(check) -> None:
    web = Web(Metrics(), {"database": yes, "slack": check})
    assert await ask(web, "/readyz") == (503, '{"ready": false, "missing": ["slack"], "degraded": []}')


async def test_metrics_count_words_and_outcomes() -> None:
    metrics = Metrics()
    metrics.ended("end-room", "done")
    metrics.acked("command", 0.002)
    status, text = await ask(Web(metrics), "/metrics")
    assert status == 200
    assert 'hms_bot_requests_total{command="end-room",outcome="done"} 1.0' in text
    assert 'hms_bot_ack_seconds_bucket{kind="command",le="0.005"} 1.0' in text


async def test_metrics_say_how_late_moments_are_and_what_runs() -> None:
    metrics = Metrics()
    metrics.came("open window", timedelta(seconds=3))
    metrics.drifted("rooms", 2)
    metrics.lost()
    with metrics.running("open window"):
        _, text = await ask(Web(metrics, due=seven), "/metrics")
    assert 'hms_bot_moment_lateness_seconds_bucket{kind="open window",le="2.0"} 0.0' in text
    assert 'hms_bot_moment_lateness_seconds_bucket{kind="open window",le="5.0"} 1.0' in text
    assert 'hms_bot_jobs_running{kind="open window"} 1.0' in text
    assert 'hms_bot_drift_total{kind="rooms"} 2.0' in text
    assert "hms_bot_effects_unknown_total 1.0" in text
    assert "hms_bot_moments_due 7.0" in text


async def test_a_database_that_is_down_takes_no_metrics_away() -> None:
    status, text = await ask(Web(Metrics(), due=uncountable), "/metrics")
    assert status == 200
    assert "hms_bot_moments_due NaN" in text


@pytest.mark.parametrize("path", ["/slack/events", "/hms/webhooks", "/"])
async def test_there_is_nothing_else(path: str) -> None:
    assert (await ask(Web(Metrics()), path))[0] == 404


async def test_a_server_says_which_port_it_got() -> None:
    server = Server(Web(Metrics()).application(), "127.0.0.1", 0)
    await server.start()
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{server.port}/healthz") as answer:
        assert answer.status == 200
    await server.close()


async def test_no_answer_tells_which_versions_serve_it() -> None:
    server = Server(Web(Metrics()).application(), "127.0.0.1", 0)
    await server.start()
    for asked in (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\r\n\r\n",
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(asked)
        said = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        assert b"HTTP/1." in said
        assert b"aiohttp" not in said
        assert b"Python" not in said
    await server.close()
