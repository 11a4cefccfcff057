"""A host that has stopped answering, and how people are spared the wait for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

FAILURES = 4  # in a row
FAILING = timedelta(seconds=1)  # at least: connections that break together at one moment are one mishap
REST = timedelta(seconds=5)


class Circuit:
    """Opens when a host has failed often enough for long enough; any good answer, or a refusal, closes it.

    Then nothing is repeated. A host that leaves calls without an answer gets no more of them, but for one now
    and then that tries for all. A host that answers 5xx is still asked: that costs no time, and what is
    broken may be one room among many. See docs/decisions/a-5xx-shuts-nobody-out.md.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failures = 0
        self._lasted = timedelta()
        self._since = clock()
        self._next_try: datetime | None = None

    @property
    def is_open(self) -> bool:
        """True while repeating is pointless."""
        return self._failures >= FAILURES and self._lasted >= FAILING

    def seconds_to_wait(self) -> float:
        """Tell how long nobody should try; 0 lets the caller through, who may then try for everybody."""
        if self._next_try is None:
            return 0
        now = self._clock()
        if now < self._next_try:
            return (self._next_try - now).total_seconds()
        self._next_try = now + REST
        return 0

    def answered(self) -> None:
        """Take note that the host works."""
        self._failures = 0
        self._next_try = None

    def erred(self) -> None:
        """Take note of a 5xx, which a gateway also sends in place of a dead server."""
        self._count()
        self._next_try = None

    def failed(self) -> None:
        """Take note of a call that the host left without an answer."""
        self._count()
        self._next_try = self._clock() + REST if self.is_open else None

    def _count(self) -> None:
        now = self._clock()
        self._since = self._since if self._failures else now
        self._failures += 1
        self._lasted = now - self._since
