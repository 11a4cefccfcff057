"""Sessions: who took part when, while they run and afterwards."""

from functools import partial

from sandbox.hms import choices
from sandbox.hms.operation import Call, operation
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.room.session import Session
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp, stamp_or_null


@operation("sessions.list", "GET", "/sessions")
def list_sessions(world: World, call: Call) -> Answer:
    """Page through sessions; the filters combine."""
    query = call.query
    active, room_id = world.unless_said(query.flag("active")), query.get("room_id")
    after, before = query.moment("after"), query.moment("before")
    found = [
        session
        for session in world.sessions
        if active in {None, session.active}
        and room_id in {"", session.room_id}
        and (not after or session.created_at >= after)
        and (not before or session.created_at <= before)
    ]
    return query.page(found, partial(_shown, world), lowest=choices.LOWEST_LIMIT)


@operation("sessions.retrieve", "GET", "/sessions/{session_id}")
def retrieve(world: World, call: Call) -> Answer:
    """Show one session with everybody who took part."""
    return _shown(world, world.session(call.path["session_id"]))


def _shown(world: World, session: Session) -> Answer:
    return {
        "id": session.id,
        "room_id": session.room_id,
        "customer_id": choices.CUSTOMER_ID,
        "app_id": choices.APP_ID,
        "active": session.active,
        "peers": {peer.id: _took_part(world, session, peer) for peer in session.peers.values()},
        "created_at": stamp(session.created_at),
        "updated_at": stamp(session.updated_at),
    }


def _took_part(world: World, session: Session, peer: Peer) -> Answer:
    answer: Answer = {
        "id": peer.id,
        "session_id": session.id,
        "name": peer.name,
        "role": peer.role,
        "user_id": peer.user_id,
        "user": peer.user_id,
        "joined_at": stamp(peer.joined_at),
        "left_at": stamp_or_null(peer.left_at),
    }
    return world.settings.written(answer, optional=("left_at",), older=("user",))
