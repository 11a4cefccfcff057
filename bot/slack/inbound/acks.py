"""The ack: Slack wants one within three seconds, and throws away a second."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.reply import Reply

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck

Observe = Callable[[str, float], None]
Answer = Callable[[Reply], dict[str, Any]]


class OneAck:
    """Acks once, whatever is asked of it afterwards. ``kind`` and the seconds it took go to ``observe``.

    ``answer`` makes the body for a sentence where the ack itself can carry one (a command, a form).
    """

    def __init__(self, kind: str, bolt: "AsyncAck", observe: Observe, answer: Answer | None) -> None:
        self._kind = kind
        self._bolt = bolt
        self._observe = observe
        self._answer = answer
        self._began = time.perf_counter()
        self.given = False
        self.left: Reply | None = None

    async def __call__(self, reply: Reply | None = None) -> None:
        """Ack; a sentence goes with it, or is ``left`` to be said another way."""
        if reply and (self.given or not self._answer):
            self.left = reply
        await self.body(self._answer(reply) if reply and self._answer else None)

    async def body(self, body: dict[str, Any] | None) -> None:
        """Ack with a body of Slack's own shape: options, the errors of a form."""
        if self.given:
            return
        self.given = True
        await (self._bolt(body) if body else self._bolt())
        self._observe(self._kind, time.perf_counter() - self._began)
