"""Over Socket Mode the bot connects, connects again, and says at once when it may not."""

import pytest
from pydantic import SecretStr

from bot.errors import UserError
from bot.slack.inbound.socket_mode import SocketMode
from tests.chat import Chat
from tests.doors.transports import over_socket_mode


async def test_a_connection_that_slack_ends_is_opened_again(chat: Chat) -> None:
    async with over_socket_mode(chat) as sockets:
        await sockets.disconnect("refresh_requested")
        await sockets.connected()
        assert "help" in (await chat.says("mo", "/hms help")).text


async def test_a_wrong_app_token_is_named_at_once(chat: Chat) -> None:
    api_url = chat.bot.settings.slack_api_url
    ours = SocketMode(chat.bot.slack, SecretStr("xapp-wrong"), chat.bot.connection, api_url)
    with pytest.raises(UserError, match="SLACK_APP_TOKEN") as raised:
        await ours.start()
    await ours.close()
    assert "xapp-wrong" not in str(raised.value)
