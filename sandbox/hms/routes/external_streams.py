"""External streams: a room pushed to RTMP addresses."""

from typing import Annotated

from pydantic import BaseModel, Field

from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.routes import beams
from sandbox.hms.state.beam import resolution
from sandbox.hms.state.beam.asset import CHAT, composite
from sandbox.hms.state.beam.beam import Beam, Kind, Order
from sandbox.hms.state.beam.resolution import Resolution
from sandbox.hms.state.room.destination import Destination, meeting_url, role_of
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer

KIND = Kind.EXTERNAL_STREAM

RtmpUrl = Annotated[str, Field(pattern=r"^rtmps?://\S+$")]


class StartBody(BaseModel, strict=True):
    """Where to push."""

    rtmp_urls: Annotated[list[RtmpUrl], Field(min_length=1, max_length=5)]
    meeting_url: str = ""
    recording: bool = False
    resolution: Resolution | None = None
    destination: str = ""


@operation(
    "external_streams.start_for_room", "POST", "/external-streams/room/{room_id}/start", body=Body.REQUIRED
)
def start_for_room(world: World, call: Call) -> Answer:
    """Send the streamer in."""
    room, body = world.room_for_beam(call.path["room_id"]), call.read(StartBody)
    resolution.check(body.resolution)
    destination = Destination(room, "rtmpDestinations", body.destination)
    size = resolution.shown(body.resolution)
    address = meeting_url(room, body.meeting_url, destination.role)
    order = Order(
        kind=KIND,
        meeting_url=address,
        role=role_of(address) or destination.role,
        destination=body.destination,
        parameters={"rtmp_urls": [*body.rtmp_urls], "recording": body.recording, "resolution": size},
        plans=(composite(size), CHAT) if body.recording else (),
        empty_room=destination.empty_room,
        longest=destination.longest,
    )
    return _shown(room.start(order))


@operation(
    "external_streams.stop_for_room", "POST", "/external-streams/room/{room_id}/stop", body=Body.IGNORED
)
def stop_for_room(world: World, call: Call) -> Answer:
    """Stop what is being pushed from a room."""
    return beams.stop_all(world, call, KIND, _shown)


@operation("external_streams.stop", "POST", "/external-streams/{stream_id}/stop", body=Body.IGNORED)
def stop(world: World, call: Call) -> Answer:
    """Stop one stream."""
    return _shown(beams.stop(world, KIND, call.path["stream_id"]))


@operation("external_streams.get", "GET", "/external-streams/{stream_id}")
def get(world: World, call: Call) -> Answer:
    """Show one stream with its files."""
    return _shown(world.beam(KIND, call.path["stream_id"]))


@operation("external_streams.list", "GET", "/external-streams")
def list_external_streams(world: World, call: Call) -> Answer:
    """Page through streams, with their files."""
    return beams.page(world, call, KIND, _shown)


def _shown(beam: Beam) -> Answer:
    return beams.common(beam) | dict(beam.order.parameters)
