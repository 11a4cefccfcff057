"""The ack: Slack wants one within three seconds, and throws away a second."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.dispatch.taking import Delivered
from bot.reply import Reply

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck

Observe = Callable[[str, float], None]
Answer = Callable[[Reply], dict[str, Any]]


@contextmanager
def delivering() -> "Iterator[asyncio.Future[bool]]":
    """Whether an ack has left for Slack: it has not, unless the transport says so before this ends."""
    delivered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    try:
        yield delivered
    finally:
        if not delivered.done():
            delivered.set_result(False)


class OneAck:
    """Acks once, whatever is asked of it afterwards. ``kind`` and the seconds it took go to ``observe``.

    ``answer`` makes the body for a sentence where the ack itself can carry one (a command, a form).
    Bolt sends it when the listener has ended; ``delivered`` says then whether it has left.
    """

    def __init__(
        self, kind: str, bolt: "AsyncAck", observe: Observe, answer: Answer | None, delivered: Delivered
    ) -> None:
        self._kind = kind
        self._bolt = bolt
        self._delivered = delivered
        self._observe = observe
        self._answer = answer
        self._began = time.perf_counter()
        self.given = False
        self.left: Reply | None = None

    async def __call__(self, reply: Reply | None = None) -> Delivered:
        """Ack; a sentence goes with it, or is ``left`` to be said another way."""
        if reply and (self.given or not self._answer):
            self.left = reply
        return await self.body(self._answer(reply) if reply and self._answer else None)

    async def body(self, body: dict[str, Any] | None) -> Delivered:
        """Ack with a body of Slack's own shape: options, the errors of a form."""
        if not self.given:
            self.given = True
            await (self._bolt(body) if body else self._bolt())
            self._observe(self._kind, time.perf_counter() - self._began)
        return self._delivered
