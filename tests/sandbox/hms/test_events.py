"""Every kind of event of the reference (§20.3), with the members it has there and no others."""

import re

import pytest

from sandbox.hms.api_error import ApiError
from sandbox.hms.events.event_type import EventType
from sandbox.hms.state.room import ingest

SHORT = {
    "Q": "room_id session_id template_id",
    "RN": "room_name",
    "U": "peer_id user_id user_name user_data role",
    "SS": "session_started_at",
    "M": "metadata_id metadata_timestamp",
    "DIM": "max_width max_height",
    "CH": "chat_recording_path chat_recording_presigned_url",
    "ASSETS": "summary_json_asset_id transcript_json_asset_id transcript_srt_asset_id"
    " transcript_txt_asset_id",
    "FILES": "summary_json_path transcript_json_path transcript_srt_path transcript_txt_path"
    " summary_json_presigned_url transcript_json_presigned_url transcript_srt_presigned_url"
    " transcript_txt_presigned_url",
}
# As the reference lists them; ST, which it calls deprecated and sometimes absent, is absent here.
LISTED = """
session.open.success: Q RN SS
session.close.success: Q RN SS session_duration session_stopped_at
peer.join.success: Q RN U SS joined_at type
peer.leave.success: Q RN U SS joined_at left_at duration reason message type
peer.join.failure: room_id RN template_id U joined_at error_message type
peer.leave.failure: room_id RN template_id U joined_at error_message type left_at duration
room.end.success: Q RN peer_id user_id user_name role SS lock_room reason source
room.end.failure: room_id template_id RN peer_id user_id user_name role lock_room reason source error_message error_code
role.change.success: Q RN U SS previous_role joined_at role_changed_at role_change_requested_by
role.change.failure: Q RN U SS joined_at error_message role_change_requested_by
track.recording.started.success: room_id session_id peer_id stream_id track_id track_type
track.recording.success: room_id session_id peer_id stream_id track_id track_type size duration recording_id recording_path recording_presigned_url
track.recording.failure: room_id session_id peer_id stream_id track_id track_type size duration recording_id recording_path error_message
stream.recording.success: room_id session_id peer_id stream_id user_id size duration recording_id recording_path recording_presigned_url stream_type type
stream.recording.failure: room_id session_id peer_id stream_id user_id size duration recording_id recording_path stream_type type error_message
recording.success: Q RN duration recording_path recording_presigned_url CH size session_started_at session_stopped_at location URL
recording.failed: Q RN error error_type session_started_at session_stopped_at
beam.started.success: Q M DIM SS beam_id job_id recording_enabled peer_id start_delay meeting_url rtmp
beam.stopped.success: Q M DIM SS beam_id job_id recording_enabled peer_id duration meeting_url rtmp reason
beam.recording.success: Q M DIM SS CH beam_id peer_id created_at duration started_at stopped_at recording_id recording_path recording_presigned_url meeting_url rtmp size location
beam.failure: Q M DIM SS beam_id job_id recording_enabled peer_id error_code error_message error_type duration meeting_url rtmp
hls.started.success: Q M DIM SS beam_id job_id peer_id recording_single_file_per_layer_enabled recording_vod_playlist_enabled meeting_url start_delay url started_at
hls.stopped.success: Q M DIM SS beam_id job_id peer_id recording_single_file_per_layer_enabled recording_vod_playlist_enabled meeting_url url started_at duration stopped_at reason live_transcription_enabled
hls.recording.success: Q M DIM SS CH beam_id duration hls_vod_recording_path hls_vod_recording_presigned_url hls_vod_recording_size meeting_url recording_id recording_single_files recording_thumbnails recording_created_at started_at stopped_at recording_hls_vod_playlist_location
hls.failure: Q M DIM SS beam_id job_id peer_id recording_single_file_per_layer_enabled recording_vod_playlist_enabled meeting_url duration error_code error_message error_type
transcription.started.success: account_id app_id recording_id room_id RN session_id M transcription_id duration ASSETS
transcription.success: account_id app_id recording_id room_id RN session_id M transcription_id duration ASSETS FILES
transcription.failure: account_id app_id recording_id room_id RN session_id M transcription_id duration ASSETS
ingest.start.success: account_id app_id ingest_id room_id stream_id template_id started_at
ingest.end.success: account_id app_id ingest_id room_id stream_id template_id started_at completed_at duration last_disconnected_at reason
ingest.start.failure: account_id app_id room_id template_id error_message
ingest.failure: account_id app_id room_id template_id error_message ingest_id
"""  # noqa: E501 - one kind of event is one line, as in the reference
MEMBERS = {
    kind: {member for word in listed.split() for member in SHORT.get(word, word).split()}
    for kind, listed in (line.split(": ") for line in LISTED.strip().splitlines())
}
EVERYTHING = {
    "enabled": True,
    "output_modes": ["txt", "srt", "json"],
    "summary": {"enabled": True},
}


