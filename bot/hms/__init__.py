"""The 100ms client. Start at ``Hms``; what goes wrong is in ``errors``."""

from bot.hms.active_rooms import ActiveRoom, ConnectedPeers, Peer, Track
from bot.hms.beam import Beam, Resolution, Transcription
from bot.hms.client import Account, Elsewhere, Hms
from bot.hms.connection import one_look
from bot.hms.destinations import Destinations, RecordingConfig
from bot.hms.errors import (
    Conflict,
    Forbidden,
    HmsError,
    Illegible,
    Invalid,
    NotFound,
    Rejected,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    Unknown,
    Unsettled,
)
from bot.hms.event import Delivery, EventData, ReportedEvent
from bot.hms.external_streams import ExternalStream
from bot.hms.live_streams import LiveStream, StreamRecording
from bot.hms.objects import Notice, Object, Page
from bot.hms.paging import first_of
from bot.hms.peer_stats import PeerStats
from bot.hms.poll import Poll, PollOption, PollResponse, PollResult, PollSession, Question, RightAnswer
from bot.hms.recording_assets import PresignedUrl, RecordingAsset
from bot.hms.recordings import Recording, RecordingParameters
from bot.hms.replay import Replay
from bot.hms.resource import missed
from bot.hms.role import Role
from bot.hms.room_codes import AuthToken, RoomCode
from bot.hms.rooms import Room
from bot.hms.sessions import Session, SessionPeer
from bot.hms.sip import Trunk
from bot.hms.stream_keys import StreamKey
from bot.hms.template import Template, TemplateSettings
from bot.hms.wire import Transport

__all__ = [
    "Account",
    "ActiveRoom",
    "AuthToken",
    "Beam",
    "Conflict",
    "ConnectedPeers",
    "Delivery",
    "Destinations",
    "Elsewhere",
    "EventData",
    "ExternalStream",
    "Forbidden",
    "Hms",
    "HmsError",
    "Illegible",
    "Invalid",
    "LiveStream",
    "NotFound",
    "Notice",
    "Object",
    "Page",
    "Peer",
    "PeerStats",
    "Poll",
    "PollOption",
    "PollResponse",
    "PollResult",
    "PollSession",
    "PresignedUrl",
    "Question",
    "Recording",
    "RecordingAsset",
    "RecordingConfig",
    "RecordingParameters",
    "Rejected",
    "Replay",
    "ReportedEvent",
    "Resolution",
    "RightAnswer",
    "Role",
    "Room",
    "RoomCode",
    "Session",
    "SessionPeer",
    "StreamKey",
    "StreamRecording",
    "Template",
    "TemplateSettings",
    "TooManyRequests",
    "Track",
    "Transcription",
    "Transport",
    "Trunk",
    "Unauthorized",
    "Unavailable",
    "Unknown",
    "Unsettled",
    "first_of",
    "missed",
    "one_look",
]
