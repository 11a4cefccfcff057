"""The two ways in which Slack reaches the bot, over real sockets; ``others`` share its database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.app import Bot
from bot.slack.http import SignedHttp
from bot.slack.socket_mode import SocketMode
from bot.web import Metrics, Web
from sandbox.slack import deliver, server, socket_mode
from sandbox.slack.delivery import Ack, Payload
from tests.chat import SECRETS, Chat
from tests.patience import PATIENCE


@asynccontextmanager
async def over_socket_mode(chat: Chat, *others: Bot) -> AsyncIterator[socket_mode.SocketMode]:
    """Let payloads come over the web socket that each bot opens."""
    sockets = socket_mode.SocketMode(chat.workspace.state, ack_seconds=PATIENCE)
    async with TestServer(server.application(chat.workspace, sockets)) as serving, AsyncExitStack() as held:
        address = str(serving.make_url("/")).rstrip("/")
        chat.workspace.listens_at(address)
        token = SecretStr(SECRETS["SLACK_APP_TOKEN"])
        for bot in (chat.bot, *others):
            ours = SocketMode(bot.slack, token, bot.connection, f"{address}/api/")
            await ours.start()
            held.push_async_callback(ours.close)
        await sockets.connected(1 + len(others))
        yield sockets


@asynccontextmanager
async def over_http(chat: Chat, *others: Bot) -> AsyncIterator[str]:
    """Let payloads come as signed requests, to each bot in turn; answers the address of the first."""
    async with AsyncExitStack() as held:
        session = await held.enter_async_context(ClientSession())
        ways, secret = [], SECRETS["SLACK_SIGNING_SECRET"]
        for bot in (chat.bot, *others):
            door = SignedHttp(bot.slack, SecretStr(secret))
            app = Web(Metrics(), slack=door.handle).application()
            serving = await held.enter_async_context(TestServer(app))
            url = str(serving.make_url("/slack/events"))
            ways.append((url, deliver.SignedHttp(session, url, secret, ack_seconds=PATIENCE)))
        chat.workspace.connect(InTurn([way for _, way in ways]))
        yield ways[0][0]


class InTurn:
    """A load balancer: each payload goes to the next address."""

    def __init__(self, ways: Sequence[deliver.SignedHttp]) -> None:
        self._ways = cycle(ways)

    async def deliver(self, payload: Payload) -> Ack:
        return await next(self._ways).deliver(payload)


DOORS = (over_socket_mode, over_http)
