"""How well somebody was seen and heard: made-up figures, the same in every run."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sandbox.hms import choices
from sandbox.hms.state.peer import Peer, Track
from sandbox.hms.state.room.session import Session
from sandbox.hms.wire import Answer

# What each kind of series lies between.
_BOUNDS: Mapping[str, tuple[int, int]] = {
    "bitrate": (24, 900),
    "fps": (20, 30),
    "packet_loss_percent": (0, 3),
    "rtt_ms": (20, 120),
    "jitter_ms": (1, 20),
    "freeze_count": (0, 2),
    "concealed_samples": (0, 400),
}
_SENT = {
    "video": ("bitrate", "fps", "packet_loss_percent", "rtt_ms"),
    "audio": ("bitrate", "packet_loss_percent", "rtt_ms", "jitter_ms"),
}
_RECEIVED = {
    "video": ("bitrate", "fps", "freeze_count"),
    "audio": ("bitrate", "concealed_samples", "packet_loss_percent"),
}


def shown(session: Session, peer: Peer, sizes: Mapping[str, Sequence[str]]) -> Answer:
    """Show what one sent, a picture once for each of its sizes, and what reached them of everybody else."""
    others = [each for each in session.peers.values() if each is not peer]
    return {
        "peer_id": peer.id,
        "session_id": session.id,
        "room_id": session.room_id,
        "publisher": {
            "video": [
                _sent(peer, track) | {"type": track.source, "rid": size}
                for track in _tracks([peer], "video")
                for size in sizes.get(track.source) or (None,)
            ],
            "audio": [_sent(peer, track) for track in _tracks([peer], "audio")],
        },
        "subscriber": {
            kind: [_received(peer, track) for track in _tracks(others, kind)] for kind in ("video", "audio")
        },
    }


def _tracks(peers: Iterable[Peer], kind: str) -> list[Track]:
    return [track for peer in peers for track in peer.tracks.values() if track.type == kind]


def _sent(peer: Peer, track: Track) -> Answer:
    return {"track_id": track.id, "time_series": _series(peer, track, _SENT[track.type])}


def _received(peer: Peer, track: Track) -> Answer:
    picture: Answer = {"type": track.source} if track.type == "video" else {}
    return {"track_id": track.id, **picture, "time_series": _series(peer, track, _RECEIVED[track.type])}


def _series(peer: Peer, track: Track, names: tuple[str, ...]) -> Answer:
    moments = _moments(peer, track)
    series: Answer = {"timestamps": [int(moment.timestamp() * 1000) for moment in moments]}
    return series | {name: [_figure(track, name, place) for place in range(len(moments))] for name in names}


def _moments(peer: Peer, track: Track) -> list[datetime]:
    """Look every half minute while both were there."""
    begin, until = max(peer.joined_at, track.started_at), peer.left_at or peer.joined_at
    count = min(int((until - begin) / choices.SAMPLE_EVERY), choices.MOST_SAMPLES)
    return [begin + choices.SAMPLE_EVERY * place for place in range(1, count + 1)]


def _figure(track: Track, name: str, place: int) -> int:
    low, high = _BOUNDS[name]
    digest = hashlib.sha256(f"{track.id} {name} {place}".encode()).digest()
    return low + digest[0] % (high - low + 1)
