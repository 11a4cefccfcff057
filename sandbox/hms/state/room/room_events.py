"""What 100ms reports of a session and the people in it."""

from datetime import timedelta

from sandbox.hms import choices
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.peer import Peer, Track
from sandbox.hms.state.room.room_profile import RoomProfile
from sandbox.hms.state.room.session import Session
from sandbox.hms.wire import NEVER, Answer, stamp


def session_opened(room: RoomProfile, session: Session) -> None:
    """Report that the first came."""
    room.report(EventType.SESSION_OPEN, about_session(session))


def session_closed(room: RoomProfile, session: Session) -> None:
    """Report that the last went."""
    room.report(EventType.SESSION_CLOSE, about_session(session) | about_end(session))


def joined(room: RoomProfile, session: Session, peer: Peer) -> None:
    """Report that somebody came; recorders come and go unreported, their jobs are."""
    if not peer.is_recorder:
        room.report(EventType.PEER_JOIN, about_session(session) | about_peer(peer))


def left(room: RoomProfile, session: Session, peer: Peer) -> None:
    """Report that somebody went."""
    if not peer.is_recorder:
        room.report(EventType.PEER_LEAVE, about_session(session) | about_peer(peer) | about_leaving(peer))


def join_refused(room: RoomProfile, peer: Peer) -> None:
    """Report that somebody could not come in; their app complains too."""
    why: Answer = {"error_message": choices.ROLE_NOT_ALLOWED}
    room.report(EventType.PEER_JOIN_FAILURE, about_peer(peer) | {"joined_at": NEVER} | why)
    complained(room, EventType.JOIN_FAILED, peer, "JOIN", choices.ROLE_NOT_ALLOWED, {"retries_join": 0})


def leave_refused(room: RoomProfile, peer: Peer) -> None:
    """Report that somebody wanted to go who was not in."""
    why: Answer = {"error_message": choices.NOT_JOINED}
    room.report(EventType.PEER_LEAVE_FAILURE, about_peer(peer) | about_leaving(peer) | why)


def ended(room: RoomProfile, session: Session, by: Peer | None, *, reason: str, lock: bool) -> None:
    """Report that somebody ended the session: in the app, or nobody in particular over the API."""
    room.report(EventType.ROOM_END, about_session(session) | _about_ending(by, reason=reason, lock=lock))


def end_refused(room: RoomProfile, *, reason: str) -> None:
    """Report that somebody wanted to end what does not run."""
    why: Answer = {"error_message": "session not found", "error_code": 404}
    room.report(EventType.ROOM_END_FAILURE, _about_ending(None, reason=reason, lock=False) | why)


def role_changed(room: RoomProfile, session: Session, peer: Peer, previous: str, by: str) -> None:
    """Report another role; ``by`` is empty when it was given over the API."""
    facts: Answer = {"previous_role": previous, "role_changed_at": stamp(room.engine.now())} | _asked(by)
    room.report(EventType.ROLE_CHANGE, about_session(session) | about_peer(peer) | facts)


def role_refused(room: RoomProfile, session: Session, peer: Peer, by: str) -> None:
    """Report that somebody could not be given a role that has its number."""
    facts: Answer = {"error_message": choices.ROLE_FULL} | _asked(by)
    room.report(EventType.ROLE_CHANGE_FAILURE, about_session(session) | about_peer(peer) | facts)


def track_changed(room: RoomProfile, kind: EventType, session: Session, peer: Peer, track: Track) -> None:
    """Report that a track came, was muted or unmuted, or went."""
    facts: Answer = {
        "track_id": track.id,
        "stream_id": track.stream_id,
        "type": track.type,
        "source": track.source,
        "mute": track.mute,
        "started_at": stamp(track.started_at),
        "stopped_at": stamp(room.engine.now()),
    }
    room.report(kind, about_session(session) | about_peer(peer) | facts)


def complained(
    room: RoomProfile, kind: EventType, peer: Peer, action: str, message: str, more: Answer
) -> None:
    """Report what an app complained about."""
    facts: Answer = {
        "error_code": 403,
        "error_name": "Forbidden",
        "error_message": message,
        "error_description": message,
        "is_terminal": True,
        "action": action,
        "agent": dict(choices.AGENT),
    }
    room.report(kind, about_peer(peer) | facts | more)


def about_session(session: Session) -> Answer:
    """What every report of a session says."""
    return {"session_id": session.id, "session_started_at": stamp(session.created_at)}


def about_end(session: Session) -> Answer:
    """What is known of a session once it is over."""
    return {
        "session_duration": seconds(session.updated_at - session.created_at),
        "session_stopped_at": stamp(session.updated_at),
    }


def about_peer(peer: Peer) -> Answer:
    """What every report of somebody says."""
    return {
        "peer_id": peer.id,
        "user_id": peer.user_id,
        "user_name": peer.name,
        "user_data": peer.metadata,
        "role": peer.role,
        "joined_at": stamp(peer.joined_at),
        "type": peer.type,
    }


def about_leaving(peer: Peer) -> Answer:
    """What is known of somebody who went."""
    until = peer.left_at or peer.joined_at
    return {
        "left_at": stamp(until),
        "duration": seconds(until - peer.joined_at),
        "reason": peer.left_because,
        "message": peer.left_message,
    }


def seconds(length: timedelta) -> int:
    """Write a length as reports do."""
    return int(length.total_seconds())


def _about_ending(by: Peer | None, *, reason: str, lock: bool) -> Answer:
    return {
        "peer_id": by.id if by else "",
        "user_id": by.user_id if by else "",
        "user_name": by.name if by else "",
        "role": by.role if by else "",
        "lock_room": lock,
        "reason": reason,
        "source": "peer" if by else "api",
    }


def _asked(by: str) -> Answer:
    return {"role_change_requested_by": by} if by else {}
