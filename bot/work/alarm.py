"""The one scheduler that wakes the timers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, system

_LOOK = timedelta(seconds=5)
_RECONCILE = timedelta(minutes=5)
_WAKES = (
    1000  # at once; beyond two they only happen where a transaction takes longer than the next moment is off
)

Reconcile = Callable[[], Awaitable[None]]


class Alarm:
    """The scheduler's three jobs: wake at the next moment, look every five seconds, and reconcile."""

    def __init__(self, clock: Clock, wake: Reconcile, reconcile: Reconcile) -> None:
        self._clock = clock
        self._wake = wake
        self._set_for: datetime | None = None
        self._under_way: set[asyncio.Task[Any]] = set()
        self._offset = self._seconds_ahead()
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        self._every(_LOOK, self._look, "look")
        self._every(_RECONCILE, reconcile, "reconcile")
        self._scheduler.start()

    def expect(self, moment: datetime) -> None:
        """Wake at a moment, unless an earlier one is expected."""
        if self._set_for and self._set_for <= moment:
            return
        self._set_for = moment
        at = system() + (moment - self._clock())
        wake = self._watched(self._wake)
        # A moment that comes while those before are still being taken is not to be left out: the scheduler
        # would drop it, and all that follow would wait for the next look.
        self._scheduler.add_job(
            wake, "date", run_date=at, id="wake", replace_existing=True, max_instances=_WAKES
        )

    def forget(self) -> None:
        """The moment expected has come: the next one may be any."""
        self._set_for = None

    async def stop(self) -> None:
        """Let what runs end first: the scheduler would cut it off in the middle of a transaction."""
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(set(self._under_way))
        self._scheduler.shutdown(wait=False)

    def _every(self, period: timedelta, call: Reconcile, name: str) -> None:
        seconds, watched = period.total_seconds(), self._watched(call)
        self._scheduler.add_job(watched, "interval", seconds=seconds, id=name, next_run_time=system())

    def _watched(self, call: Reconcile) -> Reconcile:
        async def run() -> None:
            if task := asyncio.current_task():
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            await call()

        return run

    async def _look(self) -> None:
        ahead = self._seconds_ahead()
        if abs(ahead - self._offset) > _LOOK.total_seconds():
            self._offset = ahead
            self._scheduler.modify_job("reconcile", next_run_time=system())
        await self._wake()

    def _seconds_ahead(self) -> float:
        """How far the clock is ahead of one that nobody can set."""
        return self._clock().timestamp() - time.monotonic()
