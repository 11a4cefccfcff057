"""The emulated Slack as a program of its own."""

import asyncio
import os
import sys
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.patience import PATIENCE
from tests.processes import started

SECRETS = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox"}


@asynccontextmanager
async def program(*arguments: str, **environment: str):
    async with started(
        sys.executable,
        "-u",
        "-m",
        "sandbox.slack",
        *arguments,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    ) as process:
        yield process


async def test_it_serves_the_web_api_and_the_page(unused_tcp_port) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    async with program("--port", str(unused_tcp_port), **SECRETS) as process, asyncio.timeout(PATIENCE):
        assert address.encode() in await process.stdout.readline()
        headers = {"Authorization": "Bearer xoxb-sandbox"}
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{address}/api/auth.test", headers=headers) as answer,
            http.get(address) as page,
        ):
            assert (await answer.json())["user_id"] == "U0HMS"
            assert (page.status, page.content_type) == (200, "text/html")


async def test_what_it_signs_says_slacks_time_which_may_be_off(unused_tcp_port) -> None:
    stamps: asyncio.Queue[int] = asyncio.Queue()

    async def hear(request: web.Request) -> web.Response:
        await stamps.put(int(request.headers["X-Slack-Request-Timestamp"]))
        return web.Response()

    app = web.Application()
    app.router.add_post("/slack/events", hear)
    secrets = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_SIGNING_SECRET": "signing-sandbox"}
    async with TestServer(app) as bot, asyncio.timeout(PATIENCE):
        asked = ("--port", str(unused_tcp_port), "--request-url", str(bot.make_url("/slack/events")))
        async with program(*asked, **secrets) as process, aiohttp.ClientSession() as http:
            await process.stdout.readline()
            control, began = f"http://127.0.0.1:{unused_tcp_port}/_sim/slack", time.time()
            await http.post(f"{control}/app_rate_limited")
            await http.post(f"{control}/switches", json={"clock_off_s": -600})
            await http.post(f"{control}/app_rate_limited")
            on_time, late = await stamps.get(), await stamps.get()

    assert 0 <= on_time - int(began) <= PATIENCE
    assert 0 <= late + 600 - int(began) <= PATIENCE


@pytest.mark.parametrize(
    ("arguments", "environment", "missing"),
    [
        ((), {}, "SLACK_BOT_TOKEN"),
        ((), {"SLACK_BOT_TOKEN": "xoxb-sandbox"}, "SLACK_APP_TOKEN"),
        (("--request-url", "http://127.0.0.1:1/"), SECRETS, "SLACK_SIGNING_SECRET"),
    ],
)
async def test_it_says_which_secret_it_lacks(arguments, environment, missing) -> None:
    async with program(*arguments, **environment) as process, asyncio.timeout(PATIENCE):
        _, error = await process.communicate()

    assert (process.returncode, error.decode().split()[0]) == (1, missing)
    assert "Traceback" not in error.decode()
