"""What a look at 100ms tells, in the words of its webhooks: the same names, the same facts.

Whoever records is nobody to tell of. A look cannot know why somebody left, who ended a session, what role
somebody had before, or what was refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.hms import Recording, RecordingAsset, Session
from bot.hms.sessions import SessionPeer
from bot.store import JSON
from bot.work.arrivals import Arrival, Source

OPEN, CLOSE = "session.open.success", "session.close.success"
STARTED, STOPPED, FAILED = "beam.started.success", "beam.stopped.success", "beam.failure"
WHOLE = "completed"
OVER = frozenset({"stopping", "post_processing", WHOLE})
WRITTEN = frozenset({"transcript", "summary"})


def of_session(session: Session) -> Iterator[Arrival]:
    """Its begin, who came and went, and its end."""
    begun = {
        "room_id": session.room_id,
        "session_id": session.id,
        "session_started_at": _stamp(session.created_at),
    }
    end = None if session.active else session.updated_at
    yield _event(OPEN, session.created_at, begun)
    for peer in (one for one in session.peers.values() if not one.is_recorder):
        came = begun | _person(peer)
        left = peer.left_at or end
        yield _event("peer.join.success", peer.joined_at, came)
        if left:
            gone = {"left_at": _stamp(left), "duration": _seconds(peer.joined_at, left)}
            yield _event("peer.leave.success", left, came | gone)
    if end:
        lasted = {"session_stopped_at": _stamp(end), "session_duration": _seconds(session.created_at, end)}
        yield _event(CLOSE, end, begun | lasted)


def of_recording(recording: Recording) -> Iterator[Arrival]:
    """Its begin, and its end or what it broke of."""
    job = {
        "room_id": recording.room_id,
        "session_id": recording.session_id,
        "beam_id": recording.id,
        "job_id": recording.id,
        "started_at": _stamp(recording.started_at),
    }
    if recording.started_at:
        yield _event(STARTED, recording.started_at, job)
    over = recording.stopped_at or recording.updated_at
    if recording.status in OVER:
        lasted = {"stopped_at": _stamp(over), "duration": _seconds(recording.started_at, over)}
        yield _event(STOPPED, over, job | lasted)
    elif recording.status == "failed":
        yield _event(FAILED, over, job)


def of_assets(assets: Iterable[RecordingAsset]) -> Iterator[Arrival]:
    """The files that are whole: one event for a film, one for all that was written down of it."""
    of_jobs = sorted((one for one in assets if one.job_id), key=lambda one: one.job_id)
    for _, of_job in groupby(of_jobs, key=lambda one: one.job_id):
        yield from _of_job(list(of_job))


def _of_job(assets: Sequence[RecordingAsset]) -> Iterator[Arrival]:
    films = [one for one in assets if _is_film(one)]
    for film in films:
        yield _event("beam.recording.success", film.created_at, _file(film))
    written = [one for one in assets if one.type in WRITTEN]
    if films and written and all(one.status == WHOLE for one in written):
        yield _event("transcription.success", written[-1].created_at, _texts(films[0], written))


def _is_film(asset: RecordingAsset) -> bool:
    """Whether it is what a recording films; the layers of a live stream are files of another event."""
    return asset.type == "room-composite" and asset.status == WHOLE and "layer" not in asset.metadata


def _file(film: RecordingAsset) -> dict[str, JSON]:
    return {
        "room_id": film.room_id,
        "session_id": film.session_id,
        "beam_id": film.job_id,
        "recording_id": film.id,
        "recording_path": film.path,
        "size": film.size,
        "duration": film.duration,
        "created_at": _stamp(film.created_at),
    }


def _texts(film: RecordingAsset, written: Sequence[RecordingAsset]) -> dict[str, JSON]:
    about = {"room_id": film.room_id, "session_id": film.session_id, "recording_id": film.id}
    named = [(f"{one.type}_{one.metadata.get('output_mode', 'json')}", one) for one in written]
    return about | {
        member: value
        for name, one in named
        for member, value in ((f"{name}_asset_id", one.id), (f"{name}_path", one.path))
    }


def _person(peer: SessionPeer) -> dict[str, JSON]:
    return {
        "peer_id": peer.id,
        "user_id": peer.user_id,
        "user_name": peer.name,
        "role": peer.role,
        "joined_at": _stamp(peer.joined_at),
    }


def _event(kind: str, at: datetime | None, data: dict[str, JSON]) -> Arrival:
    said = {name: value for name, value in data.items() if value is not None}
    return Arrival("", kind, said, at, Source.LOOK).looked_up()


def _stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _seconds(begin: datetime | None, end: datetime | None) -> int:
    return int((end - begin).total_seconds()) if begin and end else 0
