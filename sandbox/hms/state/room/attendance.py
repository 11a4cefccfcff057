"""Who is in a room: coming in, going out, and what people may send."""

from dataclasses import dataclass, field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.peer import Peer, PeerType, Source, Track, TrackType
from sandbox.hms.state.room import room_events, self_recording
from sandbox.hms.state.room.room_profile import RoomProfile
from sandbox.hms.state.room.session import Session


@dataclass(eq=False, kw_only=True)
class Attendance(RoomProfile):
    """The sessions of a room, the running one and those before, and the people in it."""

    session: Session | None = field(default=None, repr=False)
    sessions: list[Session] = field(default_factory=list, repr=False)

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

    def once_here(self, peer_id: str) -> Peer:
        """Find somebody who is or was connected."""
        for session in self.sessions:
            if peer_id in session.peers:
                return session.peers[peer_id]
        raise not_found("peer")

    def change(
        self,
        peer: Peer,
        *,
        name: str | None = None,
        role: str | None = None,
        metadata: str | None = None,
        by: str = "",
    ) -> None:
        """Change what somebody is called, may do or carries; ``by`` is who did it in the app."""
        session = self._session_of(peer)
        if role is not None and role != peer.role:
            self._change_role(session, peer, role, by)
        peer.name = peer.name if name is None else name
        peer.metadata = peer.metadata if metadata is None else metadata
        session.updated_at = self.engine.now()
        self.engine.changed()

    def mute(self, peer: Peer, kind: str, *, mute: bool) -> Track:
        """Switch a microphone (audio), camera (video) or screen off or on, starting it if need be."""
        session = self._session_of(peer)
        if kind not in self.template.publishes(peer.role):
            why = choices.ROLE_NOT_ALLOWED
            room_events.complained(self, EventType.PUBLISH_FAILED, peer, "PUBLISH", why, {"devices": {}})
            raise ApiError(403, why)
        track = peer.track(kind) or self._publish(session, peer, kind)
        if track.mute != mute:
            track.mute = mute
            room_events.track_changed(self, EventType.TRACK_UPDATE, session, peer, track)
        self.engine.changed()
        return track

    # --- inside

    def _arrive(self, name: str, role: str, user_id: str, metadata: str, kind: PeerType = "regular") -> Peer:
        """Make somebody who is not in yet."""
        return Peer(
            id=self.engine.uuid(),
            name=name,
            role=role,
            joined_as=role,
            user_id=user_id,
            metadata=metadata,
            type=kind,
            joined_at=self.engine.now(),
        )

    def _admit(self, peer: Peer) -> None:
        """Let nobody in whom the room has no place for, and report who was turned away."""
        try:
            self._check_place(peer.role)
        except ApiError:
            room_events.join_refused(self, peer)
            raise

    def _check_place(self, role: str) -> None:
        self.check_enabled()
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

    def _change_role(self, session: Session, peer: Peer, role: str, by: str) -> None:
        """Give another role; tracks that it may not send end."""
        try:
            self._check_role(role)
        except ApiError:
            if role in self.template.roles:
                room_events.role_refused(self, session, peer, by)
            raise
        previous, peer.role = peer.role, role
        room_events.role_changed(self, session, peer, previous, by)
        may = self.template.publishes(role)
        for track in [track for track in peer.tracks.values() if track.kind not in may]:
            self._unpublish(session, peer, track)
            del peer.tracks[track.id]

    def _session_of(self, peer: Peer) -> Session:
        if self.session and peer.id in self.session.connected:
            return self.session
        raise not_found("peer")

    def _enter(self, session: Session, peer: Peer) -> None:
        session.enter(peer)
        room_events.joined(self, session, peer)
        self.engine.changed()

    def _exit(self, session: Session, peer: Peer, reason: str, message: str = "") -> None:
        """Count somebody out; what they sent is kept where the template wants it."""
        session.leave(peer, self.engine.now(), reason=reason, message=message)
        for track in peer.tracks.values():
            self._unpublish(session, peer, track)
        self_recording.peer_left(self, session, peer)
        room_events.left(self, session, peer)

    def _publish(self, session: Session, peer: Peer, kind: str) -> Track:
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
        room_events.track_changed(self, EventType.TRACK_ADD, session, peer, track)
        self_recording.track_started(self, session, peer, track)
        return track

    def _unpublish(self, session: Session, peer: Peer, track: Track) -> None:
        room_events.track_changed(self, EventType.TRACK_REMOVE, session, peer, track)
        self_recording.track_ended(self, session, peer, track)
