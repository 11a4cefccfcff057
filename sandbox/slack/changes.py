"""Telling whoever watches that something in the workspace changed."""

import asyncio
from dataclasses import dataclass
from typing import Literal

Kind = Literal["message", "view", "home", "members"]


@dataclass(frozen=True)
class Change:
    """What changed: look it up again, this says only where.

    ``person`` is the only one who can see it, None when a whole channel can; ``revision`` only grows.
    """

    revision: int
    kind: Kind
    channel: str | None = None
    person: str | None = None


class Changes:
    """Count the changes, and hand each to every watcher."""

    def __init__(self) -> None:
        self.revision = 0
        self._watchers: list[asyncio.Queue[Change]] = []

    def subscribe(self) -> asyncio.Queue[Change]:
        """Get a queue that receives every change from now on; give it back to ``unsubscribe``."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._watchers.append(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Change]) -> None:
        """Stop filling a queue."""
        self._watchers = [watcher for watcher in self._watchers if watcher is not queue]

    def tell(self, kind: Kind, *, channel: str | None = None, person: str | None = None) -> None:
        """Record a change and wake everybody who watches."""
        self.revision += 1
        change = Change(self.revision, kind, channel, person)
        for watcher in self._watchers:
            watcher.put_nowait(change)
