"""Live streams: a room shown to many over HLS."""

from typing import Annotated

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.routes import beams
from sandbox.hms.state.beam.asset import CHAT, Plan, layer_film, playlist
from sandbox.hms.state.beam.beam import Beam, Kind, Order, Status
from sandbox.hms.state.beam.transcription import Transcription, of_template
from sandbox.hms.state.room.beam_events import playback_url
from sandbox.hms.state.room.destination import Destination, meeting_url, role_of
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, Json

KIND = Kind.LIVE_STREAM


class Recording(BaseModel, strict=True):
    """What to keep of a stream."""

    hls_vod: bool = False
    single_file_per_layer: bool = False

    def plans(self) -> tuple[Plan, ...]:
        """Plan the files: the playlist, a film for the one layer we emulate, and the chat of either."""
        size: dict[str, Json] = dict(choices.DEFAULT_RESOLUTION)
        kept = (self.hls_vod and playlist(1, size), self.single_file_per_layer and layer_film(0, size))
        films = tuple(plan for plan in kept if plan)
        return (*films, CHAT) if films else ()


class StartBody(BaseModel, strict=True):
    """How to stream."""

    meeting_url: str = ""
    recording: Recording = Recording()
    destination: str = ""
    transcription: Transcription | None = None


class TimedMetadataBody(BaseModel, strict=True):
    """What the players are told, and for how many seconds."""

    payload: Annotated[str, Field(min_length=1, max_length=100)]
    duration: Annotated[int, Field(ge=1)]


@operation("live_streams.start_for_room", "POST", "/live-streams/room/{room_id}/start", body=Body.REQUIRED)
def start_for_room(world: World, call: Call) -> Answer:
    """Send the streamer in; the address of the playlist is known at once."""
    room, body = world.room_for_beam(call.path["room_id"]), call.read(StartBody)
    destination = Destination(room, "hlsDestinations", body.destination)
    transcription = body.transcription or of_template(room.template.destinations)
    address = meeting_url(room, body.meeting_url, destination.role)
    order = Order(
        kind=KIND,
        meeting_url=address,
        role=role_of(address) or destination.role,
        destination=body.destination,
        parameters={
            "recording": body.recording.model_dump(),
            "live_transcription": transcription.enabled and "live" in transcription.modes,
        },
        plans=(*body.recording.plans(), *transcription.plans()),
        empty_room=destination.empty_room,
        longest=destination.longest,
    )
    return _shown(room.start(order))


@operation("live_streams.stop_for_room", "POST", "/live-streams/room/{room_id}/stop", body=Body.IGNORED)
def stop_for_room(world: World, call: Call) -> Answer:
    """Stop what is being streamed from a room."""
    return beams.stop_all(world, call, KIND, _shown)


@operation("live_streams.stop", "POST", "/live-streams/{stream_id}/stop", body=Body.IGNORED)
def stop(world: World, call: Call) -> Answer:
    """Stop one stream."""
    return _shown(beams.stop(world, KIND, call.path["stream_id"]))


@operation("live_streams.get", "GET", "/live-streams/{stream_id}")
def get(world: World, call: Call) -> Answer:
    """Show one stream with its files."""
    return _shown(world.beam(KIND, call.path["stream_id"]))


@operation("live_streams.list", "GET", "/live-streams")
def list_live_streams(world: World, call: Call) -> Answer:
    """Page through streams; their files are null here."""
    return beams.page(world, call, KIND, lambda beam: _shown(beam) | {"recording_assets": None})


@operation("live_streams.send_timed_metadata", "POST", "/live-streams/{stream_id}/timed-metadata")
def send_timed_metadata(world: World, call: Call) -> Answer:
    """Tell the players something at this moment of the stream."""
    beam, body = _running(world, call), call.read(TimedMetadataBody)
    beam.timed_metadata.append(body.payload)
    return _shown(beam)


@operation(
    "live_streams.pause_recording", "POST", "/live-streams/{stream_id}/pause-recording", body=Body.IGNORED
)
def pause_recording(world: World, call: Call) -> Answer:
    """Stop keeping what is streamed, until it is resumed."""
    return _pause(world, call, paused=True)


@operation(
    "live_streams.resume_recording", "POST", "/live-streams/{stream_id}/resume-recording", body=Body.IGNORED
)
def resume_recording(world: World, call: Call) -> Answer:
    """Go on keeping what is streamed."""
    return _pause(world, call, paused=False)


def _running(world: World, call: Call) -> Beam:
    beam = world.beam(KIND, call.path["stream_id"])
    if beam.status is not Status.RUNNING:
        raise ApiError(404, "hls not running")
    return beam


def _pause(world: World, call: Call, *, paused: bool) -> Answer:
    beam = _running(world, call)
    if not beam.order.plans:
        raise ApiError(400, "recording not enabled")
    beam.pause(paused=paused)
    return _shown(beam)


def _shown(beam: Beam) -> Answer:
    playback = {"url": playback_url(beam)}
    return beams.common(beam) | {"playback": playback, "recording": beam.order.parameters["recording"]}
