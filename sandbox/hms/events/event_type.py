"""What 100ms reports, by name, and the members each report has."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class EventType(StrEnum):
    """The 32 kinds that are delivered as webhooks, and those that can only be asked for."""

    SESSION_OPEN = "session.open.success"
    SESSION_CLOSE = "session.close.success"
    PEER_JOIN = "peer.join.success"
    PEER_LEAVE = "peer.leave.success"
    PEER_JOIN_FAILURE = "peer.join.failure"
    PEER_LEAVE_FAILURE = "peer.leave.failure"
    ROOM_END = "room.end.success"
    ROOM_END_FAILURE = "room.end.failure"
    ROLE_CHANGE = "role.change.success"
    ROLE_CHANGE_FAILURE = "role.change.failure"
    TRACK_RECORDING_STARTED = "track.recording.started.success"
    TRACK_RECORDING = "track.recording.success"
    TRACK_RECORDING_FAILURE = "track.recording.failure"
    STREAM_RECORDING = "stream.recording.success"
    STREAM_RECORDING_FAILURE = "stream.recording.failure"
    RECORDING = "recording.success"
    RECORDING_FAILED = "recording.failed"
    BEAM_STARTED = "beam.started.success"
    BEAM_STOPPED = "beam.stopped.success"
    BEAM_RECORDING = "beam.recording.success"
    BEAM_FAILURE = "beam.failure"
    HLS_STARTED = "hls.started.success"
    HLS_STOPPED = "hls.stopped.success"
    HLS_RECORDING = "hls.recording.success"
    HLS_FAILURE = "hls.failure"
    TRANSCRIPTION_STARTED = "transcription.started.success"
    TRANSCRIPTION = "transcription.success"
    TRANSCRIPTION_FAILURE = "transcription.failure"
    INGEST_START = "ingest.start.success"
    INGEST_END = "ingest.end.success"
    INGEST_START_FAILURE = "ingest.start.failure"
    INGEST_FAILURE = "ingest.failure"

    TRACK_ADD = "track.add.success"
    TRACK_UPDATE = "track.update.success"
    TRACK_REMOVE = "track.remove.success"
    PUBLISH_FAILED = "client.publish.failed"
    SUBSCRIBE_FAILED = "client.subscribe.failed"
    JOIN_FAILED = "client.join.failed"
    DISCONNECTED = "client.disconnected"
    CONNECT_FAILED = "client.connect.failed"

    @property
    def is_error(self) -> bool:
        """Whether an app complained."""
        return self.startswith("client.")

    @property
    def is_webhook(self) -> bool:
        """Whether it is delivered; the others can only be asked for."""
        return not self.is_error and self not in TRACKS

    @property
    def is_asked_for(self) -> bool:
        """Whether analytics can be asked for it."""
        return not self.is_webhook or self is EventType.BEAM_RECORDING

    @property
    def version(self) -> str:
        """The version of its shape: only the recordings of the SFU are still at the first."""
        return "1.0" if self in {EventType.RECORDING, EventType.RECORDING_FAILED} else "2.0"


TRACKS = frozenset({EventType.TRACK_ADD, EventType.TRACK_UPDATE, EventType.TRACK_REMOVE})


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SESSION = "room_id session_id template_id session_started_at"
_NAMED = f"{_SESSION} room_name"
_PERSON = "peer_id user_id user_name role"
_PEER = f"{_NAMED} {_PERSON} user_data joined_at"
_REFUSED = f"room_id room_name template_id {_PERSON} user_data joined_at error_message type"
_ENDED = f"{_NAMED} {_PERSON} lock_room reason source"
_TRACK_FILE = "room_id session_id peer_id stream_id track_id track_type"
_FILE = "size duration recording_id recording_path"
_STREAM_FILE = f"room_id session_id peer_id stream_id user_id stream_type type {_FILE}"
_JOB = f"{_SESSION} metadata_id metadata_timestamp max_width max_height beam_id meeting_url"
_CHAT = "chat_recording_path chat_recording_presigned_url"
_BEAM = f"{_JOB} job_id recording_enabled peer_id rtmp"
_HLS_ENDED = (
    f"{_JOB} job_id peer_id recording_single_file_per_layer_enabled recording_vod_playlist_enabled duration"
)
_HLS = f"{_HLS_ENDED} url started_at"
_BROKEN = "error_code error_message error_type"
_WRITTEN = (
    "account_id app_id recording_id room_id room_name session_id metadata_id metadata_timestamp"
    " transcription_id duration summary_json_asset_id transcript_json_asset_id transcript_srt_asset_id"
    " transcript_txt_asset_id"
)
_WRITTEN_FILES = " ".join(
    f"{kind}_{what}"
    for kind in ("summary_json", "transcript_json", "transcript_srt", "transcript_txt")
    for what in ("path", "presigned_url")
)
_INGEST = "account_id app_id room_id template_id"
_TRACK = (
    "room_id session_id room_name peer_id user_id user_name joined_at role track_id stream_id type source"
    " mute started_at"
)
_CLIENT = (
    "user_id user_name peer_id account_id room_id session_id room_name template_id role error_code error_name"
    " error_message error_description is_terminal action agent"
)

# Members that do not apply to what happened are left out.
MEMBERS: Mapping[EventType, tuple[str, ...]] = MappingProxyType(
    {
        EventType.SESSION_OPEN: _words(_NAMED),
        EventType.SESSION_CLOSE: _words(f"{_NAMED} session_duration session_stopped_at"),
        EventType.PEER_JOIN: _words(f"{_PEER} type"),
        EventType.PEER_LEAVE: _words(f"{_PEER} left_at duration reason message type"),
        EventType.PEER_JOIN_FAILURE: _words(_REFUSED),
        EventType.PEER_LEAVE_FAILURE: _words(f"{_REFUSED} left_at duration"),
        EventType.ROOM_END: _words(_ENDED),
        EventType.ROOM_END_FAILURE: _words(f"{_ENDED} error_message error_code"),
        EventType.ROLE_CHANGE: _words(f"{_PEER} previous_role role_changed_at role_change_requested_by"),
        EventType.ROLE_CHANGE_FAILURE: _words(f"{_PEER} error_message role_change_requested_by"),
        EventType.TRACK_RECORDING_STARTED: _words(_TRACK_FILE),
        EventType.TRACK_RECORDING: _words(f"{_TRACK_FILE} {_FILE} recording_presigned_url"),
        EventType.TRACK_RECORDING_FAILURE: _words(f"{_TRACK_FILE} {_FILE} error_message"),
        EventType.STREAM_RECORDING: _words(f"{_STREAM_FILE} recording_presigned_url"),
        EventType.STREAM_RECORDING_FAILURE: _words(f"{_STREAM_FILE} error_message"),
        EventType.RECORDING: _words(
            f"{_NAMED} duration recording_path recording_presigned_url {_CHAT} size session_stopped_at"
            " location URL"
        ),
        EventType.RECORDING_FAILED: _words(f"{_NAMED} error error_type session_stopped_at"),
        EventType.BEAM_STARTED: _words(f"{_BEAM} start_delay"),
        EventType.BEAM_STOPPED: _words(f"{_BEAM} duration reason"),
        EventType.BEAM_RECORDING: _words(
            f"{_JOB} peer_id rtmp {_CHAT} {_FILE} recording_presigned_url created_at started_at stopped_at"
            " location"
        ),
        EventType.BEAM_FAILURE: _words(f"{_BEAM} {_BROKEN} duration"),
        EventType.HLS_STARTED: _words(f"{_HLS} start_delay".replace(" duration ", " ")),
        EventType.HLS_STOPPED: _words(f"{_HLS} stopped_at reason live_transcription_enabled"),
        EventType.HLS_RECORDING: _words(
            f"{_JOB} {_CHAT} duration hls_vod_recording_path hls_vod_recording_presigned_url"
            " hls_vod_recording_size recording_id recording_single_files recording_thumbnails"
            " recording_created_at started_at stopped_at recording_hls_vod_playlist_location"
        ),
        EventType.HLS_FAILURE: _words(f"{_HLS_ENDED} {_BROKEN}"),
        EventType.TRANSCRIPTION_STARTED: _words(_WRITTEN),
        EventType.TRANSCRIPTION: _words(f"{_WRITTEN} {_WRITTEN_FILES}"),
        EventType.TRANSCRIPTION_FAILURE: _words(_WRITTEN),
        EventType.INGEST_START: _words(f"{_INGEST} ingest_id stream_id started_at"),
        EventType.INGEST_END: _words(
            f"{_INGEST} ingest_id stream_id started_at completed_at duration last_disconnected_at reason"
        ),
        EventType.INGEST_START_FAILURE: _words(f"{_INGEST} error_message"),
        EventType.INGEST_FAILURE: _words(f"{_INGEST} ingest_id error_message"),
        EventType.TRACK_ADD: _words(_TRACK),
        EventType.TRACK_UPDATE: _words(_TRACK),
        EventType.TRACK_REMOVE: _words(f"{_TRACK} stopped_at"),
        EventType.PUBLISH_FAILED: _words(f"{_CLIENT} domain audio video devices"),
        EventType.SUBSCRIBE_FAILED: _words(_CLIENT),
        EventType.JOIN_FAILED: _words(f"{_CLIENT} retries_join"),
        EventType.DISCONNECTED: _words(f"{_CLIENT} transport_state"),
        EventType.CONNECT_FAILED: _words(f"{_CLIENT} transport_state endpoint"),
    }
)