@pytest.fixture
def room(world):
    room = world.add_room("standup", recording_info={"enabled": True})
    room.template.roles["stage"]["maxPeerCount"] = 1
    room.template.recordings = [
        {
            "name": "all",
            "role": "host",
            "trackRecording": {"enabled": True},
            "streamRecording": {"enabled": True},
        }
    ]
    return room


def a_meeting(world, room) -> None:
    hana, gus = room.join("Hana", "host"), room.join("Gus")
    room.change(gus, role="stage", by=hana.id)
    ivy = room.join("Ivy")
    for refused in (
        lambda: room.join("Max", "pope"),
        lambda: room.change(ivy, role="stage", by=hana.id),
    ):
        with pytest.raises(ApiError):
            refused()
    world.advance(60)
    room.leave(ivy)
    with pytest.raises(ApiError):
        room.leave(ivy)
    room.end(by="Hana", reason="over")
    with pytest.raises(ApiError):
        room.end(by="Hana")


def a_recording_and_a_stream(api, world, room) -> None:
    room.join("Gus")
    api.post(f"/recordings/room/{room.id}/start", transcription=EVERYTHING)
    kept = {"hls_vod": True, "single_file_per_layer": True}
    api.post(f"/live-streams/room/{room.id}/start", recording=kept)
    world.advance(60)
    api.post(f"/recordings/room/{room.id}/stop")
    api.post(f"/live-streams/room/{room.id}/stop")
    world.advance(600)


def what_breaks(api, world, room) -> None:
    room.upload_error = "UPLOAD_ERROR"
    api.post(f"/recordings/room/{room.id}/start", transcription=EVERYTHING)
    world.advance(60)
    api.post(f"/recordings/room/{room.id}/stop")
    world.advance(600)
    for family in ("recordings", "live-streams"):
        api.post(f"/{family}/room/{room.id}/start")
    world.advance(60)
    for beam in room.beams:
        if beam.live:
            beam.fail("INTERNAL_ERROR")
    room.end()


def a_broadcast(api, world, room) -> None:
    with pytest.raises(ApiError):
        ingest.connect(room, "no key")
    key = api.post(f"/stream-keys/room/{room.id}")["key"]
    ingest.connect(room, key).end()
    world.advance(600)
    ingest.connect(room, key).fail()


async def test_every_kind_is_delivered_with_the_members_of_the_reference(api, world, room, receiver):
    a_meeting(world, room)
    a_recording_and_a_stream(api, world, room)
    what_breaks(api, world, room)
    a_broadcast(api, world, room)
    heard = await receiver.gets()
    members = {event["type"]: set(event["data"]) for event in heard}
    assert members == MEMBERS
    assert len(MEMBERS) == 32


def test_the_kinds_that_are_delivered_are_those_of_the_reference():
    assert {kind.value for kind in EventType if kind.is_webhook} == set(MEMBERS)


async def test_the_envelope_names_account_and_app_and_counts_whole_seconds(world, room, receiver):
    room.join("Gus")
    opened, *_ = await receiver.gets()
    assert set(opened) == {"version", "id", "account_id", "app_id", "timestamp", "type", "data"}
    assert re.fullmatch(r"[0-9a-f-]{36}", opened["id"])
    assert (opened["version"], opened["timestamp"]) == ("2.0", "2026-03-02T09:00:00Z")


