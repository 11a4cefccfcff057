"""Everything that happened, in the order it happened; webhooks, polls and analytics read it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

from sandbox.hms import choices
from sandbox.hms.engine import Engine
from sandbox.hms.events.event_type import MEMBERS, EventType
from sandbox.hms.wire import Answer, Json


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something 100ms reports."""

    id: str
    number: int  # its place in the journal
    type: EventType
    at: datetime
    room_id: str
    data: Answer
    own_webhook: Mapping[str, Json] | None = None  # of its room, when it happened

    def envelope(self) -> Answer:
        """Write it as a webhook carries it."""
        return {
            "version": self.type.version,
            "id": self.id,
            "account_id": choices.CUSTOMER_ID,
            "app_id": choices.APP_ID,
            "timestamp": f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "type": self.type.value,
            "data": self.data,
        }


class Journal:
    """Takes down what happened and tells at once whoever wants to know."""

    def __init__(self, engine: Engine, listeners: Iterable[Callable[[Event], None]] = ()) -> None:
        self._engine = engine
        self._listeners = [*listeners]
        self.events: list[Event] = []
        self._of_rooms: defaultdict[str, list[Event]] = defaultdict(list)

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Tell this one too, from now on."""
        self._listeners.append(listener)

    def of_room(self, room_id: str, before: int) -> Iterator[Event]:
        """What happened in a room, of the first so many events: there may be a year of those of others."""
        return takewhile(lambda event: event.number < before, self._of_rooms.get(room_id, ()))

    def report(self, kind: EventType, facts: Answer, own_webhook: Mapping[str, Json] | None) -> None:
        """Take something down; of the facts only what a report of this kind has is kept."""
        event = Event(
            id=self._engine.uuid(),
            number=len(self.events),
            type=kind,
            at=self._engine.now(),
            room_id=str(facts["room_id"]),
            data={name: facts[name] for name in MEMBERS[kind] if name in facts},
            own_webhook=own_webhook,
        )
        self.events.append(event)
        self._of_rooms[event.room_id].append(event)
        for listener in self._listeners:
            listener(event)
