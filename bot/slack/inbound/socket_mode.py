"""Slack over a web socket that we open: no public address is needed."""

import asyncio
import json
import time

from aiohttp import ClientError, WSMessage
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.settings import proxy_for
from bot.slack import refusals
from bot.slack.connect import SlackConnection, asked, web_client
from bot.slack.inbound.acks import delivering
from bot.slack.inbound.app import taken
from bot.slack.inbound.payloads import DELIVERED
from bot.slack.logs import quiet
from bot.work import Trouble

ACK_SECONDS = 3.0
OK = 200
FIRST_PAUSE, LONGEST_PAUSE = 10.0, 120.0  # seconds; Slack takes ten connections an app


class SocketMode:
    """One connection to Slack, renewed by the client whenever Slack or the network ends it."""

    def __init__(
        self, app: AsyncApp, app_token: SecretStr, connection: SlackConnection, api_url: str
    ) -> None:
        self._api_url = api_url
        self._web = web_client(None, api_url, connection.session, [])
        token = app_token.get_secret_value()
        self._headers = {"Authorization": f"Bearer {token}"}
        logger = quiet("slack_sdk.socket_mode")
        self._app = app
        self._handler = AsyncSocketModeHandler(app, token, logger=logger, web_client=self._web)
        client = self._handler.client
        client.socket_mode_request_listeners = [self._handle]
        client.on_message_listeners.append(self._heard)
        client.issue_new_wss_url = self._new_address  # type: ignore[method-assign]  # it would ask without a pause
        self._troubles = connection.troubles
        self._turned_away = 0
        self._handling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Connect; raises UserError at once where the client would try for ever with a wrong token."""
        opened = await asked(
            self._web, "apps.connections.open", "SLACK_APP_TOKEN", self._api_url, headers=self._headers
        )
        client = self._handler.client
        client.wss_uri = opened["url"]
        client.proxy = proxy_for(opened["url"])
        await self._handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt has no types here

    async def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return not self._turned_away and await self._handler.client.is_connected()

    async def close(self) -> None:
        """Take nothing more, send the acks of what was taken, and close the connection."""
        receiver = self._handler.client.message_receiver
        if receiver:
            receiver.cancel()
        if self._handling:
            await asyncio.wait(set(self._handling), timeout=ACK_SECONDS)
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt has no types here

    async def _heard(self, frame: WSMessage) -> None:
        """Take note whether Slack has let this connection in."""
        said = frame.data if isinstance(frame.data, str) else ""
        if '"too_many_websockets"' in said:
            self._turned_away += 1
            self._troubles.noticed(Trouble.CONNECTION, "too_many_websockets")
        elif '"hello"' in said and json.loads(said).get("type") == "hello":
            self._turned_away = 0
            self._troubles.passed(Trouble.CONNECTION)

    async def _new_address(self) -> str:
        """Ask where to connect, after a pause that grows while we are turned away, until Slack says."""
        if self._turned_away:
            await asyncio.sleep(min(FIRST_PAUSE * 2.0 ** (self._turned_away - 1), LONGEST_PAUSE))
        while True:
            try:
                return str((await self._web.api_call("apps.connections.open", headers=self._headers))["url"])
            except (SlackApiError, ClientError, TimeoutError) as error:
                why = refusals.word(error) if isinstance(error, SlackApiError) else type(error).__name__
                self._troubles.noticed(Trouble.CONNECTION, why)
                await asyncio.sleep(FIRST_PAUSE)

    async def _handle(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.create_task(self._answer(request))
        self._handling.add(task)
        task.add_done_callback(self._handling.discard)
        await task

    async def _answer(self, request: SocketModeRequest) -> None:
        """Let the app see it, send its ack, and say whether that has left."""
        began, headers = time.time(), build_headers(request)
        with delivering() as delivered:
            context = {DELIVERED: delivered}
            answer = await taken(self._app, request.payload, context, headers)
            await send_async_response(self._handler.client, request, answer, began)
            delivered.set_result(answer.status == OK)
