"""Work that goes on after an ack, kept in sight so that a stop can wait for it."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

_LAST_WORDS = 2.0  # seconds


class Tasks:
    """A set of running coroutines; a defect in one is logged whole and hurts no other."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start it now and keep hold of it; whoever goes on only then may wait for it."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def idle(self) -> None:
        """Wait until nothing runs, also not what was started meanwhile."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def drain(self, seconds: float) -> float:
        """Give what runs some time to finish, then end it, and a moment to say so.

        Answers how much of the time is left for jobs, which go on meanwhile: whoever stops us gives both
        together so long, and then kills.
        """
        until = time.monotonic() + seconds
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=_LAST_WORDS)
        return max(until - time.monotonic(), 0.0)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception():
            log.error("a task broke", exc_info=task.exception())
