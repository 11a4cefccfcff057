"""Signed HTTP: payloads posted to the app's request URL."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.delivery import ACK_SECONDS, Ack, Payload
from sandbox.slack.retries import DELAYS, Retries

SSL_CHECK = "ssl_check=1&token=unused"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def signed(secret: str, body: str, at: float) -> dict[str, str]:
    """Make the headers that prove a body to come from Slack; ``at`` is in seconds since 1970."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class SignedHttp:
    """Post each payload to one address, as Slack does where Socket Mode is off."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        signing_secret: str,
        *,
        ack_seconds: float = ACK_SECONDS,
        delays: Sequence[float] = DELAYS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._session = session
        self._url = url
        self._secret = signing_secret
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)
        self._retries = Retries(delays)
        self._clock = clock

    async def deliver(self, payload: Payload) -> Ack:
        """Post a payload and take the answer as its acknowledgement."""
        body, content_type = encoded(payload)

        async def attempt(number: int, reason: str) -> Ack:
            again = {
                "X-Slack-Retry-Num": str(number),
                "X-Slack-Retry-Reason": f"http_{reason.removeprefix('http_')}",
            }
            return await self._post(body, {"Content-Type": content_type, **(again if number else {})})

        return await self._retries.deliver(payload, attempt)

    async def verify(self) -> bool:
        """Ask the app to prove that this address is its own, as Slack does before it sends any event."""
        challenge = secrets.token_urlsafe(32)
        body = json.dumps({"type": "url_verification", "token": "unused", "challenge": challenge})
        ack = await self._post(body, {"Content-Type": JSON})
        answered = ack.body if isinstance(ack.body, str) else ack.body.get("challenge")
        return ack.error is None and answered == challenge

    async def check_ssl(self) -> Ack:
        """Look at the address's certificate as Slack does now and then: unsigned, and 200 is expected."""
        return await self._send(SSL_CHECK, {"Content-Type": FORM})

    async def close(self) -> None:
        """Stop repeating."""
        await self._retries.close()

    async def _post(self, body: str, headers: Mapping[str, str]) -> Ack:
        return await self._send(body, {**headers, **signed(self._secret, body, self._clock())})

    async def _send(self, body: str, headers: Mapping[str, str]) -> Ack:
        try:
            async with self._session.post(
                self._url, data=body.encode(), headers=headers, timeout=self._timeout
            ) as response:
                return await _read(response)
        except TimeoutError:
            return Ack(error="operation_timeout")
        except aiohttp.ClientConnectionError:
            return Ack(error="dispatch_failed")


def encoded(payload: Payload) -> tuple[str, str]:
    """Write a payload as Slack posts it: its body, and its content type."""
    if payload.kind == "slash_commands":
        return urlencode(payload.body), FORM
    if payload.kind == "interactive":
        return urlencode({"payload": json.dumps(payload.body)}), FORM
    return json.dumps(payload.body), JSON


async def _read(response: aiohttp.ClientResponse) -> Ack:
    text = await response.text()
    if response.status != 200:
        return Ack(error="dispatch_failed", again="X-Slack-No-Retry" not in response.headers)
    if not text or response.content_type != JSON:
        return Ack(body=text)
    body = json.loads(text)
    return Ack(body=body if isinstance(body, dict) else {})
