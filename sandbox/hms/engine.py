"""What every part of the emulated world stands on: time, ids, settings and the news of its changes."""

import asyncio
import hashlib
import heapq
import itertools
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox.hms import choices
from sandbox.hms.settings import Settings

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """Tell the machine's time, for when nobody hands a clock in."""
    return datetime.now(UTC)


class Engine:
    """Keeps emulated time, counts ids and tells who listens that something changed."""

    def __init__(self, clock: Clock) -> None:
        self.machine = clock
        self.revision = 0
        self.store = choices.STORE
        self._listeners: set[asyncio.Queue[int]] = set()
        # Never from the start again: who remembers an event takes no second one.
        self._ids = itertools.count(1)
        self.reset()

    def reset(self) -> None:
        """Forget what was due and set; ids go on being counted, and listeners stay and hear of it."""
        self.settings = Settings()
        self._ahead = timedelta()
        self._replaying: datetime | None = None
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self.changed()

    # --- time

    def now(self) -> datetime:
        """Tell the emulated time: the machine's and whatever was advanced, or the moment being caught up."""
        return self._replaying or self.machine() + self._ahead

    def advance(self, duration: timedelta) -> None:
        """Move the emulated clock forward and catch up."""
        self._ahead += duration
        self.tick()
        self.changed()

    def after(self, delay: timedelta, act: Callable[[], None]) -> None:
        """Let something happen later; ``act`` looks for itself whether it still should."""
        self.at(self.now() + delay, act)

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Let something happen at a moment; one that has passed comes with the next tick."""
        heapq.heappush(self._due, (moment, next(self._order), act))

    def next_due(self) -> datetime | None:
        """Tell when something may happen by itself, so that a server knows how long to sleep."""
        return self._due[0][0] if self._due else None

    def tick(self) -> None:
        """Do whatever became due, each thing at its own moment and in order."""
        until = self.now()
        while self._due and self._due[0][0] <= until:
            self._replaying, _, act = heapq.heappop(self._due)
            act()
            self._replaying = None

    # --- ids

    def object_id(self) -> str:
        """Count the next id: the creation second in front, so that order of ids is order of birth."""
        return f"{int(self.now().timestamp()):08x}{next(self._ids):016x}"

    def uuid(self) -> str:
        """Count the next UUID; it looks random and is the same in every run."""
        digest = hashlib.sha256(str(next(self._ids)).encode()).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))

    # --- news

    def changed(self) -> None:
        """Say that something changed; a slow listener hears only of the latest."""
        self.revision += 1
        for listener in self._listeners:
            if listener.full():
                listener.get_nowait()
            listener.put_nowait(self.revision)

    def subscribe(self) -> asyncio.Queue[int]:
        """Listen for changes; the queue holds the latest revision not yet taken."""
        listener: asyncio.Queue[int] = asyncio.Queue(maxsize=1)
        self._listeners.add(listener)
        return listener

    def unsubscribe(self, listener: asyncio.Queue[int]) -> None:
        """Stop listening."""
        self._listeners.discard(listener)
