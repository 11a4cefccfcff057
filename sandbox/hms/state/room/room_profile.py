"""What is said about a room, apart from who is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.engine import Engine
from sandbox.hms.events.event_type import EventType
from sandbox.hms.events.journal import Journal
from sandbox.hms.state.beam.asset import Asset
from sandbox.hms.state.room.stream_key import StreamKey
from sandbox.hms.state.template import Template
from sandbox.hms.wire import Answer, Json


class RoomFields(TypedDict, total=False):
    """What may be said about a room."""

    description: str
    recording_info: Mapping[str, Json]
    region: str
    large_room: bool
    size: int
    max_duration_seconds: int
    polls: list[str]
    webhook: Mapping[str, Json]


class RoomChange(RoomFields, total=False):
    """What may be changed about a room."""

    enabled: bool


@dataclass(eq=False, kw_only=True)
class RoomProfile:
    """A room as it is kept: its name, its template, its limits, and where its reports go."""

    engine: Engine = field(repr=False)
    journal: Journal = field(repr=False)
    id: str
    name: str
    template: Template = field(repr=False)
    created_at: datetime
    updated_at: datetime | None = None
    enabled: bool = True
    description: str = ""
    recording_info: Mapping[str, Json] | None = field(default=None, repr=False)  # may hold credentials
    region: str = "auto"
    large_room: bool = False
    size: int = 0
    max_duration_seconds: int = 0
    polls: list[str] = field(default_factory=list)
    webhook: Mapping[str, Json] | None = field(default=None, repr=False)
    stream_keys: list[StreamKey] = field(default_factory=list, repr=False)
    kept: list[Asset] = field(default_factory=list, repr=False)  # what recorded itself, without a job
    # Why nothing that records itself, and no transcript, can be kept; empty when all is well.
    upload_error: str = ""

    @property
    def stream_key(self) -> StreamKey | None:
        """The key that works, if there is one."""
        return next((key for key in self.stream_keys if key.enabled), None)

    def check_enabled(self) -> None:
        """Refuse what a disabled room refuses."""
        if not self.enabled:
            raise ApiError(403, choices.ROOM_DISABLED)

    def report(self, kind: EventType, facts: Answer) -> None:
        """Report something that happened here."""
        here: Answer = {
            "account_id": choices.CUSTOMER_ID,
            "app_id": choices.APP_ID,
            "room_id": self.id,
            "room_name": self.name,
            "template_id": self.template.id,
        }
        self.journal.report(kind, here | facts, self.webhook)
