"""What 100ms documents is read and written back without losing a member."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.hms.active_rooms import ActiveRoom, ConnectedPeers, Peer
from bot.hms.destinations import Destinations
from bot.hms.event import DeliveryPage, EventPage, ReportedEvent
from bot.hms.external_streams import ExternalStream
from bot.hms.legacy_v1 import LegacyRoom
from bot.hms.live_streams import LiveStream
from bot.hms.objects import Notice, Object, Page, Refusal, plain
from bot.hms.peer_stats import PeerStats
from bot.hms.poll import (
    Poll,
    PollOption,
    PollResponse,
    PollResult,
    PollSession,
    Question,
    ResponsePage,
    ResultPage,
)
from bot.hms.recording_assets import PresignedUrl, RecordingAsset
from bot.hms.recordings import Recording, RecordingParameters
from bot.hms.replay import Replay
from bot.hms.role import Role
from bot.hms.room_codes import AuthToken, RoomCode
from bot.hms.rooms import Room
from bot.hms.sessions import Session
from bot.hms.sip import SipId, Trunk
from bot.hms.stream_keys import StreamKey
from bot.hms.template import Template, TemplateSettings
from bot.hms.templates import RecordingConfigs
from tests.bot.hms.sameness import normal

MODELS = (
    *(ActiveRoom, AuthToken, ConnectedPeers, DeliveryPage, Destinations, EventPage, ExternalStream),
    *(LegacyRoom, LiveStream, Notice, Object, Page[Room], Page[RoomCode], Page[StreamKey], Peer, PeerStats),
    *(Poll, PollOption, PollResponse, PollResult, PresignedUrl, Question, Recording, RecordingAsset),
    *(RecordingConfigs, RecordingParameters, Refusal, Replay, ReportedEvent),
    *(ResponsePage[PollResponse], ResponsePage[PollSession], ResultPage),
    *(Role, Room, Session, SipId, StreamKey, Template, TemplateSettings, Trunk),
)
DOCUMENTED = json.loads(Path(__file__).with_name("samples.json").read_text())
NAMED = {"RecordingConfigs" if model is RecordingConfigs else model.__name__: model for model in MODELS}
TABLE = [(NAMED[name], sample) for name, samples in DOCUMENTED.items() for sample in samples]


@pytest.mark.parametrize(("model", "sample"), TABLE)
def test_a_documented_sample_comes_back_whole(model: Any, sample: Any) -> None:
    read = model.model_validate_json(json.dumps(sample))
    assert normal(plain(read.root if model is RecordingConfigs else read)) == normal(sample)


def test_every_object_of_the_table_has_a_sample() -> None:
    assert set(DOCUMENTED) == set(NAMED)


@pytest.mark.parametrize(("model", "sample"), TABLE)
def test_no_secret_of_a_sample_shows(model: Any, sample: Any) -> None:
    read = model.model_validate(sample)
    shown = repr(read) + str(read) + read.model_dump_json()
    secrets = [value for value in leaves(sample) if "S-" in value or "K-1" in value or "rtmp://" in value]
    assert [secret for secret in secrets if secret in shown] == []


def leaves(value: Any) -> list[str]:
    """Every text in a sample."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [leaf for member in inside for leaf in leaves(member)]
    return [value] if isinstance(value, str) else []
