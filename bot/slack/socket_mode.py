"""Slack over a web socket that we open: no public address is needed."""

from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack.connect import Connection, asked, web_client
from bot.slack.logs import quiet
from bot.slack.proxies import proxy_for


class SocketMode:
    """One connection to Slack, renewed by the client whenever Slack or the network ends it."""

    def __init__(self, app: AsyncApp, app_token: SecretStr, connection: Connection, api_url: str) -> None:
        self._api_url = api_url
        self._web = web_client(None, api_url, connection.session, [])
        token = app_token.get_secret_value()
        self._headers = {"Authorization": f"Bearer {token}"}
        logger = quiet("slack_sdk.socket_mode")
        self._handler = AsyncSocketModeHandler(app, token, logger=logger, web_client=self._web)

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
        return await self._handler.client.is_connected()

    async def close(self) -> None:
        """Take nothing more and close the connection."""
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # Bolt has no types here
