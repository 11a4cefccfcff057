"""Slack over HTTP: signed requests to our public address."""

import hmac
import re
import time
from collections.abc import Mapping

from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.inbound.payloads import SENT

OLDEST = 5 * 60  # seconds
SECONDS = re.compile(r"[0-9]{1,12}")
STAMP = "X-Slack-Request-Timestamp"
REFUSED = {"error": "invalid request"}


class SignedHttp:
    """Hands what Slack has signed to the app; anything else is refused before it is read.

    Bolt would look at the signature only after it has read the body, and a timestamp that is no number is a
    500 to it. Signatures are judged by the machine's clock.
    """

    def __init__(self, app: AsyncApp, signing_secret: SecretStr) -> None:
        self._app = app
        self._signature = Signature(signing_secret)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request: 401 without a good signature, 400 where it holds nonsense."""
        body = await request.read()
        if not self._signature.fits(request.headers, body, time.time()):
            return web.json_response(REFUSED, status=401)
        try:
            asked = AsyncBoltRequest(
                body=body.decode(),
                headers={"Content-Type": request.content_type},
                context={SENT: request.headers[STAMP]},
            )
        except ValueError:  # signed by Slack and yet no JSON or no text: not for us to find out why
            return web.json_response(REFUSED, status=400)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))


class Signature:
    """What Slack signs with a secret. Keyed once, since to key anew would hold up each ack."""

    def __init__(self, secret: SecretStr) -> None:
        self._keyed = hmac.new(secret.get_secret_value().encode(), digestmod="sha256")

    def fits(self, headers: Mapping[str, str], body: bytes, now: float) -> bool:
        """Whether Slack signed this body within five minutes. Source: Slack docs, verifying requests."""
        stamp = headers.get(STAMP, "")
        if not SECONDS.fullmatch(stamp) or abs(now - int(stamp)) > OLDEST:
            return False
        digest = self._keyed.copy()
        digest.update(b"v0:%b:%b" % (stamp.encode(), body))
        given = headers.get("X-Slack-Signature", "")
        return hmac.compare_digest(
            f"v0={digest.hexdigest()}".encode(), given.encode(errors="surrogateescape")
        )
