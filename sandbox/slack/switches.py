"""What a test or a demo can turn on: rate limits, a paid plan, calls that are refused."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.slack.messages import Clock

POST_EVERY = timedelta(seconds=1)
UPDATES = 50
MINUTE = timedelta(minutes=1)


@dataclass
class Switches:
    """The state of every switch, all off at first.

    ``refusals`` holds, by method, the ``Retry-After`` seconds of the next calls that are refused with 429.
    """

    clock: Clock
    rate_limits: bool = False
    paid_plan: bool = False
    refusals: dict[str, deque[int]] = field(default_factory=dict)
    _posts: dict[str, datetime] = field(default_factory=dict)
    _updates: deque[datetime] = field(default_factory=deque)

    def refuse_next(self, method: str, *, retry_after: int, times: int = 1) -> None:
        """Refuse the next calls of a method, whatever they ask for."""
        self.refusals.setdefault(method, deque()).extend([retry_after] * times)

    def retry_after(self, method: str, channel: str) -> int | None:
        """Say after how many seconds this call may be tried again, None when it may go ahead now."""
        waiting = self.refusals.get(method)
        if waiting:
            return waiting.popleft()
        if not self.rate_limits:
            return None
        if method == "chat.postMessage":
            return self._post(channel)
        return self._update() if method == "chat.update" else None

    def _post(self, channel: str) -> int | None:
        """One post a second and channel."""
        now = self.clock()
        last = self._posts.get(channel)
        if last is not None and now - last < POST_EVERY:
            return 1
        self._posts[channel] = now
        return None

    def _update(self) -> int | None:
        """Fifty edits a minute."""
        now = self.clock()
        while self._updates and now - self._updates[0] >= MINUTE:
            self._updates.popleft()
        if len(self._updates) >= UPDATES:
            return max(1, round((self._updates[0] + MINUTE - now).total_seconds()))
        self._updates.append(now)
        return None
