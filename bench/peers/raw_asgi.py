"""The least that can answer Slack: an ASGI handler that checks the signature, on uvicorn."""

import hashlib
import hmac
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import uvicorn

SECRET = os.environ["SLACK_SIGNING_SECRET"].encode()
Message = Mapping[str, Any]


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    status = 200 if signed(dict(scope["headers"]), body) else 401
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def signed(headers: Mapping[bytes, bytes], body: bytes) -> bool:
    stamp = headers[b"x-slack-request-timestamp"]
    digest = hmac.new(SECRET, b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    fresh = abs(time.time() - int(stamp)) < 300
    return fresh and hmac.compare_digest(b"v0=" + digest.encode(), headers[b"x-slack-signature"])


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), lifespan="off", access_log=False, log_level="warning")
