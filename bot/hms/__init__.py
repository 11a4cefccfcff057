"""The 100ms client. Start at ``Hms``; what goes wrong is in ``errors``."""

from bot.hms.active_rooms import ActiveRoom, Peer, Track
from bot.hms.beam import Beam, Resolution, Transcription
from bot.hms.client import Hms
from bot.hms.errors import (
    Conflict,
    Forbidden,
    HmsError,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthorized,
    Unavailable,
    Unknown,
)
from bot.hms.external_streams import ExternalStream
from bot.hms.live_streams import LiveStream
from bot.hms.objects import Notice, Object, Page
from bot.hms.recordings import Recording
from bot.hms.resource import Transport
from bot.hms.rooms import Room
from bot.hms.sessions import Session
from bot.hms.templates import Role, Template

__all__ = [
    "ActiveRoom",
    "Beam",
    "Conflict",
    "ExternalStream",
    "Forbidden",
    "Hms",
    "HmsError",
    "Invalid",
    "LiveStream",
    "NotFound",
    "Notice",
    "Object",
    "Page",
    "Peer",
    "Recording",
    "Resolution",
    "Role",
    "Room",
    "Session",
    "Template",
    "TooManyRequests",
    "Track",
    "Transcription",
    "Transport",
    "Unauthorized",
    "Unavailable",
    "Unknown",
]
