"""What records and streams, and the files it leaves."""

from datetime import timedelta

from bot.hms import Conflict, Forbidden, Invalid, NotFound
from tests.bot.hms.each_operation.row import UNKNOWN, Act, Read, ids
from tests.bot.hms.each_operation.stage import PLATFORM

RECORDINGS = {
    "recordings.start_for_room": Act(
        works=lambda hms, stage: hms.recordings.start_for_room(stage.standup.id),
        state=lambda stage: stage.standup.beams[-1].status,
        leaves="starting",
        refused=lambda hms, stage: hms.recordings.start_for_room(stage.studio.id),
        error=Conflict,
    ),
    "recordings.stop_for_room": Act(
        works=lambda hms, stage: hms.recordings.stop_for_room(stage.studio.id),
        state=lambda stage: (stage.recording.status, stage.recording.reason),
        leaves=("stopping", "client request"),
        refused=lambda hms, _: hms.recordings.stop_for_room(UNKNOWN),
        error=Forbidden,
    ),
    "recordings.stop": Act(
        works=lambda hms, stage: hms.recordings.stop(stage.recording.id),
        state=lambda stage: stage.recording.status,
        leaves="stopping",
        refused=lambda hms, stage: hms.recordings.stop(stage.film.id),  # it is over
        error=NotFound,
    ),
    "recordings.get": Read(
        works=lambda hms, stage: hms.recordings.get(stage.film.id),
        tells=lambda film, stage: ids(film.recording_assets) == ids(stage.world.assets),
        refused=lambda hms, _: hms.recordings.get(UNKNOWN),
        error=NotFound,
    ),
    "recordings.list": Read(
        works=lambda hms, _: hms.recordings.list(status="completed"),
        tells=lambda page, stage: ids(page.data) == [stage.film.id],
        refused=lambda hms, _: hms.recordings.list(status="paused"),
        error=Invalid,
    ),
    "recordings.get_config": Read(
        works=lambda hms, stage: hms.recordings.get_config(stage.recording.id),
        tells=lambda config, _: (config.resolution.width, config.audio_only) == (1280, False),
        refused=lambda hms, _: hms.recordings.get_config(UNKNOWN),
        error=NotFound,
    ),
    "recordings.pause_for_room": Act(
        works=lambda hms, stage: hms.recordings.pause_for_room(stage.studio.id),
        state=lambda stage: (stage.recording.status, stage.recording.paused),
        leaves=("running", True),
        refused=lambda hms, stage: hms.recordings.pause_for_room(stage.quiet.id),
        error=NotFound,
    ),
    "recordings.resume_for_room": Act(
        first=lambda hms, stage: hms.recordings.pause_for_room(stage.studio.id),
        works=lambda hms, stage: hms.recordings.resume_for_room(stage.studio.id),
        state=lambda stage: stage.recording.paused,
        leaves=False,
        refused=lambda hms, stage: hms.recordings.resume_for_room(stage.quiet.id),
        error=NotFound,
    ),
}

FILES = {
    "recording_assets.get": Read(
        works=lambda hms, stage: hms.recording_assets.get(stage.world.assets[0].id),
        tells=lambda file, stage: (file.job_id, file.type) == (stage.film.id, "room-composite"),
        refused=lambda hms, _: hms.recording_assets.get(UNKNOWN),
        error=NotFound,
    ),
    "recording_assets.list": Read(
        works=lambda hms, stage: hms.recording_assets.list(room_id=stage.standup.id, type="chat"),
        tells=lambda page, stage: [each.job_id for each in page.data] == [stage.film.id],
        refused=lambda hms, _: hms.recording_assets.list(limit=101),
        error=Invalid,
    ),
    "recording_assets.presigned_url": Read(
        works=lambda hms, stage: hms.recording_assets.presigned_url(
            stage.world.assets[0].id, valid=timedelta(minutes=15)
        ),
        tells=lambda link, stage: (link.id, link.expiry) == (stage.world.assets[0].id, 900),
        refused=lambda hms, _: hms.recording_assets.presigned_url(UNKNOWN),
        error=NotFound,
    ),
}

