"""What comes into a room over RTMP: a picture that is streamed on at once."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.beam.beam import Beam, Kind, Order
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.room_events import seconds
from sandbox.hms.wire import Answer, stamp


@dataclass(eq=False, kw_only=True)
class Ingest:
    """One connection of a broadcaster; the live stream it feeds outlives it."""

    id: str
    room: Room
    stream: Beam
    started_at: datetime
    ended_at: datetime | None = None

    def end(self, reason: str = "stream closed") -> None:
        """Hang up."""
        self.ended_at = self.room.engine.now()
        self.room.report(EventType.INGEST_END, self.about() | self._about_end(self.ended_at, reason))

    def fail(self, error: str = "internal error") -> None:
        """Break."""
        self.ended_at = self.room.engine.now()
        self.room.report(EventType.INGEST_FAILURE, self.about() | {"error_message": error})

    def about(self) -> Answer:
        """What every report of it says."""
        return {
            "ingest_id": self.id,
            "stream_id": self.stream.id,
            "started_at": stamp(self.started_at),
        }

    def _about_end(self, at: datetime, reason: str) -> Answer:
        return {
            "completed_at": stamp(at),
            "last_disconnected_at": stamp(at),
            "duration": seconds(at - self.started_at),
            "reason": reason,
        }


def connect(room: Room, key: str) -> Ingest:
    """Broadcast into a room with a key, as a studio does; refused without one that works."""
    if not room.enabled or not room.stream_key or room.stream_key.key != key:
        raise _refused(room, "stream key disabled", not_found("stream key"))
    if any(beam.holds_slot and beam.order.kind is Kind.LIVE_STREAM for beam in room.beams):
        raise _refused(room, "already connected", ApiError(409, "beam already started"))
    stream = room.start(Order(kind=Kind.LIVE_STREAM, meeting_url="", parameters={"recording": {}}))
    ingest = Ingest(id=room.engine.object_id(), room=room, stream=stream, started_at=room.engine.now())
    room.report(EventType.INGEST_START, ingest.about())
    return ingest


def _refused(room: Room, why: str, error: ApiError) -> ApiError:
    room.report(EventType.INGEST_START_FAILURE, {"error_message": why})
    return error
