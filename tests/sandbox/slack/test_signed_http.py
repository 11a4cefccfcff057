"""Signed HTTP as an app at a request URL meets it."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.signature import SignatureVerifier

from sandbox.slack.deliver import SignedHttp, signed
from tests.patience import PATIENCE

SECRET = "signing-sandbox"


class RequestUrl:
    """An app's HTTP side: keeps what it was sent and answers what it was told to."""

    def __init__(self) -> None:
        self.received: list[tuple[dict, str]] = []
        self.answers: list[web.Response] = []
        self.arrived = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.Response:
        async with self.arrived:
            self.received.append((dict(request.headers), await request.text()))
            self.arrived.notify_all()
        return self.answers.pop(0) if self.answers else web.Response()

    async def count(self, number: int) -> None:
        async with self.arrived, asyncio.timeout(PATIENCE):
            await self.arrived.wait_for(lambda: len(self.received) >= number)


@pytest.fixture
async def url(served) -> AsyncIterator[RequestUrl]:
    url = RequestUrl()
    app = web.Application()
    app.router.add_post("/slack/events", url.handle)
    async with TestServer(app) as server:
        url.delivery = SignedHttp(
            served.http,
            str(server.make_url("/slack/events")),
            SECRET,
            ack_seconds=PATIENCE,
            delays=(0.0, 0.0),
        )
        served.workspace.connect(url.delivery)
        yield url
        await url.delivery.close()


async def test_a_body_is_signed_as_slacks_own_verifier_expects(served, url) -> None:
    await served.workspace.says("U0MO", "C0CLASSES", "/hms say “hello” & bye")
    headers, body = url.received[0]

    assert SignatureVerifier(SECRET).is_valid_request(body, headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)
    assert not SignatureVerifier(SECRET).is_valid_request(body + "x", headers)
    assert not SignatureVerifier(SECRET).is_valid_request(body, signed(SECRET, body, 1_000_000_000))


async def test_commands_and_clicks_are_forms_and_events_are_json(served, url) -> None:
    workspace = served.workspace
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [button]}])
    await workspace.says("U0MO", "C0CLASSES", "/hms status")
    await workspace.clicks("U0MO", card, "go")
    await workspace.opens_home("U0MO")

    command, click, event = url.received
    assert command[0]["Content-Type"] == click[0]["Content-Type"] == "application/x-www-form-urlencoded"
    assert "command=%2Fhms" in command[1]
    assert click[1].startswith("payload=%7B")
    assert event[0]["Content-Type"] == "application/json"
    assert json.loads(event[1])["event"]["type"] == "app_home_opened"


async def test_words_in_the_answer_to_a_command_are_shown(served, url) -> None:
    url.answers = [web.Response(text="All well."), web.json_response({"text": "Both."})]

    await served.workspace.says("U0MO", "C0CLASSES", "/hms status")
    await served.workspace.says("U0MO", "C0CLASSES", "/hms status")

    assert [message.text for message in served.workspace.sees("U0MO", "C0CLASSES")] == ["All well.", "Both."]


async def test_a_command_that_fails_is_not_repeated(served, url) -> None:
    url.answers = [web.Response(status=500)]

    outcome = await served.workspace.says("U0MO", "C0CLASSES", "/hms status")
    await served.workspace.opens_home("U0MO")

    assert (outcome.error, len(url.received)) == ("dispatch_failed", 2)


async def test_an_event_that_fails_comes_again_and_says_why(served, url) -> None:
    url.answers = [web.Response(status=500), web.Response(status=500)]

    await served.workspace.opens_home("U0MO")
    await url.count(3)

    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in url.received]
    reasons = [headers.get("X-Slack-Retry-Reason") for headers, _ in url.received]
    assert (numbers, reasons) == ([None, "1", "2"], [None, "http_error", "http_error"])
    assert len({json.loads(body)["event_id"] for _, body in url.received}) == 1


