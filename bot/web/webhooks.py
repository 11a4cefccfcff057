"""100ms's webhook: it signs nothing, so whoever sends the secret header is 100ms, and nobody else is read."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from bot.work.arrivals import Arrival, Malformed, read

log = structlog.get_logger()

MOST_BYTES: Final = 128 * 1024  # a live stream with sixty links is half of it
PATIENCE: Final = 5.0  # seconds for a body
TO_WRITE: Final = 8.0  # seconds: then 100ms is told to come again, which it does three times within 14 s
SELDOM: Final = 60  # seconds between two lines about secrets: whoever guesses them writes no log of ours
REFUSED: Final = {"error": "invalid request"}

Take = Callable[[Arrival], Awaitable[None]]


class Webhooks:
    """Takes events in: ``take`` returns once one is on disk, and only then is it answered with 200."""

    def __init__(self, secret: SecretStr, header: str, take: Take, patience: float = PATIENCE) -> None:
        self._secrets = [part.strip().encode() for part in secret.get_secret_value().split(",")]
        self._header = header
        self._take = take
        self._patience = patience
        self._said_at = -float(SELDOM)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one delivery; what is refused is refused before it is read."""
        if not self._knows(request):
            self._say_what_mends()
            return _refused(401)
        if request.headers.get("Content-Encoding"):  # a small body that unpacks to a large one
            return _refused(415)
        if (request.content_length or 0) > MOST_BYTES:
            return _refused(413)
        try:
            async with asyncio.timeout(self._patience):
                body = await _body(request)
        except TimeoutError:
            return _refused(408)
        return _refused(413) if body is None else await self._taken(body)

    async def _taken(self, body: bytes) -> web.Response:
        try:
            arrival = read(body)
        except Malformed:
            return _refused(400)
        try:
            async with asyncio.timeout(TO_WRITE):
                await self._take(arrival)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("an event was not written down in time", error=type(error).__name__)
            return web.json_response({"error": "come again"}, status=503)
        return web.json_response({})

    def _knows(self, request: web.Request) -> bool:
        """Whether the header carries a secret of ours; as many are compared whichever of them fits."""
        given = request.headers.get(self._header, "").encode(errors="surrogateescape")
        return any([hmac.compare_digest(given, secret) for secret in self._secrets])  # noqa: C419 -- all of them

    def _say_what_mends(self) -> None:
        """Say it at once and then seldom: 100ms's dashboard shows no reason."""
        if time.monotonic() < self._said_at + SELDOM:
            return
        self._said_at = time.monotonic()
        mend = "Enter HMS_WEBHOOK_HEADER with a value of HMS_WEBHOOK_SECRET in 100ms's dashboard, Developer."
        log.warning("a webhook was refused, since its secret is missing or wrong", mend=mend)


async def _body(request: web.Request) -> bytes | None:
    """What was sent; None where it is more than any event, whatever its head said."""
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _refused(status: int) -> web.Response:
    """Say no, and close: a stranger is not listened to any further."""
    answer = web.json_response(REFUSED, status=status)
    answer.force_close()
    return answer
