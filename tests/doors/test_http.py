"""Over HTTP only what Slack signed gets in, and the same request acts once."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from io import BytesIO
from urllib.parse import urlencode

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.slack.inbound.http import SignedHttp
from sandbox.slack import deliver
from tests.chat import SECRETS, Chat
from tests.doors.transports import over_http

FORM = {"Content-Type": deliver.FORM}


def line(chat: Chat, text: str) -> str:
    """What Slack posts when Mo types a line."""
    state = chat.workspace.state
    mo, classes = state.directory.person("U0MO"), state.directory.channel("C0CLASSES")
    response_url = state.respond_at(state.response_urls.issue(mo.id, classes.id))
    trigger = state.triggers.issue(mo.id)
    body = state.payloads.slash_command(mo, classes, text, trigger_id=trigger, response_url=response_url)
    return urlencode(body)


def signed(
    body: str, *, secret: str = SECRETS["SLACK_SIGNING_SECRET"], at: float | None = None
) -> dict[str, str]:
    return FORM | deliver.signed(secret, body, time.time() if at is None else at)


async def post(url: str, body: str, headers: dict[str, str]) -> int:
    async with (
        ClientSession() as session,
        session.post(url, data=BytesIO(body.encode()), headers=headers) as answer,
    ):
        return answer.status


async def test_a_wrong_signature_or_an_old_one_is_refused_and_nothing_is_done(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    async with over_http(chat) as url:
        body = line(chat, "end-room standup --yes")
        assert await post(url, body, signed(body, secret="another")) == 401
        assert await post(url, body, signed(body, at=time.time() - 301)) == 401
        assert await post(url, body, FORM) == 401
        assert await post(url, body, signed(body) | {"X-Slack-Request-Timestamp": "yesterday"}) == 401
        await chat.bot.idle()
    assert chat.calls("active_rooms.end_room") == []


async def test_the_same_signed_body_acts_once(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    async with over_http(chat) as url:
        body = line(chat, "end-room standup --yes")
        headers = signed(body)
        assert await post(url, body, headers) == 200
        assert await post(url, body, headers) == 200
        await chat.bot.idle()
    assert len(chat.calls("active_rooms.end_room")) == 1


NONSENSE = [
    "{",
    "payload={",
    "payload=%7B",
    "",
    "\x00",
    "command=%2Fhms",
    "[]",
    "1",
    "null",
    '"x"',
    "[" * 3000 + "]" * 3000,
    '{"team": 1}',
    '{"user": 1}',
    '{"view": 1}',
    '{"authorizations": [1]}',
    '{"type": "event_callback", "event": 1}',
    '{"type": "event_callback", "event": {"type": 1}}',
    '{"type": "event_callback", "event": {"type": "app_mention"}}',
    '{"type": "block_actions", "actions": [1], "user": {}}',
    '{"type": "view_submission", "view": {"callback_id": 1}}',
]


async def test_signed_nonsense_is_no_server_error(chat: Chat) -> None:
    async with over_http(chat) as url:
        for body in (*NONSENSE, *(urlencode({"payload": one}) for one in NONSENSE)):
            for kind in (deliver.FORM, deliver.JSON):
                status = await post(url, body, signed(body) | {"Content-Type": kind})
                assert (body, status < 500) == (body, True)


async def test_slack_may_look_at_our_certificate_unsigned(chat: Chat) -> None:
    async with over_http(chat) as url:
        for headers in (FORM, signed("ssl_check=1&token=unused")):
            assert await post(url, "ssl_check=1&token=unused", headers) == 200
        assert await post(url, "ssl_check=2", FORM) == 401


async def test_that_slack_leaves_out_events_is_taken_note_of(chat: Chat) -> None:
    body = json.dumps({"type": "app_rate_limited", "minute_rate_limited": 1518467820})
    async with over_http(chat) as url:
        with capture_logs() as said:
            assert await post(url, body, signed(body) | {"Content-Type": deliver.JSON}) == 200

    noted = [line for line in said if line["event"].startswith("Slack leaves out events")]
    assert [line["minute"] for line in noted] == [1518467820]


async def test_a_signature_that_does_not_fit_is_said_with_what_mends_it_once_a_minute(chat: Chat) -> None:
    at = [time.time()]
    door = SignedHttp(chat.bot.slack, SecretStr("another"), now=lambda: at[0])
    app = web.Application()
    app.add_routes([web.post("/slack/events", door.handle)])
    async with TestServer(app) as serving:
        url = str(serving.make_url("/slack/events"))
        with capture_logs() as said:
            await post(url, "{}", FORM)
            assert said == []
            for _ in range(3):
                assert await post(url, "{}", signed("{}", at=at[0])) == 401
            at[0] += 61
            await post(url, "{}", signed("{}", at=at[0]))

    assert ["SLACK_SIGNING_SECRET" in line["mend"] for line in said] == [True, True]


async def test_a_body_beyond_all_measure_is_not_read(chat: Chat) -> None:
    async with over_http(chat) as url:
        body = "x" * 2_000_000
        assert await post(url, body, signed(body)) == 413


async def test_slack_can_check_that_the_address_is_ours(chat: Chat) -> None:
    async with over_http(chat) as url:
        body = json.dumps({"type": "url_verification", "token": "unused", "challenge": "abc"})
        headers = signed(body) | {"Content-Type": deliver.JSON}
        async with ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
            assert (answer.status, await answer.json()) == (200, {"challenge": "abc"})


async def test_a_stranger_is_not_read(chat: Chat) -> None:
    async with over_http(chat) as url:
        for headers in (
            FORM,
            signed("x", at=time.time() - 301),
            signed("x") | {"X-Slack-Signature": "sha256=abc"},
            signed("x") | {"X-Slack-Request-Timestamp": "soon"},
        ):
            async with ClientSession() as session:
                body = unfinished()
                async with session.post(url, data=body, headers=headers) as answer:
                    assert (answer.status, answer.headers["Connection"]) == (401, "close")


async def unfinished() -> AsyncIterator[bytes]:
    """A body of which no end ever comes."""
    yield b"payload="
    await asyncio.Event().wait()


async def test_a_body_that_does_not_come_is_not_waited_for(chat: Chat) -> None:
    door = SignedHttp(chat.bot.slack, SecretStr(SECRETS["SLACK_SIGNING_SECRET"]), patience=0.01)
    app = web.Application()
    app.add_routes([web.post("/slack/events", door.handle)])
    async with (
        TestServer(app) as serving,
        ClientSession() as session,
        session.post(serving.make_url("/slack/events"), data=unfinished(), headers=signed("x")) as answer,
    ):
        assert answer.status == 408
