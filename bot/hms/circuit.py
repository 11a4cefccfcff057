"""A host that has stopped answering, and how people are spared the wait for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

FAILURES = 4  # in a row
FAILING = timedelta(seconds=1)  # at least: connections that break together at one moment are one mishap
REST = timedelta(seconds=5)


class Circuit:
    """Opens when a host has failed often enough for long enough; now and then one call tries for all.

    Any answer closes it, a refusal too. A 5xx is a failure: a gateway sends it in place of a dead server.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failures = 0
        self._since = clock()
        self._next_try: datetime | None = None

    @property
    def is_open(self) -> bool:
        """True while asking again is pointless."""
        return self._next_try is not None

    def seconds_to_wait(self) -> float:
        """Tell how long nobody should try; 0 lets the caller through, who then tries for everybody."""
        if self._next_try is None:
            return 0
        now = self._clock()
        if now < self._next_try:
            return (self._next_try - now).total_seconds()
        self._next_try = now + REST
        return 0

    def answered(self) -> None:
        """Take note that the host lives."""
        self._failures = 0
        self._next_try = None

    def failed(self) -> None:
        """Take note of a call that the host left without an answer."""
        now = self._clock()
        self._since = self._since if self._failures else now
        self._failures += 1
        if self._failures >= FAILURES and now - self._since >= FAILING:
            self._next_try = now + REST
