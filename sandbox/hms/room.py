"""A room: who may come in, who is in, and what runs in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.beam import Beam, Order
from sandbox.hms.engine import Engine
from sandbox.hms.message import Message
from sandbox.hms.peer import Peer, Source, Track, TrackType
from sandbox.hms.session import Session
from sandbox.hms.template import GUEST, Template
from sandbox.hms.wire import Json


@dataclass(eq=False, kw_only=True)
class Room:
    """A place with a name; a session runs in it from the first join to the last leave."""

    engine: Engine = field(repr=False)
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
    session: Session | None = field(default=None, repr=False)
    sessions: list[Session] = field(default_factory=list, repr=False)
    beams: list[Beam] = field(default_factory=list, repr=False)
    messages: list[Message] = field(default_factory=list, repr=False)
    empty_since: datetime | None = None

    # --- who is in

    @property
    def peers(self) -> tuple[Peer, ...]:
        """Who is connected now, recorders included, in the order they came."""
        return tuple(self.session.connected.values()) if self.session else ()

    @property
    def people(self) -> tuple[Peer, ...]:
        """Who is connected now, without the recorders."""
        return self.session.people if self.session else ()

    def peer(self, peer_id: str) -> Peer:
        """Find somebody who is connected now."""
        if self.session and peer_id in self.session.connected:
            return self.session.connected[peer_id]
        raise not_found("peer")

    def join(self, name: str, role: str = GUEST, user_id: str | None = None, metadata: str = "") -> Peer:
        """Come in as the apps do; without ``user_id`` the same name is the same user each time."""
        self._admit(role)
        session = self.session or self._open()
        known_as = f"user-{name.lower()}" if user_id is None else user_id
        peer = self._enter(session, name, role, known_as, metadata)
        for kind in self.template.publishes(role):
            if kind != "screen":
                self._publish(peer, kind)
        self.empty_since = None
        return peer

    def leave(self, peer: Peer, *, reason: str = "client request", message: str = "") -> None:
        """Go out; the session closes behind the last one."""
        self._session_of(peer).leave(peer, self.engine.now(), reason=reason, message=message)
        self.engine.changed()
        self._emptied()

    def change(
        self, peer: Peer, *, name: str | None = None, role: str | None = None, metadata: str | None = None
    ) -> None:
        """Change what somebody is called, may do or carries; tracks the new role may not send end."""
        session = self._session_of(peer)
        if role is not None and role != peer.role:
            self._check_role(role)
            peer.role = role
            may = self.template.publishes(role)
            peer.tracks = {key: track for key, track in peer.tracks.items() if track.kind in may}
        peer.name = peer.name if name is None else name
        peer.metadata = peer.metadata if metadata is None else metadata
        self._touch(session)

    def mute(self, peer: Peer, kind: str, *, mute: bool) -> Track:
        """Switch a microphone (audio), camera (video) or screen off or on, starting it if need be."""
        if kind not in self.template.publishes(peer.role):
            raise ApiError(403, choices.ROLE_NOT_ALLOWED)
        track = peer.track(kind) or self._publish(peer, kind)
        track.mute = mute
        self.engine.changed()
        return track

    # --- the end

    def end(self, *, by: str = "", reason: str = "", lock: bool = False, over_api: bool = False) -> None:
        """End the session for everybody; ``by`` names who did it in the app.

        Over the API running jobs are told to stop; a session that ended otherwise takes them along later.
        """
        if not self.session:
            raise not_found("session")
        self.enabled = self.enabled and not lock
        for beam in self._held():
            if over_api:
                beam.end("client request")
            else:
                self.engine.after(choices.ROOM_ENDED, partial(beam.end, "room ended"))
        message = reason or (by and f"ended by {by}")
        for peer in self.peers:
            self.session.leave(peer, self.engine.now(), reason=choices.REMOVED, message=message)
        self._close(self.session)

    # --- what runs

    def start(self, order: Order) -> Beam:
        """Start a job; nobody needs to be there, a session is opened for it."""
        if not self.enabled:
            raise ApiError(403, choices.ROOM_DISABLED)
        if any(beam.order.kind.slot == order.kind.slot for beam in self.beams if beam.holds_slot):
            raise ApiError(409, "beam already started")
        session = self.session or self._open()
        now = self.engine.now()
        beam = Beam(
            engine=self.engine,
            room=self,
            order=order,
            id=self.engine.object_id(),
            session_id=session.id,
            created_at=now,
            updated_at=now,
        )
        self.beams.append(beam)
        beam.begin()
        self.engine.changed()
        return beam

    def enter_recorder(self, session_id: str) -> Peer | None:
        """Let the recorder in, if that session still runs."""
        if not self.session or self.session.id != session_id:
            return None
        return self._enter(self.session, "Recorder", choices.RECORDER_ROLE, "", "")

    def release(self, recorder: Peer | None) -> None:
        """Let the recorder out and close a session nobody is in any more."""
        if self.session and recorder and recorder.id in self.session.connected:
            self.session.leave(recorder, self.engine.now(), reason="client request")
        self._emptied()

    # --- inside

    def _admit(self, role: str) -> None:
        if not self.enabled:
            raise ApiError(403, choices.ROOM_DISABLED)
        if role not in self.template.roles:
            raise ApiError(403, choices.ROLE_NOT_ALLOWED)
        if 0 < self.size <= len(self.people):
            raise ApiError(403, choices.ROOM_FULL)
        self._check_role(role)

    def _check_role(self, role: str) -> None:
        if role not in self.template.roles:
            raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: role not found")
        limit = self.template.limit(role)
        if limit < 0 or 0 < limit <= sum(peer.role == role for peer in self.peers):
            raise ApiError(400, choices.ROLE_FULL)

    def _session_of(self, peer: Peer) -> Session:
        if self.session and peer.id in self.session.connected:
            return self.session
        raise not_found("peer")

    def _open(self) -> Session:
        now = self.engine.now()
        session = Session(id=self.engine.object_id(), room_id=self.id, created_at=now, updated_at=now)
        self.session, self.empty_since = session, now
        self.sessions.append(session)
        cap = timedelta(seconds=self.max_duration_seconds) or choices.LONGEST_SESSION
        self.engine.after(cap, partial(self._expire, session))
        return session

    def _expire(self, session: Session) -> None:
        if session.active:
            self.end(reason="max duration reached")

    def _enter(self, session: Session, name: str, role: str, user_id: str, metadata: str) -> Peer:
        peer = Peer(
            id=self.engine.uuid(),
            name=name,
            role=role,
            user_id=user_id,
            metadata=metadata,
            joined_at=self.engine.now(),
        )
        session.enter(peer)
        self.engine.changed()
        return peer

    def _publish(self, peer: Peer, kind: str) -> Track:
        source: Source = "screen" if kind == "screen" else "regular"
        sends: TrackType = "audio" if kind == "audio" else "video"
        track = Track(
            id=self.engine.uuid(),
            stream_id=self.engine.uuid(),
            type=sends,
            source=source,
            started_at=self.engine.now(),
        )
        peer.tracks[track.id] = track
        return track

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

    def _close(self, session: Session) -> None:
        session.active = False
        self.session = None
        self._touch(session)

    def _touch(self, session: Session) -> None:
        session.updated_at = self.engine.now()
        self.engine.changed()
