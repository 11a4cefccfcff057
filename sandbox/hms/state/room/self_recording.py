"""What records itself: single tracks, the streams of one person, and the old recording of a whole session.

Nobody starts these. The template or the room asks for them, and the files are there when it is over.
"""

from datetime import datetime
from typing import cast

from sandbox.hms import choices
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.beam.asset import CHAT, Asset, Plan, Take
from sandbox.hms.state.peer import Peer, Track
from sandbox.hms.state.room.room_events import about_end, about_session
from sandbox.hms.state.room.room_profile import RoomProfile
from sandbox.hms.state.room.session import Session
from sandbox.hms.wire import Answer, Json


def track_started(room: RoomProfile, session: Session, peer: Peer, track: Track) -> None:
    """Begin to keep a track, where the template wants tracks."""
    if room.template.records("trackRecording"):
        room.report(EventType.TRACK_RECORDING_STARTED, _about_track(session, peer, track))


def track_ended(room: RoomProfile, session: Session, peer: Peer, track: Track) -> None:
    """Keep a track that is over."""
    if not room.template.records("trackRecording"):
        return
    metadata: dict[str, Json] = {
        "track_id": track.id,
        "stream_id": track.stream_id,
        "peer_id": peer.id,
        "track_type": track.type,
    }
    folder = f"{{room}}/{{date}}/{session.id}/{peer.id}/{track.stream_id}"
    plan = Plan(type="track", folder=folder, file=track.id, ending=".webm", metadata=metadata)
    asset = _keep(room, plan, _take(room, session, track.started_at))
    kinds = (EventType.TRACK_RECORDING, EventType.TRACK_RECORDING_FAILURE)
    _report(room, kinds, asset, _about_track(session, peer, track))


def peer_left(room: RoomProfile, session: Session, peer: Peer) -> None:
    """Keep what somebody sent: one film of microphone and camera, one of the screen."""
    if not room.template.records("streamRecording"):
        return
    streams = {track.source: track for track in peer.tracks.values()}
    for source, track in streams.items():
        facts: dict[str, Json] = {
            "stream_id": track.stream_id,
            "peer_id": peer.id,
            "user_id": peer.user_id,
            "stream_type": source,
        }
        plan = Plan(
            type="stream", folder="stream/{room}/{date}", file=track.id, ending=".mp4", metadata=facts
        )
        asset = _keep(room, plan, _take(room, session, track.started_at))
        kinds = (EventType.STREAM_RECORDING, EventType.STREAM_RECORDING_FAILURE)
        _report(room, kinds, asset, about_session(session) | cast("Answer", facts) | {"type": source})


def session_closed(room: RoomProfile, session: Session) -> None:
    """Keep the old recording of the whole session, where the room asks for it."""
    if not (room.recording_info or {}).get("enabled"):
        return
    about = about_session(session) | about_end(session)
    if room.upload_error:
        error: Answer = {"error": room.upload_error, "error_type": room.upload_error}
        room.report(EventType.RECORDING_FAILED, about | error)
        return
    take = _take(room, session, session.created_at)
    film = Plan(type="room-composite-legacy", folder="sfu/{room}/{date}", ending=".mp4")
    asset, chat = (_keep(room, plan, take) for plan in (film, CHAT))
    link: Answer = {"location": asset.path, "URL": about_file(room, asset)["recording_presigned_url"]}
    room.report(EventType.RECORDING, about | about_file(room, asset) | about_chat(room, chat) | link)


def about_file(room: RoomProfile, asset: Asset) -> Answer:
    """What every report of a film says."""
    return {
        "recording_id": asset.id,
        "recording_path": asset.path,
        "recording_presigned_url": _link(room, asset),
        "size": asset.size,
        "duration": asset.duration,
    }


def about_chat(room: RoomProfile, asset: Asset) -> Answer:
    """What reports of a film say of the chat that was kept beside it."""
    return {"chat_recording_path": asset.path, "chat_recording_presigned_url": _link(room, asset)}


def _link(room: RoomProfile, asset: Asset) -> str:
    return asset.link(choices.LINK_DURATION_S, room.engine.now())


def _about_track(session: Session, peer: Peer, track: Track) -> Answer:
    return {
        "session_id": session.id,
        "peer_id": peer.id,
        "stream_id": track.stream_id,
        "track_id": track.id,
        "track_type": track.type,
    }


def _take(room: RoomProfile, session: Session, since: datetime) -> Take:
    return Take(
        job_id=room.engine.object_id(),
        room_id=room.id,
        session_id=session.id,
        started_at=since,
        stopped_at=room.engine.now(),
    )


def _keep(room: RoomProfile, plan: Plan, take: Take) -> Asset:
    asset = Asset(
        id=room.engine.object_id(),
        plan=plan,
        take=take,
        created_at=room.engine.now(),
        status="failed" if room.upload_error else "completed",
        store=room.engine.store,
    )
    room.kept.append(asset)
    return asset


def _report(room: RoomProfile, kinds: tuple[EventType, EventType], asset: Asset, facts: Answer) -> None:
    kind = kinds[1] if room.upload_error else kinds[0]
    room.report(kind, facts | about_file(room, asset) | {"error_message": room.upload_error})
