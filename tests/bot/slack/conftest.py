"""The emulated Slack on a loopback port, and our connection to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.clock import system
from bot.slack.connect import SlackConnection, connect
from sandbox.slack.server import application
from sandbox.slack.workspace import Workspace

TOKEN = "xoxb-made-up-for-tests"
APP_TOKEN = "xapp-made-up-for-tests"
SIGNING_SECRET = "signed-for-tests"


class Clock:
    """The time of a test, which moves when the test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def workspace(clock: Clock) -> AsyncIterator[Workspace]:
    made = Workspace(clock, signing_secret=SIGNING_SECRET, bot_token=TOKEN, app_token=APP_TOKEN)
    async with TestServer(application(made)) as server:
        made.listens_at(str(server.make_url("")))
        yield made


@pytest.fixture
def api_url(workspace: Workspace) -> str:
    return f"{workspace.state.address}/api/"


@pytest.fixture
async def connection(api_url: str) -> AsyncIterator[SlackConnection]:
    made = await connect(SecretStr(TOKEN), api_url, system)
    yield made
    await made.close()