LIVE = {
    "live_streams.list": Read(
        works=lambda hms, stage: hms.live_streams.list(room_id=stage.studio.id),
        tells=lambda page, stage: ids(page.data) == [stage.stream.id],
        refused=lambda hms, _: hms.live_streams.list(limit=0),
        error=Invalid,
    ),
    "live_streams.send_timed_metadata": Act(
        works=lambda hms, stage: hms.live_streams.send_timed_metadata(stage.stream.id, "quiz", duration=10),
        state=lambda stage: stage.studio.beams[1].timed_metadata,
        leaves=["quiz"],
        refused=lambda hms, stage: hms.live_streams.send_timed_metadata(
            stage.stream.id, "x" * 101, duration=10
        ),
        error=Invalid,
    ),
    "live_streams.pause_recording": Act(
        works=lambda hms, stage: hms.live_streams.pause_recording(stage.stream.id),
        state=lambda stage: (stage.studio.beams[1].status, stage.studio.beams[1].paused),
        leaves=("running", True),
        refused=lambda hms, _: hms.live_streams.pause_recording(UNKNOWN),
        error=NotFound,
    ),
    "live_streams.resume_recording": Act(
        first=lambda hms, stage: hms.live_streams.pause_recording(stage.stream.id),
        works=lambda hms, stage: hms.live_streams.resume_recording(stage.stream.id),
        state=lambda stage: stage.studio.beams[1].paused,
        leaves=False,
        refused=lambda hms, _: hms.live_streams.resume_recording(UNKNOWN),
        error=NotFound,
    ),
    "live_streams.stop_for_room": Act(
        works=lambda hms, stage: hms.live_streams.stop_for_room(stage.studio.id),
        state=lambda stage: [beam.status for beam in stage.studio.beams],
        leaves=["running", "stopping"],
        refused=lambda hms, stage: hms.live_streams.stop_for_room(stage.quiet.id),
        error=NotFound,
    ),
    "live_streams.stop": Act(
        works=lambda hms, stage: hms.live_streams.stop(stage.stream.id),
        state=lambda stage: [beam.status for beam in stage.studio.beams],
        leaves=["running", "stopping"],
        refused=lambda hms, _: hms.live_streams.stop(UNKNOWN),
        error=NotFound,
    ),
    "live_streams.get": Read(
        works=lambda hms, stage: hms.live_streams.get(stage.stream.id),
        tells=lambda stream, stage: stream.playback == stage.stream.playback,
        refused=lambda hms, _: hms.live_streams.get(UNKNOWN),
        error=NotFound,
    ),
    "live_streams.start_for_room": Act(
        works=lambda hms, stage: hms.live_streams.start_for_room(stage.tower.id),
        state=lambda stage: [beam.status for beam in stage.tower.beams],
        leaves=["running", "starting"],
        refused=lambda hms, stage: hms.live_streams.start_for_room(stage.studio.id),
        error=Conflict,
    ),
}

EXTERNAL = {
    "external_streams.start_for_room": Act(
        works=lambda hms, stage: hms.external_streams.start_for_room(stage.standup.id, [PLATFORM]),
        state=lambda stage: stage.standup.beams[-1].order.parameters.get("rtmp_urls"),
        leaves=[PLATFORM.get_secret_value()],
        refused=lambda hms, stage: hms.external_streams.start_for_room(stage.studio.id, [PLATFORM]),
        error=Conflict,  # it records
    ),
    "external_streams.stop_for_room": Act(
        works=lambda hms, stage: hms.external_streams.stop_for_room(stage.tower.id),
        state=lambda stage: stage.push.status,
        leaves="stopping",
        refused=lambda hms, stage: hms.external_streams.stop_for_room(stage.studio.id),
        error=NotFound,
    ),
    "external_streams.stop": Act(
        works=lambda hms, stage: hms.external_streams.stop(stage.push.id),
        state=lambda stage: stage.push.status,
        leaves="stopping",
        refused=lambda hms, stage: hms.external_streams.stop(stage.recording.id),
        error=NotFound,
    ),
    "external_streams.list": Read(
        works=lambda hms, _: hms.external_streams.list(status="running"),
        tells=lambda page, stage: ids(page.data) == [stage.push.id],
        refused=lambda hms, _: hms.external_streams.list(status="paused"),
        error=Invalid,
    ),
    "external_streams.get": Read(
        works=lambda hms, stage: hms.external_streams.get(stage.push.id),
        tells=lambda stream, _: stream.rtmp_urls == (PLATFORM,),
        refused=lambda hms, _: hms.external_streams.get(UNKNOWN),
        error=NotFound,
    ),
}
