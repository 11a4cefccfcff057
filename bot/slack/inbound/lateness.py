"""What Slack has given up on is not done: whoever asked has read an error, and has typed it again."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.dispatch.taking import GIVEN_UP
from bot.reply import Reply
from bot.slack.skew import Skew

WAITED_FOR = timedelta(seconds=2.5)  # Slack waits for three, and its dates are whole seconds
OLD = timedelta(minutes=2)  # an event is repeated and, after outages, late: but not so late
EVERY = 0.25  # seconds between two beats
SETTLED = 1.0  # seconds after a gap in which what had waited through it is still being read


class Pulse:
    """Beats while the event loop runs. A gap says that what is read right after it has waited.

    A line that comes by Socket Mode has no time on it: this is all there is to know its age by.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: float | None = None
        self._suspect_until = 0.0

    def beat(self) -> None:
        """Be alive now."""
        now = self._now()
        if self._last is not None and now - self._last > WAITED_FOR.total_seconds():
            self._suspect_until = now + SETTLED
        self._last = now

    def skipped(self) -> bool:
        """Whether the loop stood still just now, until Slack gave up; never so before it has beaten."""
        if self._last is None:
            return False
        now = self._now()
        return now - self._last > WAITED_FOR.total_seconds() or now < self._suspect_until

    async def go_on(self) -> None:
        """Beat until cancelled."""
        while True:
            self.beat()
            await asyncio.sleep(EVERY)


@dataclass(frozen=True)
class Lateness:
    """Knows what Slack has given up on: by its own time where it says one, else by our pulse."""

    clock: Clock
    skew: Skew
    pulse: Pulse

    def given_up(self, sent: datetime | None) -> Reply | None:
        """What to say of something that was waited for, and no longer is."""
        age = self._age(sent)
        late = self.pulse.skipped() if age is None else age > WAITED_FOR
        return GIVEN_UP if late else None

    def is_old(self, happened: datetime | None) -> Reply | None:
        """What to say of an event that nobody waits for any more."""
        age = self._age(happened)
        if age is None or age <= OLD:
            return None
        return Reply("This reached me {age} after it was written. Nothing was done.", age=_rough(age))

    def _age(self, at: datetime | None) -> timedelta | None:
        """How long ago Slack's clock said this, None where that is not known."""
        skew = self.skew.known
        return None if at is None or skew is None else self.clock() - at - skew


def _rough(age: timedelta) -> timedelta:
    return timedelta(minutes=round(age / timedelta(minutes=1)))
