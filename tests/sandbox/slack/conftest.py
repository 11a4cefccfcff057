"""A workspace over real sockets, and a small bot made with Slack's own libraries."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.deliver import SignedHttp
from sandbox.slack.delivery import Ack, Payload
from sandbox.slack.server import install
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.workspace import Workspace
from tests.patience import PATIENCE

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-sandbox", "xapp-sandbox", "signing-sandbox"


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Listener:
    """An app in memory: remembers what it was told, and answers with what it was given."""

    heard: list[Payload] = field(default_factory=list)
    ack: Ack = field(default_factory=Ack)

    async def deliver(self, payload: Payload) -> Ack:
        self.heard.append(payload)
        return self.ack

    @property
    def last(self) -> dict:
        return dict(self.heard[-1].body)


@dataclass
class Served:
    workspace: Workspace
    sockets: SocketMode
    client: AsyncWebClient
    http: aiohttp.ClientSession
    address: str


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_workspace(clock) -> Callable[..., Workspace]:
    def make(**changed) -> Workspace:
        secrets = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SIGNING_SECRET}
        return Workspace(clock, **{**secrets, **changed})

    return make


@pytest.fixture
def workspace(make_workspace) -> Workspace:
    return make_workspace()


@pytest.fixture
def listener_of() -> Callable[[Workspace], Listener]:
    def connect(workspace: Workspace) -> Listener:
        listener = Listener()
        workspace.connect(listener)
        return listener

    return connect


@pytest.fixture
def listener(workspace, listener_of) -> Listener:
    return listener_of(workspace)


@pytest.fixture
async def serve(make_workspace) -> AsyncIterator[Callable[..., Awaitable[Served]]]:
    """Serve a workspace on a free port of this machine."""
    async with AsyncExitStack() as stack:

        async def start(*, ack_seconds=PATIENCE, delays=(0.0, 0.0), **changed) -> Served:
            workspace = make_workspace(**changed)
            sockets = SocketMode(workspace.state, ack_seconds=ack_seconds, delays=delays)
            app = aiohttp.web.Application()
            install(app, workspace, sockets)
            server = await stack.enter_async_context(TestServer(app))
            address = str(server.make_url("")).rstrip("/")
            workspace.listens_at(address)
            http = await stack.enter_async_context(aiohttp.ClientSession())
            client = AsyncWebClient(BOT_TOKEN, base_url=f"{address}/api/", session=http)
            return Served(workspace, sockets, client, http, address)

        yield start


@pytest.fixture
async def served(serve) -> Served:
    return await serve()


@asynccontextmanager
async def over_socket_mode(served: Served, bot: AsyncApp) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(bot, APP_TOKEN, web_client=served.client)
    await handler.connect_async()
    await served.sockets.connected()
    try:
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def over_http(served: Served, bot: AsyncApp) -> AsyncIterator[None]:
    async with TestServer(bot.web_app("/slack/events")) as server:
        url = str(server.make_url("/slack/events"))
        delivery = SignedHttp(served.http, url, SIGNING_SECRET, ack_seconds=PATIENCE, delays=(0.0, 0.0))
        served.workspace.connect(delivery)
        try:
            yield
        finally:
            await delivery.close()


@pytest.fixture
def bot(served) -> AsyncApp:
    return AsyncApp(client=served.client, signing_secret=SIGNING_SECRET, process_before_response=True)


@pytest.fixture(params=[over_socket_mode, over_http], ids=["socket mode", "signed http"])
async def connected(request, served, bot) -> AsyncIterator[Served]:
    """The same bot at either door."""
    async with request.param(served, bot):
        yield served


@pytest.fixture
async def on_sockets(served, bot) -> AsyncIterator[Served]:
    async with over_socket_mode(served, bot):
        yield served


@pytest.fixture
def refused() -> Callable[[Awaitable], Awaitable[dict]]:
    """Make a call that Slack refuses, and give the answer."""

    async def refused(call: Awaitable) -> dict:
        with pytest.raises(SlackApiError) as error:
            await call
        return error.value.response.data

    return refused
