"""One participant of a session, from joining to leaving."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

TrackType = Literal["audio", "video"]
Source = Literal["regular", "screen"]
PeerType = Literal["regular", "sip"]


@dataclass(eq=False, kw_only=True)
class Track:
    """What a peer sends: a microphone, a camera or a screen."""

    id: str
    stream_id: str
    type: TrackType
    source: Source
    started_at: datetime
    mute: bool = False

    @property
    def kind(self) -> str:
        """The one word people use: audio, video or screen."""
        return "screen" if self.source == "screen" else self.type


@dataclass(eq=False, kw_only=True)
class Peer:
    """Somebody in a session; who comes back is a new peer with the same ``user_id``."""

    id: str
    name: str
    role: str
    user_id: str
    joined_at: datetime
    type: PeerType = "regular"
    metadata: str = ""
    joined_as: str = ""  # the role of whoever comes back: that of their token
    is_lost: bool = False  # the line is gone, and nobody knows yet
    is_recorder: bool = False  # the bot of a job, and nobody; no answer says it
    tracks: dict[str, Track] = field(default_factory=dict, repr=False)
    left_at: datetime | None = None
    left_because: str = ""
    left_message: str = ""
    digits: list[str] = field(default_factory=list, repr=False)  # what a telephone was sent

    @property
    def hand(self) -> bool:
        """Whether the hand is up, as the apps write it into the metadata."""
        return _members(self.metadata).get("isHandRaised") is True

    def raise_hand(self, *, up: bool = True) -> None:
        """Put the hand up or down, keeping whatever else the metadata says."""
        self.metadata = json.dumps({**_members(self.metadata), "isHandRaised": up})

    def track(self, kind: str) -> Track | None:
        """Find the microphone (audio), the camera (video) or the screen."""
        return next((track for track in self.tracks.values() if track.kind == kind), None)


def _members(metadata: str) -> dict[str, object]:
    try:
        read = json.loads(metadata or "{}")
    except ValueError:  # metadata is any text; only what is JSON can say that a hand is up
        return {}
    return read if isinstance(read, dict) else {}
