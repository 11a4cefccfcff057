"""The one scheduler that wakes the timers, and what wakes it when the clock has jumped."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, system

log = structlog.get_logger(__name__)

_LOOK = timedelta(seconds=5)
_RECONCILE = timedelta(minutes=5)
# At once; beyond two they only happen where a transaction takes longer than the next moment is off.
_WAKES = 1000

Reconcile = Callable[[], Awaitable[None]]
Jumped = Callable[[timedelta], Awaitable[None]]


class Alarm:
    """Wakes at the next moment, reconciles, and looks every five seconds.

    The first two are the scheduler's, which goes by the machine's clock: set back by two hours, it would
    sleep for as long. The look goes by a clock that nobody can set, and wakes it.
    """

    def __init__(
        self, clock: Clock, wake: Reconcile, reconcile: Reconcile, jumped: Jumped | None = None
    ) -> None:
        self._clock = clock
        self._wake = wake
        self._jumped = jumped
        self._set_for: datetime | None = None
        self._under_way: set[asyncio.Task[Any]] = set()
        self._offset = self._seconds_ahead()
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        seconds, watched = _RECONCILE.total_seconds(), self._watched(reconcile)
        self._scheduler.add_job(watched, "interval", seconds=seconds, id="reconcile", next_run_time=system())
        self._scheduler.start()
        self.looking = asyncio.create_task(self._keep_looking(), name="alarm")

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
        self.looking.cancel()
        self._scheduler.pause()
        if self._under_way:
            await asyncio.wait(set(self._under_way))
        self._scheduler.shutdown(wait=False)

    def _watched(self, call: Reconcile) -> Reconcile:
        async def run() -> None:
            if task := asyncio.current_task():
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            await call()

        return run

    async def _keep_looking(self) -> None:
        look = self._watched(self._look)
        while True:
            # Its own task: what it is in the middle of is not cut off when we stop.
            await asyncio.shield(asyncio.ensure_future(look()))
            await asyncio.sleep(_LOOK.total_seconds())

    async def _look(self) -> None:
        try:
            ahead = self._seconds_ahead()
            if abs(ahead - self._offset) > _LOOK.total_seconds():
                await self._jump(timedelta(seconds=ahead - self._offset))
                self._offset = ahead
            await self._wake()
        except Exception:
            log.exception("the timers could not be looked at")  # a database that is down; the next look tries

    async def _jump(self, by: timedelta) -> None:
        log.warning("the clock has jumped", seconds=round(by.total_seconds()))
        if self._jumped:
            await self._jumped(by)
        self._scheduler.modify_job("reconcile", next_run_time=system())

    def _seconds_ahead(self) -> float:
        """How far the clock is ahead of one that nobody can set."""
        return self._clock().timestamp() - time.monotonic()
