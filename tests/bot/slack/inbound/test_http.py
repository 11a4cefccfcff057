"""Only what Slack signed, and signed just now, is read."""

import asyncio
import time
from collections.abc import Awaitable, Mapping
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.slack.inbound.http import Signature, SignedHttp
from bot.slack.inbound.payloads import DELIVERED
from sandbox.slack import deliver
from tests.patience import PATIENCE, comes_true

SIGNATURE = Signature(SecretStr("signed-for-tests"))
NOW = 1_795_000_000
BODY = "payload=ümlaut"


def headers(at: float = NOW, secret: str = "signed-for-tests") -> dict[str, str]:
    return deliver.signed(secret, BODY, at)


@pytest.mark.parametrize("age", [-299, 0, 300])
def test_a_signature_is_good_for_five_minutes(age: int) -> None:
    assert SIGNATURE.fits(headers(NOW - age), BODY.encode(), NOW)


@pytest.mark.parametrize("age", [-301, 301, NOW])
def test_an_old_one_or_one_of_tomorrow_is_not(age: int) -> None:
    assert not SIGNATURE.fits(headers(NOW - age), BODY.encode(), NOW)


def test_another_secret_or_another_body_is_refused() -> None:
    assert not SIGNATURE.fits(headers(secret="other"), BODY.encode(), NOW)
    assert not SIGNATURE.fits(headers(), b"payload=other", NOW)


@pytest.mark.parametrize("stamp", ["", "yesterday", "1e9", "-1", "²", "9" * 5000, " 1795000000"])
def test_a_timestamp_that_is_no_number_is_refused(stamp: str) -> None:
    assert not SIGNATURE.fits(headers() | {"X-Slack-Request-Timestamp": stamp}, BODY.encode(), NOW)


@pytest.mark.parametrize("signature", ["", "v0=", "v0=ü", "v0=\udcff"])
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    assert not SIGNATURE.fits(headers() | {"X-Slack-Signature": signature}, BODY.encode(), time.time())


async def authorize() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T0HMS", bot_user_id="U0HMS", bot_token="xoxb-tests")


@pytest.mark.parametrize("slack", ["waits", "has hung up"])
async def test_an_ack_has_left_only_where_slack_waits_for_it(slack: str) -> None:
    came: asyncio.Future[Awaitable[bool]] = asyncio.get_running_loop().create_future()
    go_on, connections = asyncio.Event(), list[asyncio.BaseTransport | None]()

    async def listener(ack: AsyncAck, context: Mapping[str, Any]) -> None:
        came.set_result(context[DELIVERED])
        await go_on.wait()
        await ack()

    app = AsyncApp(authorize=authorize, request_verification_enabled=False, process_before_response=True)
    app.command("/hms")(listener)
    signed_http = SignedHttp(app, SecretStr("signed-for-tests"))

    async def door(request: web.Request) -> web.StreamResponse:
        connections.append(request.transport)
        return await signed_http.handle(request)

    web_app = web.Application()
    web_app.router.add_post("/slack/events", door)
    async with TestServer(web_app) as server, ClientSession() as client, asyncio.timeout(PATIENCE):
        line = "command=%2Fhms&text=status&user_id=U0MO&channel_id=C0CLASSES&team_id=T0HMS"
        about = {"Content-Type": "application/x-www-form-urlencoded"}
        about |= deliver.signed("signed-for-tests", line, time.time())
        asking = asyncio.create_task(client.post(server.make_url("/slack/events"), data=line, headers=about))
        delivered = await came
        if slack == "has hung up":
            asking.cancel()
            await comes_true(lambda: connections[0] is None or connections[0].is_closing())
        go_on.set()
        assert await delivered is (slack == "waits")
