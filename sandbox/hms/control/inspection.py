"""What the emulated world looks like from outside: its rooms, and what was asked of it."""

from dataclasses import asdict

from sandbox.hms.operation import Call, operation
from sandbox.hms.state.beam.beam import Beam
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.record import RecordedCall, masked
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp


@operation("control.state", "GET", "/state")
def state(world: World, call: Call) -> Answer:  # noqa: ARG001 - every operation takes a call
    """Show every room, who is in and what runs."""
    return {
        "now": stamp(world.now()),
        "revision": world.revision,
        "rooms": [_room(room) for room in world.rooms.values()],
    }


@operation("control.calls", "GET", "/calls")
def calls(world: World, call: Call) -> Answer:
    """Show what was asked of the API, all of it or one operation's."""
    wanted = call.query.get("operation")
    return {"calls": [_call(each) for each in world.calls if wanted in {"", each.operation}]}


def person(peer: Peer) -> Answer:
    """Show who is in, and what comes through of them."""
    return {
        "id": peer.id,
        "name": peer.name,
        "role": peer.role,
        "user_id": peer.user_id,
        "metadata": peer.metadata,
        "hand": peer.hand,
        "tracks": {track.kind: {"mute": track.mute} for track in peer.tracks.values()},
    }


def _room(room: Room) -> Answer:
    session = room.session
    return {
        "id": room.id,
        "name": room.name,
        "enabled": room.enabled,
        "template": room.template.name,
        "session": session and {"id": session.id, "created_at": stamp(session.created_at)},
        "people": [person(each) for each in room.peers],
        "beams": [_beam(each) for each in room.beams],
        "messages": [
            {"to": each.to, "type": each.type, "text": each.text, "at": stamp(each.at)}
            for each in room.messages
        ],
    }


def _beam(beam: Beam) -> Answer:
    return {
        "id": beam.id,
        "kind": beam.order.kind.value,
        "status": beam.status.value,
        "paused": beam.paused,
        "reason": beam.reason,
    }


def _call(call: RecordedCall) -> Answer:
    return asdict(call) | {"body": masked(call.body), "at": stamp(call.at)}
