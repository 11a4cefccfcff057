"""Sending an event again that the app did not acknowledge."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from sandbox.slack.delivery import Ack, Payload

# How long Slack waits before the first, second and third repeat.
DELAYS = (0.0, 60.0, 300.0)

Attempt = Callable[[int, str], Awaitable[Ack]]


class Retries:
    """Deliver once, and go on in the background where Slack would."""

    def __init__(self, delays: Sequence[float] = DELAYS) -> None:
        self._delays = delays
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, payload: Payload, attempt: Attempt) -> Ack:
        """Give the outcome of the first attempt; each takes its number, and why the one before failed."""
        ack = await attempt(0, "")
        if ack.error is not None and ack.again and payload.kind == "events_api":
            task = asyncio.create_task(self._repeat(attempt, ack))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return ack

    async def close(self) -> None:
        """Stop repeating."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _repeat(self, attempt: Attempt, ack: Ack) -> None:
        for number, delay in enumerate(self._delays, start=1):
            await asyncio.sleep(delay)
            ack = await attempt(number, "timeout" if ack.error == "operation_timeout" else "http_error")
            if ack.error is None or not ack.again:
                return
