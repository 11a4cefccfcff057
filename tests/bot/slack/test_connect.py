"""At start Slack is asked once who we are; what is wrong is said in one sentence that names the variable."""

import pytest
from aiohttp.test_utils import unused_port
from pydantic import SecretStr

from bot.clock import system
from bot.errors import UserError
from bot.slack.connect import Identity, SlackConnection, connect
from sandbox.slack.server import application
from sandbox.slack.workspace import Workspace
from tests.bot.slack.conftest import TOKEN, TestServer


def test_slack_says_who_we_are(connection: SlackConnection) -> None:
    assert connection.identity == Identity(team="T0HMS", bot_id="B0HMS", user="U0HMS")


async def test_a_wrong_token_names_its_variable(api_url: str) -> None:
    with pytest.raises(UserError) as raised:
        await connect(SecretStr("xoxb-wrong"), api_url, system)
    assert str(raised.value) == (
        "Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy the token again from api.slack.com/apps."
    )
    assert "xoxb-wrong" not in repr(raised.value)


async def test_an_address_where_nobody_answers_is_named() -> None:
    address = f"http://127.0.0.1:{unused_port()}/api/"
    with pytest.raises(UserError, match="SLACK_API_URL") as raised:
        await connect(SecretStr(TOKEN), address, system)
    assert address in str(raised.value)


async def test_missing_scopes_are_listed(clock) -> None:
    few = frozenset({"commands", "chat:write", "users:read"})
    workspace = Workspace(clock, signing_secret="s", bot_token=TOKEN, app_token="a", scopes=few)
    async with TestServer(application(workspace)) as server:
        with pytest.raises(UserError) as raised:
            await connect(SecretStr(TOKEN), str(server.make_url("/api/")), system)
    assert "channels:read" in str(raised.value)
    assert "chat:write" not in str(raised.value)
