"""The emulated Slack as a program of its own."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager

import aiohttp
import pytest

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