async def test_only_the_old_recordings_speak_the_first_version(world, room, receiver):
    room.join("Gus")
    room.end()
    heard = await receiver.gets()
    assert {event["type"] for event in heard if event["version"] == "1.0"} == {"recording.success"}


async def test_a_role_given_over_the_api_was_asked_for_by_nobody(api, room, receiver):
    gus = room.join("Gus")
    await receiver.hears()
    api.post(f"/active-rooms/{room.id}/peers/{gus.id}", role="stage")
    (changed,) = [event for event in await receiver.gets() if event["type"].startswith("role.")]
    assert "role_change_requested_by" not in changed["data"]
    assert (changed["data"]["previous_role"], changed["data"]["role"]) == ("guest", "stage")


async def test_a_removal_says_why(api, room, receiver):
    gus = room.join("Gus")
    await receiver.hears()
    api.post(f"/active-rooms/{room.id}/remove-peers", peer_id=gus.id, reason="spam")
    left = next(event["data"] for event in await receiver.gets() if event["type"] == "peer.leave.success")
    assert (left["reason"], left["message"], left["user_name"]) == ("peer kicked", "spam", "Gus")


async def test_an_end_says_whether_it_came_from_the_app_or_the_api(api, room, receiver):
    for end, source, name in (
        (lambda: room.end(by="Hana"), "peer", "Hana"),
        (lambda: api.post(f"/active-rooms/{room.id}/end-room"), "api", ""),
    ):
        room.join("Hana", "host")
        end()
        (ended,) = [event for event in await receiver.gets() if event["type"] == "room.end.success"]
        assert (ended["data"]["source"], ended["data"]["user_name"]) == (source, name)


async def test_recorders_come_and_go_unreported(api, world, room, receiver):
    room.join("Gus")
    await receiver.hears()
    api.post(f"/recordings/room/{room.id}/start")
    assert await receiver.hears(after=5) == ["beam.started.success"]
    assert len(room.peers) == 2


@pytest.mark.parametrize("asset", ["track", "stream", "room-composite-legacy"])
def test_what_records_itself_leaves_files(api, world, room, asset):
    room.join("Gus")
    world.advance(60)
    room.end()
    found = api.get("/recording-assets", type=asset)["data"]
    assert {each["status"] for each in found} == {"completed"}
    assert {each["duration"] for each in found} == {60}
    assert all(each["path"].endswith((".webm", ".mp4")) for each in found)


def test_what_cannot_be_uploaded_is_shown_as_failed(api, world, room):
    room.upload_error = "UPLOAD_ERROR"
    room.join("Gus")
    api.post(f"/recordings/room/{room.id}/start", transcription=EVERYTHING)
    world.advance(60)
    room.end(reason="over")
    world.advance(600)
    failed = {each["type"] for each in api.get("/recording-assets", status="failed")["data"]}
    assert failed == {"track", "stream", "transcript", "summary"}


def test_a_stop_while_starting_reports_a_failure_and_no_stop(api, world, room):
    room.join("Gus")
    api.post(f"/recordings/room/{room.id}/start")
    api.post(f"/recordings/room/{room.id}/stop")
    world.advance(5)
    (failed,) = [event for event in world.journal.events if event.type.startswith("beam.")]
    assert (failed.type, failed.data["error_type"]) == ("beam.failure", "BEAM_STOPPED")


def test_a_studio_broadcasts_with_a_key_until_it_hangs_up_and_the_stream_outlives_it(api, world, room):
    key = api.post(f"/stream-keys/room/{room.id}")["key"]
    broadcast = ingest.connect(room, key)
    with pytest.raises(ApiError):
        ingest.connect(room, key)
    world.advance(60)
    broadcast.end()
    assert broadcast.stream.live
    world.advance(600)
    assert broadcast.stream.reason == "last peer left"
