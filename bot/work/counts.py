"""What is counted, for whoever watches the bot: what ended, how late, what runs, what nobody knows."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.work.jobs import Bounded, Handler, Job


class Counts(Protocol):
    """Whoever counts it; a kind is a word of ours, never a name or an id."""

    def ended(self, command: str, outcome: str) -> None:
        """A request ended, or a reaction was given up."""

    def acked(self, kind: str, seconds: float) -> None:
        """An ack was given."""

    def came(self, kind: str, late: timedelta) -> None:
        """What is to be done at a moment was done, so long after it."""

    def running(self, kind: str) -> AbstractContextManager[object]:
        """A job runs, for as long as this is held."""

    def lost(self) -> None:
        """Nobody knows whether a call was carried out."""

    def drifted(self, what: str, number: int) -> None:
        """So many were found otherwise than they should be."""


class Uncounted:
    """Nobody counts where nobody serves."""

    def ended(self, command: str, outcome: str) -> None:
        """Let it go by."""

    def acked(self, kind: str, seconds: float) -> None:
        """Let it go by."""

    def came(self, kind: str, late: timedelta) -> None:
        """Let it go by."""

    def running(self, kind: str) -> AbstractContextManager[object]:  # noqa: ARG002 -- the port's shape
        """Let it go by."""
        return nullcontext()

    def lost(self) -> None:
        """Let it go by."""

    def drifted(self, what: str, number: int) -> None:
        """Let it go by."""


@dataclass(frozen=True)
class Drift:
    """Where a reaction says how much it found otherwise than it should be; ``told`` counts it."""

    told: Callable[[str, int], None]

    def found(self, what: str, number: int) -> None:
        """Count so many of a kind; none is nothing."""
        if number:
            self.told(what, number)


def counted(handlers: Mapping[str, Handler], counts: Counts) -> Mapping[str, Handler]:
    """The same handlers, of which it is known how many run."""
    return {kind: _counted(kind, handler, counts) for kind, handler in handlers.items()}


def _counted(kind: str, handler: Handler, counts: Counts) -> Handler:
    if isinstance(handler, Bounded):
        return replace(handler, handle=_counted(kind, handler.handle, counts))

    async def run(job: Job) -> None:
        with counts.running(kind or "of another release"):
            await handler(job)

    return run
