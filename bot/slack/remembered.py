"""What was looked up, kept for a while, and never more than so much of it."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.clock import Clock, is_fresh

T = TypeVar("T")


class Remembered(Generic[T]):
    """Answers by key that are good for a while; the oldest make room for the newest."""

    def __init__(self, clock: Clock, good_for: timedelta, most: int) -> None:
        self._clock = clock
        self._good_for = good_for
        self._most = most
        self._kept: OrderedDict[str, tuple[T, datetime]] = OrderedDict()

    def get(self, key: str) -> T | None:
        """What was remembered, if it is still good."""
        value, since = self._kept.get(key, (None, None))
        return value if since and is_fresh(since, self._clock(), self._good_for) else None

    def put(self, key: str, value: T) -> T:
        """Remember this from now on, and hand it back."""
        self._kept.pop(key, None)
        self._kept[key] = (value, self._clock())
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value
