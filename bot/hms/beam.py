"""What recordings, live streams and external streams share: each is a bot that joins the room."""

from datetime import timedelta
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr

from bot.hms.active_rooms import Peer
from bot.hms.objects import Number, Object, Timestamp
from bot.hms.recording_assets import RecordingAsset

STARTING = "starting"
RUNNING = frozenset({STARTING, "running"})
INSIDE = frozenset({"running", "stopping"})
PROMPTLY = timedelta(seconds=2)  # by two clocks of 100ms: one stamps who comes, one what begins


class Resolution(Object):
    """Size of the picture in pixels."""

    width: int
    height: int


class Beam(Object):
    """A job of that bot. Pausing does not change its status, and a stop takes a while to complete.

    ``started_by`` and ``stopped_by`` are peer ids, empty when it was done over this API. The meeting URL may
    carry a token that lets anybody in. Source: 100ms docs, recordings/overview.
    """

    id: str
    room_id: str = ""
    session_id: str = ""
    status: str = ""
    meeting_url: SecretStr = SecretStr("")
    destination: str = ""
    created_at: Timestamp = None
    started_at: Timestamp = None
    updated_at: Timestamp = None
    stopped_at: Timestamp = None
    started_by: str = ""
    stopped_by: str = ""
    recording_assets: tuple[RecordingAsset, ...] = ()

    @property
    def is_running(self) -> bool:
        """True from the accepted start to the accepted stop."""
        return self.status in RUNNING

    @property
    def is_starting(self) -> bool:
        """True while its bot is on its way."""
        return self.status == STARTING

    @property
    def is_inside(self) -> bool:
        """True while its bot is in the room."""
        return self.status in INSIDE

    @property
    def role(self) -> str:
        """The role in which its bot comes; empty where its address does not say."""
        match urlsplit(self.meeting_url.get_secret_value()).path.split("/"):
            case ["", "preview" | "meeting", _, role]:
                return unquote(role)
        return ""

    def may_be_done_by(self, peer: Peer) -> bool:
        """Whether somebody could be its bot: they came in its role, and between its order and its begin."""
        if not (self.created_at and self.started_at and peer.joined_at):
            return False
        came = self.created_at < peer.joined_at <= self.started_at + PROMPTLY
        return came and self.role == peer.role


class WhichBeams(TypedDict, total=False):
    """What a list of beams can be narrowed to."""

    room_id: str
    session_id: str
    status: str


class SummarySection(Object):
    """One part of a summary; ``format`` is ``bullets`` or ``paragraph``."""

    title: str
    format: str = "bullets"


class Summary(Object):
    """How a transcript is summed up; ``temperature`` 0.1 to 1.0, at most six sections."""

    enabled: bool = False
    context: str = ""
    temperature: Number = 0.5
    sections: tuple[SummarySection, ...] = ()


class Transcription(Object):
    """What is written down, and how.

    ``output_modes`` are of ``txt``, ``srt``, ``json``; ``modes`` of ``recorded``, ``live`` (live streams).
    Source: 100ms docs, recordings/start-recording-for-room.
    """

    enabled: bool = False
    modes: tuple[str, ...] = ()
    output_modes: tuple[str, ...] = ()
    custom_vocabulary: tuple[str, ...] = ()
    summary: Summary = Field(default_factory=Summary)
