"""Recordings: films of a whole room."""

from pydantic import BaseModel

from sandbox.hms.api_error import not_found
from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.routes import beams
from sandbox.hms.state.beam import resolution
from sandbox.hms.state.beam.beam import Beam, Kind, Status
from sandbox.hms.state.beam.resolution import Resolution
from sandbox.hms.state.beam.transcription import Transcription
from sandbox.hms.state.room.recording_order import recording
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer

KIND = Kind.RECORDING


class StartBody(BaseModel, strict=True):
    """How to record."""

    meeting_url: str = ""
    resolution: Resolution | None = None
    destination: str = ""
    audio_only: bool = False
    transcription: Transcription | None = None


@operation("recordings.start_for_room", "POST", "/recordings/room/{room_id}/start", body=Body.REQUIRED)
def start_for_room(world: World, call: Call) -> Answer:
    """Send the recorder in."""
    room, body = world.room_for_beam(call.path["room_id"]), call.read(StartBody)
    resolution.check(body.resolution)
    order = recording(
        room,
        url=body.meeting_url,
        size=body.resolution,
        name=body.destination,
        audio_only=body.audio_only,
        transcription=body.transcription,
    )
    return _shown(room.start(order))


@operation("recordings.stop_for_room", "POST", "/recordings/room/{room_id}/stop", body=Body.IGNORED)
def stop_for_room(world: World, call: Call) -> Answer:
    """Stop what is being recorded in a room."""
    return beams.stop_all(world, call, KIND, _shown)


@operation("recordings.stop", "POST", "/recordings/{recording_id}/stop", body=Body.IGNORED)
def stop(world: World, call: Call) -> Answer:
    """Stop one recording."""
    return _shown(beams.stop(world, KIND, call.path["recording_id"]))


@operation("recordings.pause_for_room", "POST", "/recordings/room/{room_id}/pause", body=Body.IGNORED)
def pause_for_room(world: World, call: Call) -> Answer:
    """Stop keeping what happens, until it is resumed."""
    return _pause(world, call, paused=True)


@operation("recordings.resume_for_room", "POST", "/recordings/room/{room_id}/resume", body=Body.IGNORED)
def resume_for_room(world: World, call: Call) -> Answer:
    """Go on keeping what happens."""
    return _pause(world, call, paused=False)


@operation("recordings.get", "GET", "/recordings/{recording_id}")
def get(world: World, call: Call) -> Answer:
    """Show one recording with its files."""
    return _shown(world.beam(KIND, call.path["recording_id"]))


@operation("recordings.list", "GET", "/recordings")
def list_recordings(world: World, call: Call) -> Answer:
    """Page through recordings, without their files."""
    return beams.page(world, call, KIND, _listed)


@operation("recordings.get_config", "GET", "/recordings/{recording_id}/config")
def get_config(world: World, call: Call) -> Answer:
    """Show how a recording was started."""
    order = world.beam(KIND, call.path["recording_id"]).order
    return {"meeting_url": order.meeting_url, "destination": order.destination, **order.parameters}


def _pause(world: World, call: Call, *, paused: bool) -> Answer:
    room = world.room_for_beam(call.path["room_id"])
    for beam in room.beams:
        if beam.order.kind is KIND and beam.status is Status.RUNNING:
            beam.pause(paused=paused)
            return _shown(beam) | {"asset_types": None}  # as the reference's sample of these two answers
    raise not_found("beam")


def _shown(beam: Beam) -> Answer:
    kinds = list(dict.fromkeys(plan.type for plan in beam.order.plans))
    return beams.common(beam) | {"asset_types": kinds}


def _listed(beam: Beam) -> Answer:
    return {name: value for name, value in _shown(beam).items() if name != "recording_assets"}
