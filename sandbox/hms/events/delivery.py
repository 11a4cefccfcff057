"""One event on its way to one address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sandbox.hms import choices
from sandbox.hms.events.journal import Event
from sandbox.hms.wire import Answer, stamp


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where webhooks go; the headers are what the receiver knows us by."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class State(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    LOST = "lost"  # on purpose: it was never sent


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One time it was sent: the status that came back, or why none did."""

    at: datetime
    status: int | None = None
    error: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether it counts: nothing but 200 does."""
        return self.status == 200

    @property
    def reason(self) -> str:
        """Why it does not count."""
        return self.error or f"status {self.status}"

    def shown(self) -> Answer:
        """Show it to whoever tests a receiver."""
        return {"at": stamp(self.at), "status": self.status, "error": self.error}


@dataclass(eq=False, kw_only=True)
class Delivery:
    """An event, where it goes and how often that was tried."""

    id: str
    event: Event
    endpoint: Endpoint
    due: datetime
    is_replay: bool = False
    state: State = State.WAITING
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether it will not be tried again."""
        return self.state is not State.WAITING

    def body(self) -> Answer:
        """Write what is sent; every attempt of an event carries the same id."""
        return self.event.envelope() | ({"is_replay": True} if self.is_replay else {})

    def take_down(self, attempt: Attempt) -> None:
        """Note an attempt, and when the next one is due if there is one."""
        self.attempts.append(attempt)
        if attempt.succeeded:
            self.state = State.DELIVERED
        elif len(self.attempts) > len(choices.RETRIES):
            self.state = State.FAILED
        else:
            self.due += choices.RETRIES[len(self.attempts) - 1]

    def lose(self, now: datetime) -> None:
        """Let it never arrive, as if every attempt had timed out."""
        self.state = State.LOST
        self.attempts.append(Attempt(at=now, error=choices.TIMED_OUT))

    def shown(self) -> Answer:
        """Show it to whoever tests a receiver; headers stay secret."""
        return {
            "id": self.id,
            "event_id": self.event.id,
            "type": self.event.type.value,
            "room_id": self.event.room_id,
            "url": self.endpoint.url,
            "state": self.state.value,
            "is_replay": self.is_replay,
            "attempts": [attempt.shown() for attempt in self.attempts],
            "body": self.body(),
        }