async def test_an_app_may_ask_not_to_be_sent_an_event_again(served, url) -> None:
    url.answers = [web.Response(status=500, headers={"X-Slack-No-Retry": "1"})]

    await served.workspace.opens_home("U0MO")
    await served.workspace.opens_home("U0VI")

    users = [json.loads(body)["event"]["user"] for _, body in url.received]
    assert users == ["U0MO", "U0VI"]


async def test_an_app_that_takes_too_long_has_timed_out(served) -> None:
    released = asyncio.Event()

    async def wait(_: web.Request) -> web.Response:
        await released.wait()
        return web.Response()

    app = web.Application()
    app.router.add_post("/", wait)
    async with TestServer(app) as server:
        served.workspace.connect(SignedHttp(served.http, str(server.make_url("/")), SECRET, ack_seconds=0.05))
        outcome = await served.workspace.says("U0MO", "C0CLASSES", "/hms status")
        released.set()

    assert outcome.error == "operation_timeout"


async def test_an_app_that_is_not_there_cannot_be_reached(served, unused_tcp_port) -> None:
    served.workspace.connect(SignedHttp(served.http, f"http://127.0.0.1:{unused_tcp_port}/", SECRET))

    assert (await served.workspace.says("U0MO", "C0CLASSES", "/hms")).error == "dispatch_failed"


async def test_a_request_url_that_does_not_echo_the_challenge_is_not_the_apps(url) -> None:
    assert not await url.delivery.verify()


async def test_a_request_url_proves_itself_by_its_challenge(served) -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.json_response({"challenge": (await request.json())["challenge"]})

    app = web.Application()
    app.router.add_post("/slack/events", echo)
    async with TestServer(app) as server:
        assert await SignedHttp(served.http, str(server.make_url("/slack/events")), SECRET).verify()


async def test_bolt_refuses_another_secret_and_slack_reports_it(served, bot) -> None:
    async with TestServer(bot.web_app("/slack/events")) as server:
        forged = SignedHttp(served.http, str(server.make_url("/slack/events")), "another")
        served.workspace.connect(forged)

        assert (await served.workspace.says("U0MO", "C0CLASSES", "/hms")).error == "dispatch_failed"


async def test_bolt_answers_the_challenge(served, bot) -> None:
    async with TestServer(bot.web_app("/slack/events")) as server:
        assert await SignedHttp(served.http, str(server.make_url("/slack/events")), SECRET).verify()


async def test_the_certificate_is_looked_at_without_a_signature(served, url) -> None:
    assert (await url.delivery.check_ssl()).error is None

    headers, body = url.received[0]
    assert (body, headers["Content-Type"]) == (
        "ssl_check=1&token=unused",
        "application/x-www-form-urlencoded",
    )
    assert not [name for name in headers if name.startswith("X-Slack")]


@pytest.mark.parametrize(("status", "error"), [(200, None), (401, "dispatch_failed")])
async def test_the_look_at_the_certificate_expects_200(served, url, status, error) -> None:
    url.answers = [web.Response(status=status)]

    async with served.http.post(f"{served.address}/_sim/slack/ssl_check") as response:
        assert await response.json() == {"error": error}


async def test_socket_mode_has_no_certificate(served) -> None:
    async with served.http.post(f"{served.address}/_sim/slack/ssl_check") as response:
        assert response.status == 400


async def test_an_app_that_is_sent_too_much_is_told_so_outside_of_any_event(served, url) -> None:
    async with served.http.post(f"{served.address}/_sim/slack/app_rate_limited") as response:
        assert await response.json() == {"error": None}

    headers, body = url.received[0]
    assert SignatureVerifier(SECRET).is_valid_request(body, headers)
    assert json.loads(body) == {
        "token": "unused",
        "type": "app_rate_limited",
        "team_id": "T0HMS",
        "minute_rate_limited": 1772442000,
        "api_app_id": "A0HMS",
    }
