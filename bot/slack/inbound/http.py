"""Slack over HTTP: signed requests to our public address."""

import asyncio
import hmac
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import parse_qs

import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.internals import parse_body

from bot.slack.inbound.acks import delivering
from bot.slack.inbound.app import taken
from bot.slack.inbound.payloads import DELIVERED, SENT

log = structlog.get_logger()

FORM = "application/x-www-form-urlencoded"
SHORT = 1000  # bytes
PATIENCE = 5.0  # seconds for a body
OLDEST = 5 * 60  # seconds
OK = 200
SELDOM = 60  # seconds between two lines about signatures: whoever forges them writes no log of ours
SECONDS = re.compile(r"[0-9]{1,12}")
STAMP = "X-Slack-Request-Timestamp"
REFUSED = {"error": "invalid request"}


class SignedHttp:
    """Hands what Slack has signed to the app; anything else is refused before it is read.

    Bolt would look at the signature only after it has read the body, and a timestamp that is no number is a
    500 to it. Signatures are judged by the machine's clock, which ``now`` tells; ``patience`` is how many
    seconds a body may take.
    """

    def __init__(
        self,
        app: AsyncApp,
        signing_secret: SecretStr,
        now: Callable[[], float] = time.time,
        patience: float = PATIENCE,
    ) -> None:
        self._app = app
        self._signature = Signature(signing_secret)
        self._now = now
        self._patience = patience
        self._said_at = 0.0

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request: 401 without a good signature, 400 where it holds nonsense."""
        if not _is_worth_reading(request, self._now()):
            self._say_what_mends(request)
            return _refused()
        try:
            async with asyncio.timeout(self._patience):
                body = await request.read()
        except TimeoutError:
            return _refused(408)
        if _asks_for_certificate(request, body):
            return web.Response()
        if not self._signature.fits(request.headers, body, self._now()):
            self._say_what_mends(request)
            return _refused()
        with delivering() as delivered:
            answer = await self._answer(request, body.decode(), delivered)
            with suppress(ConnectionError):  # Slack has hung up
                await answer.prepare(request)
                await answer.write_eof()
                delivered.set_result(answer.status == OK)
        return answer

    async def _answer(
        self, request: web.Request, body: str, delivered: "asyncio.Future[bool]"
    ) -> web.Response:
        try:
            answer = await self._answer_of_bolt(request, body, delivered)
        except Exception as error:  # noqa: BLE001 -- Bolt knows no such shape
            log.warning("what Slack signed makes no sense", error=type(error).__name__)
            return web.json_response(REFUSED, status=400)
        # Bolt itself says so of what it cannot tell the kind of.
        return web.json_response(REFUSED, status=400) if answer.status >= 500 else answer

    async def _answer_of_bolt(
        self, request: web.Request, body: str, delivered: "asyncio.Future[bool]"
    ) -> web.Response:
        told = parse_body(body, request.content_type)
        if told.get("type") == "app_rate_limited":
            minute = told.get("minute_rate_limited")
            log.warning("Slack leaves out events: there were too many", minute=minute)
            return web.Response()
        context = {SENT: request.headers[STAMP], DELIVERED: delivered}
        return await to_aiohttp_response(await taken(self._app, told, context))

    def _say_what_mends(self, request: web.Request) -> None:
        """Say it at once and then seldom: nothing else tells who set the bot up why nobody is heard."""
        if "X-Slack-Signature" not in request.headers or self._now() < self._said_at + SELDOM:
            return
        self._said_at = self._now()
        mend = (
            "Copy SLACK_SIGNING_SECRET again from Basic Information, and let the clock follow a time server."
        )
        log.warning("a request was refused, since its signature does not fit", mend=mend)


def _refused(status: int = 401) -> web.Response:
    """Say no, and close: a stranger is not listened to any further."""
    answer = web.json_response(REFUSED, status=status)
    answer.force_close()
    return answer


def _is_worth_reading(request: web.Request, now: float) -> bool:
    """Whether the head looks as Slack's does, or so short a form may be its look at our certificate."""
    if request.headers.get("X-Slack-Signature", "").startswith("v0="):
        return _is_recent(request.headers.get(STAMP, ""), now)
    length = request.content_length
    return request.content_type == FORM and length is not None and length <= SHORT


def _is_recent(stamp: str, now: float) -> bool:
    return bool(SECONDS.fullmatch(stamp)) and abs(now - int(stamp)) <= OLDEST


def _asks_for_certificate(request: web.Request, body: bytes) -> bool:
    """Whether Slack looks at our certificate, which it does unsigned. Source: Slack docs, slash commands."""
    return (
        request.content_type == FORM and b"ssl_check" in body and parse_qs(body).get(b"ssl_check") == [b"1"]
    )


class Signature:
    """What Slack signs with a secret. Keyed once, since to key anew would hold up each ack."""

    def __init__(self, secret: SecretStr) -> None:
        self._keyed = hmac.new(secret.get_secret_value().encode(), digestmod="sha256")

    def fits(self, headers: Mapping[str, str], body: bytes, now: float) -> bool:
        """Whether Slack signed this body within five minutes. Source: Slack docs, verifying requests."""
        stamp = headers.get(STAMP, "")
        if not _is_recent(stamp, now):
            return False
        digest = self._keyed.copy()
        digest.update(b"v0:%b:%b" % (stamp.encode(), body))
        given = headers.get("X-Slack-Signature", "")
        return hmac.compare_digest(
            f"v0={digest.hexdigest()}".encode(), given.encode(errors="surrogateescape")
        )
