"""What recordings, live streams and external streams have in common on the wire."""

from collections.abc import Callable

from sandbox.hms import choices
from sandbox.hms.api_error import not_found
from sandbox.hms.operation import Call
from sandbox.hms.state.beam.beam import Beam, Kind, Status
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp, stamp_or_null

Show = Callable[[Beam], Answer]


def common(beam: Beam) -> Answer:
    """Show the members every job has; what has not come yet is null."""
    return {
        "id": beam.id,
        "room_id": beam.room.id,
        "session_id": beam.session_id,
        "status": beam.status.value,
        "meeting_url": beam.order.meeting_url,
        "destination": beam.order.destination,
        "created_at": stamp(beam.created_at),
        "started_at": stamp_or_null(beam.started_at),
        "updated_at": stamp(beam.updated_at),
        "stopped_at": stamp_or_null(beam.stopped_at),
        "started_by": "",
        "stopped_by": "",
        "recording_assets": beam.assets and [asset.embedded() for asset in beam.assets],
    }


def page(world: World, call: Call, kind: Kind, show: Show) -> Answer:
    """Page through the jobs of a kind; the filters combine."""
    query = call.query
    room_id, session_id = query.get("room_id"), query.get("session_id")
    status = query.word("status", Status)
    found = [
        beam
        for beam in world.beams(kind)
        if room_id in {"", beam.room.id}
        and session_id in {"", beam.session_id}
        and status in {None, beam.status}
    ]
    return query.page(found, show)


def stop_all(world: World, call: Call, kind: Kind, show: Show) -> Answer:
    """Stop what runs of a kind in a room and answer it as a page."""
    room = world.room_for_beam(call.path["room_id"])
    stopped = [beam for beam in room.beams if beam.order.kind is kind and beam.live]
    if not stopped:
        raise not_found("beam")
    for beam in stopped:
        beam.stop()
    return {"limit": choices.DEFAULT_LIMIT, "data": [show(beam) for beam in stopped], "last": stopped[-1].id}


def stop(world: World, kind: Kind, beam_id: str) -> Beam:
    """Stop one job."""
    beam = world.beam(kind, beam_id)
    beam.stop()
    return beam
