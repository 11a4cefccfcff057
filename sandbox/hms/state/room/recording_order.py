"""Orders for recordings, whether somebody starts one or the template wants it."""

from typing import cast

from sandbox.hms.state.beam import resolution
from sandbox.hms.state.beam.asset import CHAT, composite
from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.beam.resolution import Resolution
from sandbox.hms.state.beam.transcription import Transcription, of_template
from sandbox.hms.state.room.destination import Destination, meeting_url, role_of
from sandbox.hms.state.room.room_profile import RoomProfile


def recording(
    room: RoomProfile,
    *,
    url: str = "",
    size: Resolution | None = None,
    name: str = "",
    audio_only: bool = False,
    transcription: Transcription | None = None,
) -> Order:
    """Order a recording; what is not said the template says, ``name`` being one of its destinations."""
    destination = Destination(room, "browserRecordings", name)
    writes = transcription or of_template(room.template.destinations)
    shown = resolution.shown(size)
    address = meeting_url(room, url, destination.role)
    return Order(
        kind=Kind.RECORDING,
        meeting_url=address,
        role=role_of(address) or destination.role,
        destination=name,
        parameters={
            "resolution": shown,
            "audio_only": audio_only,
            "transcription": writes.model_dump(exclude={"modes"}),
        },
        plans=(composite(shown), CHAT, *writes.plans()),
        empty_room=destination.empty_room,
        longest=destination.longest,
    )


def automatic(room: RoomProfile) -> Order | None:
    """Order what the template records by itself, as soon as somebody is there."""
    for config in room.template.recordings:
        composites = cast("dict[str, dict[str, object]]", config.get("compositeRecording", {}))
        if room.template.subdomain and composites.get("browserComposite", {}).get("autoStart"):
            return recording(room, name=str(config["name"]))
    return None
