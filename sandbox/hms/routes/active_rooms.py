"""Active rooms: what can be done to a session while it runs."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.operation import Call, operation
from sandbox.hms.state.peer import Peer, Track
from sandbox.hms.state.room.message import Message
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.session import Session
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp


class PeerBody(BaseModel, strict=True):
    """What may be changed about somebody; metadata is a string, whatever is in it."""

    name: str | None = None
    role: str | None = None
    metadata: str | None = None


class MessageBody(BaseModel, strict=True):
    """What to say and to whom; a peer wins over a role, neither means everybody."""

    message: str = Field(min_length=1)
    peer_id: str = ""
    role: str = ""
    type: str = "chat"


class RemovalBody(BaseModel, strict=True):
    """Whom to put out; a peer wins over a role."""

    peer_id: str = ""
    role: str = ""
    reason: str = ""


class EndBody(BaseModel, strict=True):
    """Why to end, and whether nobody may come back in."""

    reason: str = ""
    lock: bool = False


@operation("active_rooms.retrieve", "GET", "/active-rooms/{room_id}")
def retrieve(world: World, call: Call) -> Answer:
    """Show the running session and the ids of who is in."""
    room = _live_room(world, call)
    session = room.session
    return {
        "id": room.id,
        "name": room.name,
        "customer_id": choices.CUSTOMER_ID,
        "session": session
        and {
            "id": session.id,
            "created_at": stamp(session.created_at),
            "peers": [peer.id for peer in room.peers],
        },
    }


@operation("active_rooms.list_peers", "GET", "/active-rooms/{room_id}/peers")
def list_peers(world: World, call: Call) -> Answer:
    """Show who is in, in the order they came; nobody found is an empty map."""
    user_id, role = call.query.get("user_id"), call.query.get("role")
    peers = (
        peer
        for peer in _live_room(world, call).peers
        if user_id in {"", peer.user_id} and role in {"", peer.role}
    )
    return {"peers": {peer.id: _shown(peer) for peer in peers}}


@operation("active_rooms.retrieve_peer", "GET", "/active-rooms/{room_id}/peers/{peer_id}")
def retrieve_peer(world: World, call: Call) -> Answer:
    """Show one who is in, with microphone, camera and screen."""
    return _shown_with_tracks(_live_room(world, call).peer(call.path["peer_id"]))


@operation("active_rooms.update_peer", "POST", "/active-rooms/{room_id}/peers/{peer_id}")
def update_peer(world: World, call: Call) -> Answer:
    """Change name, role or metadata of one who is in."""
    room = _live_room(world, call)
    peer, body = room.peer(call.path["peer_id"]), call.read(PeerBody)
    room.change(peer, name=body.name or None, role=body.role or None, metadata=body.metadata)
    return _shown_with_tracks(peer)


@operation("active_rooms.send_message", "POST", "/active-rooms/{room_id}/send-message")
def send_message(world: World, call: Call) -> Answer:
    """Say something to one, to a role or to everybody."""
    room, body = _live_room(world, call), call.read(MessageBody)
    targets = _targets(room, body.peer_id, body.role)
    message = Message(
        text=body.message,
        type=body.type,
        at=world.now(),
        peer_id=body.peer_id,
        name=targets[0].name if body.peer_id else "",
        role="" if body.peer_id else body.role,
        reached=tuple(peer.id for peer in targets),
    )
    room.messages.append(message)
    world.engine.changed()
    return {"message": "message sent"}


@operation("active_rooms.remove_peers", "POST", "/active-rooms/{room_id}/remove-peers")
def remove_peers(world: World, call: Call) -> Answer:
    """Put out one or everybody of a role; they may come back in."""
    room, body = _live_room(world, call), call.read(RemovalBody)
    if not body.peer_id and not body.role:
        raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: peer_id or role is required")
    targets = _targets(room, body.peer_id, body.role)
    _submit(world, partial(_remove, room, targets, body.reason))
    return {"message": "peer remove request submitted"}


@operation("active_rooms.end_room", "POST", "/active-rooms/{room_id}/end-room")
def end_room(world: World, call: Call) -> Answer:
    """End the session; ``lock`` also closes the room."""
    room, body = _live_room(world, call), call.read(EndBody)
    _submit(world, partial(_end, room, room.session, body))
    return {"message": "session is ending"}


def _live_room(world: World, call: Call) -> Room:
    return world.live_room(call.path["room_id"])


def _submit(world: World, act: Callable[[], None]) -> None:
    """Do what was only submitted: now, or when the answer has long been read."""
    if world.settings.acts_lag_s:
        world.engine.after(timedelta(seconds=world.settings.acts_lag_s), act)
    else:
        act()


def _remove(room: Room, targets: tuple[Peer, ...], reason: str) -> None:
    for peer in targets:
        if peer in room.peers:  # whoever left by then is not put out
            room.leave(peer, reason=choices.REMOVED, message=reason)


def _end(room: Room, session: Session | None, body: EndBody) -> None:
    if room.session is session:  # another one that has begun by then goes on
        room.end(reason=body.reason, lock=body.lock, over_api=True)


def _targets(room: Room, peer_id: str, role: str) -> tuple[Peer, ...]:
    if peer_id:
        return (room.peer(peer_id),)
    if role and role not in {*room.template.roles, *(peer.role for peer in room.peers)}:
        raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: role not found")
    return tuple(peer for peer in room.peers if role in {"", peer.role})


def _shown(peer: Peer) -> Answer:
    return {
        "id": peer.id,
        "name": peer.name,
        "user_id": peer.user_id,
        "metadata": peer.metadata,
        "role": peer.role,
        "joined_at": stamp(peer.joined_at),
    }


def _shown_with_tracks(peer: Peer) -> Answer:
    return _shown(peer) | {"tracks": {track.id: _track(track) for track in peer.tracks.values()}}


def _track(track: Track) -> Answer:
    return {
        "id": track.id,
        "stream_id": track.stream_id,
        "mute": track.mute,
        "type": track.type,
        "source": track.source,
        "started_at": stamp(track.started_at),
        "description": "",
    }
