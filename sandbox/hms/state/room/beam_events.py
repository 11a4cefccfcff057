"""What 100ms reports of jobs."""

from typing import cast

from sandbox.hms import choices
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.beam.asset import Asset
from sandbox.hms.state.beam.beam import Beam, Kind, Step
from sandbox.hms.state.room.room_events import about_session, seconds
from sandbox.hms.state.room.room_profile import RoomProfile
from sandbox.hms.state.room.self_recording import about_chat, about_file
from sandbox.hms.state.room.session import Session
from sandbox.hms.wire import Answer, Json, stamp, stamp_or_null

KINDS = {
    Step.STARTED: (EventType.BEAM_STARTED, EventType.HLS_STARTED),
    Step.STOPPED: (EventType.BEAM_STOPPED, EventType.HLS_STOPPED),
    Step.COMPLETED: (EventType.BEAM_RECORDING, EventType.HLS_RECORDING),
    Step.FAILED: (EventType.BEAM_FAILURE, EventType.HLS_FAILURE),
}


def report(room: RoomProfile, session: Session, beam: Beam, step: Step) -> None:
    """Report a step of a job; one that keeps nothing completes unreported."""
    about = about_session(session) | _about(beam)
    if step is not Step.TRANSCRIBED and (beam.assets or step is not Step.COMPLETED):
        kind = KINDS[step][beam.order.kind is Kind.LIVE_STREAM]
        room.report(kind, about | _about_files(room, beam))
    if beam.transcripts and step in {Step.COMPLETED, Step.TRANSCRIBED}:
        room.report(_transcription(room, step), about | _about_transcripts(room, beam))


def playback_url(beam: Beam) -> str:
    """Where a live stream is watched."""
    return f"https://cdn.example/hls/{beam.id}/master.m3u8"


def _transcription(room: RoomProfile, step: Step) -> EventType:
    if step is Step.COMPLETED:
        return EventType.TRANSCRIPTION_STARTED
    return EventType.TRANSCRIPTION_FAILURE if room.upload_error else EventType.TRANSCRIPTION


def _about(beam: Beam) -> Answer:
    size = _size(beam)
    started = stamp_or_null(beam.started_at)
    return {
        "metadata_id": beam.id,
        "metadata_timestamp": stamp(beam.started_at or beam.created_at),
        "max_width": size["width"],
        "max_height": size["height"],
        "beam_id": beam.id,
        "job_id": beam.id,
        "peer_id": beam.recorder.id if beam.recorder else "",
        "meeting_url": beam.order.meeting_url,
        "start_delay": seconds(beam.started_at - beam.created_at) if beam.started_at else 0,
        "created_at": stamp(beam.created_at),
        "started_at": started,
        # A stop is reported when it is accepted; the file is closed a moment later.
        "stopped_at": stamp(beam.stopped_at or beam.engine.now()),
        "duration": seconds(beam.length),
        "reason": beam.reason,
        "error_code": 1,
        "error_message": beam.error,
        "error_type": beam.error,
        **_about_destination(beam),
    }


def _about_destination(beam: Beam) -> Answer:
    parameters = beam.order.parameters
    kept = {plan.type for plan in beam.order.plans}
    rtmp = cast("list[str]", parameters.get("rtmp_urls", []))
    return {
        "recording_enabled": bool(kept),
        "rtmp": [{"url": url} for url in rtmp],
        "url": playback_url(beam),
        "recording_single_file_per_layer_enabled": "room-composite" in kept,
        "recording_vod_playlist_enabled": "room-vod" in kept,
        "live_transcription_enabled": parameters.get("live_transcription", False),
    }


def _about_files(room: RoomProfile, beam: Beam) -> Answer:
    facts: Answer = {}
    for asset in beam.assets or ():
        facts |= _about_file(room, beam, asset)
    return facts


def _about_file(room: RoomProfile, beam: Beam, asset: Asset) -> Answer:
    if asset.plan.type == "chat":
        return about_chat(room, asset)
    if asset.plan.transcribed:
        return {}
    about = about_file(room, asset)
    if beam.order.kind is not Kind.LIVE_STREAM:
        return about | {"location": asset.path}
    named: Answer = {"recording_id": asset.id, "recording_created_at": stamp(asset.created_at)}
    layered = "layer" in asset.plan.metadata
    return named | (_about_layer(asset, about) if layered else _about_vod(asset, about))


def _about_layer(asset: Asset, about: Answer) -> Answer:
    names = ("recording_path", "recording_presigned_url", "size")
    size = cast("dict[str, Json]", asset.plan.metadata["resolution"])
    layer: Answer = {"asset_id": asset.id, "layer": asset.plan.metadata["layer"], **size}
    return {"recording_single_files": [layer | {name: about[name] for name in names}]}


def _about_vod(asset: Asset, about: Answer) -> Answer:
    size = choices.DEFAULT_RESOLUTION
    thumbnail = f"{asset.path}-thumbnail-0.jpg"
    return {
        "hls_vod_recording_path": asset.path,
        "hls_vod_recording_presigned_url": about["recording_presigned_url"],
        "hls_vod_recording_size": asset.size,
        "recording_hls_vod_playlist_location": asset.path,
        "recording_thumbnails": [
            {**size, "offset": 0, "location": thumbnail, "url": f"https://{thumbnail.removeprefix('s3://')}"}
        ],
    }


def _about_transcripts(room: RoomProfile, beam: Beam) -> Answer:
    film = next((each for each in beam.assets or () if not each.plan.transcribed), beam.transcripts[0])
    facts: Answer = {"recording_id": film.id, "transcription_id": beam.transcripts[0].id}
    for asset in beam.transcripts:
        kind = f"{asset.plan.type}_{asset.plan.metadata['output_mode']}"
        link = asset.link(choices.LINK_DURATION_S, room.engine.now())
        facts |= {
            f"{kind}_asset_id": asset.id,
            f"{kind}_path": asset.path,
            f"{kind}_presigned_url": link,
        }
    return facts


def _size(beam: Beam) -> dict[str, Json]:
    size = beam.order.parameters.get("resolution")
    return size if isinstance(size, dict) else dict(choices.DEFAULT_RESOLUTION)
