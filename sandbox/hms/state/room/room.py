"""A room: who may come in, who is in, and what runs in it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.state.beam.beam import Beam, Order
from sandbox.hms.state.peer import Peer, PeerType
from sandbox.hms.state.room import beam_events, recording_order, room_events, self_recording
from sandbox.hms.state.room.attendance import Attendance
from sandbox.hms.state.room.message import Message
from sandbox.hms.state.room.session import Session
from sandbox.hms.state.template import GUEST


@dataclass(eq=False, kw_only=True)
class Room(Attendance):
    """A place with a name; a session runs in it from the first join to the last leave."""

    beams: list[Beam] = field(default_factory=list, repr=False)
    messages: list[Message] = field(default_factory=list, repr=False)
    empty_since: datetime | None = None

    # --- who comes and goes

    def join(
        self,
        name: str,
        role: str = GUEST,
        user_id: str | None = None,
        metadata: str = "",
        *,
        kind: PeerType = "regular",
    ) -> Peer:
        """Come in as the apps do; without ``user_id`` the same name is the same user each time."""
        known_as = f"user-{name.lower()}" if user_id is None else user_id
        peer = self._arrive(name, role, known_as, metadata, kind)
        self._admit(peer)
        session = self.session or self._open()
        was_empty = not session.people
        self._enter(session, peer)
        for sends in self.template.publishes(role):
            if sends != "screen" and kind == "regular":
                self._publish(session, peer, sends)
        self.empty_since = None
        if was_empty:
            self._record_by_itself()
        return peer

    def leave(self, peer: Peer, *, reason: str = "client request", message: str = "") -> None:
        """Go out; the session closes behind the last one."""
        if not self.session or peer.id not in self.session.connected:
            room_events.leave_refused(self, peer)
            raise not_found("peer")
        self._exit(self.session, peer, reason, message)
        self.engine.changed()
        self._emptied()

    def drop(self, peer: Peer) -> None:
        """Lose somebody's line: they stay listed for a while, whether they come back meanwhile or not."""
        self._session_of(peer)
        peer.is_lost = True
        self.engine.after(choices.LOST_FOR, partial(self._lose, peer))
        self.engine.changed()

    # --- the end

    def end(self, *, by: str = "", reason: str = "", lock: bool = False, over_api: bool = False) -> None:
        """End the session for everybody; ``by`` names who did it in the app.

        Over the API running jobs are told to stop; a session that ended otherwise takes them along later.
        """
        if not self.session:
            room_events.end_refused(self, reason=reason)
            raise not_found("session")
        self.enabled = self.enabled and not lock
        host = next((peer for peer in self.people if by in {peer.id, peer.name}), None)
        room_events.ended(self, self.session, host, reason=reason, lock=lock)
        for beam in self._held() if over_api else ():
            beam.end("client request")
        self._finish(self.session, choices.REMOVED, reason or (by and f"ended by {by}"))

    # --- what runs

    def start(self, order: Order) -> Beam:
        """Start a job; nobody needs to be there, a session is opened for it."""
        self.check_enabled()
        if self._is_taken(order):
            raise ApiError(409, "beam already started")
        session = self.session or self._open()
        now = self.engine.now()
        beam = Beam(
            engine=self.engine,
            room=self,
            order=order,
            hears=partial(beam_events.report, self, session),
            id=self.engine.object_id(),
            session_id=session.id,
            created_at=now,
            updated_at=now,
        )
        self.beams.append(beam)
        beam.begin()
        self.engine.changed()
        return beam

    def enter_recorder(self, session_id: str, role: str = "") -> Peer | None:
        """Let the recorder in, if that session still runs; without a role of its job it has the usual one."""
        if not self.session or self.session.id != session_id:
            return None
        recorder = self._arrive("Recorder", role or self.engine.settings.recorder_role, "", "")
        recorder.is_recorder = True
        self._enter(self.session, recorder)
        return recorder

    def release(self, recorder: Peer | None) -> None:
        """Let the recorder out and close a session nobody is in any more."""
        if self.session and recorder and recorder.id in self.session.connected:
            self._exit(self.session, recorder, "client request")
        self._emptied()

    # --- inside

    def _lose(self, peer: Peer) -> None:
        if self.session and peer.id in self.session.connected:
            self.leave(peer, reason=choices.LOST)

    def _open(self) -> Session:
        now = self.engine.now()
        session = Session(id=self.engine.object_id(), room_id=self.id, created_at=now, updated_at=now)
        self.session, self.empty_since = session, now
        self.sessions.append(session)
        room_events.session_opened(self, session)
        cap = timedelta(seconds=self.max_duration_seconds) or choices.LONGEST_SESSION
        self.engine.after(cap, partial(self._expire, session))
        return session

    def _expire(self, session: Session) -> None:
        if session.active:
            self._finish(session, choices.EXPIRED, "max duration reached")

    def _record_by_itself(self) -> None:
        order = recording_order.automatic(self)
        if order and not self._is_taken(order):
            self.start(order)

    def _is_taken(self, order: Order) -> bool:
        return any(beam.order.kind.slot == order.kind.slot for beam in self.beams if beam.holds_slot)

    def _held(self) -> tuple[Beam, ...]:
        running = self.session.id if self.session else ""
        return tuple(beam for beam in self.beams if beam.holds_slot and beam.session_id == running)

    def _emptied(self) -> None:
        if not self.session or self.people:
            return
        if self.empty_since is None:
            self.empty_since = self.engine.now()
            for beam in self._held():
                beam.room_emptied()
        if not self.session.connected and not self._held():
            self._close(self.session)

    def _finish(self, session: Session, because: str, message: str) -> None:
        """Put everybody out and close; jobs that nobody stopped follow on their own."""
        for beam in self._held():
            self.engine.after(choices.ROOM_ENDED, partial(beam.end, "room ended"))
        for peer in self.peers:
            self._exit(session, peer, because, message)
        self._close(session)

    def _close(self, session: Session) -> None:
        session.active = False
        session.updated_at = self.engine.now()
        self.session = None
        self_recording.session_closed(self, session)
        room_events.session_closed(self, session)
        self.engine.changed()
