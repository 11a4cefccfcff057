"""A host that has stopped answering, and how people are spared the wait for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

FAILURES = 4  # in a row
FAILING = timedelta(seconds=1)  # at least: connections that break together at one moment are one mishap
REST = timedelta(seconds=5)
BROKEN = 3  # things of one host; then it is the host
REMEMBERED = 1000  # things; then all are forgotten, which costs some repeats


Reachable = Callable[[bool], None]
"""Is told each time that the host answered, and each time that it is given a rest."""


@dataclass
class Streak:
    """Failures in a row, and how long they have lasted."""

    count: int = 0
    since: datetime | None = None
    lasted: timedelta = timedelta(0)

    def add(self, now: datetime) -> None:
        """One more."""
        self.since = min(self.since or now, now)
        self.count += 1
        self.lasted = now - self.since

    @property
    def is_long(self) -> bool:
        """Whether it is more than a mishap."""
        return self.count >= FAILURES and self.lasted >= FAILING


class Circuit:
    """Opens when a host has failed often enough for long enough; any good answer, or a refusal, closes it.

    Then nothing is repeated. A host that leaves calls without an answer gets no more of them, but for one now
    and then that tries for all. A 5xx is counted for what was asked alone, until several things answer so:
    what is broken may be one room among many. See docs/decisions/a-5xx-shuts-nobody-out.md.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.told: Reachable = lambda _: None
        self._host = Streak()
        self._paths: dict[str, Streak] = {}
        self._next_try: datetime | None = None

    def is_open(self, path: str) -> bool:
        """True while repeating what is asked there is pointless."""
        broken = sum(streak.is_long for streak in self._paths.values())
        return self._next_try is not None or broken >= BROKEN or self._streak(path).is_long

    def seconds_to_wait(self) -> float:
        """Tell how long nobody should try; 0 lets the caller through, who may then try for everybody."""
        if self._next_try is None:
            return 0
        now = self._clock()
        rest = self._next_try - now
        if timedelta() < rest <= REST:  # a clock that was set back makes no rest longer
            return rest.total_seconds()
        self._next_try = now + REST
        return 0

    def answered(self, path: str) -> None:
        """Take note that the host works, and what was asked there."""
        self._host = Streak()
        self._paths.pop(path, None)
        self._close()

    def erred(self, path: str) -> None:
        """Take note of a 5xx, which a gateway also sends in place of a dead server."""
        self._count(path)
        self._close()

    def failed(self, path: str) -> None:
        """Take note of a call that the host left without an answer."""
        self._count(path)
        self._next_try = self._clock() + REST if self._host.is_long else None
        if self._next_try:
            self.told(False)

    def _close(self) -> None:
        self._next_try = None
        self.told(True)

    def _count(self, path: str) -> None:
        if len(self._paths) >= REMEMBERED:
            self._paths.clear()
        self._host.add(self._clock())
        streak = self._paths[path] = self._streak(path)
        streak.add(self._clock())

    def _streak(self, path: str) -> Streak:
        return self._paths.get(path) or Streak()
