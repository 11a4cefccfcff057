"""How often an app may call, as Slack documents it: a tier a method, and a post a second and channel."""

from collections import defaultdict, deque
from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from sandbox.slack.messages import Clock

Tier = Literal[1, 2, 3, 4, "hundreds", "channel"]

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# Slack promises at least so many calls a minute; "hundreds" is its own word for auth.test.
CALLS: dict[Tier, int] = {1: 1, 2: 20, 3: 50, 4: 100, "hundreds": 300}


class Limits:
    """Count the calls of every method, and of every channel that is posted to."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def retry_after(self, method: str, tier: Tier, channel: str) -> int | None:
        """Count a call, or say after how many seconds it may be tried again: that one does not count."""
        if tier == "channel":
            return self._count(f"{method} {channel}", 1, SECOND)
        return self._count(method, CALLS[tier], MINUTE)

    def _count(self, what: str, most: int, span: timedelta) -> int | None:
        now, calls = self._clock(), self._calls[what]
        while calls and now - calls[0] >= span:
            calls.popleft()
        if len(calls) >= most:
            return max(1, ceil((calls[0] + span - now).total_seconds()))
        calls.append(now)
        return None
