"""Over Socket Mode the bot connects, connects again, and says at once when it may not."""

import pytest
from pydantic import SecretStr

from bot.errors import UserError
from bot.slack.inbound.socket_mode import SocketMode
from bot.work import Trouble
from tests.chat import SECRETS, Chat
from tests.doors.transports import over_socket_mode
from tests.patience import comes_true


async def test_a_connection_that_slack_ends_is_opened_again(chat: Chat) -> None:
    async with over_socket_mode(chat) as sockets:
        await sockets.disconnect("refresh_requested")
        await sockets.connected()
        assert "who" in (await chat.says("mo", "/hms help")).text


async def test_one_connection_too_many_is_not_ready_and_does_not_knock_without_end(chat: Chat) -> None:
    async with over_socket_mode(chat) as sockets:
        chat.workspace.switches.connections = 1
        token = SecretStr(SECRETS["SLACK_APP_TOKEN"])
        second = SocketMode(
            chat.bot.slack, token, chat.bot.connection, f"{chat.workspace.state.address}/api/"
        )
        await second.start()
        troubles = chat.bot.connection.troubles
        await comes_true(lambda: Trouble.CONNECTION in troubles.now)

        assert not await second.connected()
        assert troubles.now[Trouble.CONNECTION] == "too_many_websockets"
        assert sockets._issued == 2  # one address each: it waits before it asks for another
        await second.close()
        assert "who" in (await chat.says("mo", "/hms help")).text


async def test_a_wrong_app_token_is_named_at_once(chat: Chat) -> None:
    api_url = chat.bot.settings.slack_api_url
    ours = SocketMode(chat.bot.slack, SecretStr("xapp-wrong"), chat.bot.connection, api_url)
    with pytest.raises(UserError, match="SLACK_APP_TOKEN") as raised:
        await ours.start()
    await ours.close()
    assert "xapp-wrong" not in str(raised.value)
