"""What the page needs to know of the live rooms; the emulated 100ms fits, and nothing here imports it."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from typing import Protocol


class Track(Protocol):
    """A microphone, camera or screen."""

    @property
    def mute(self) -> bool:
        """Whether nothing comes through."""


class Peer(Protocol):
    """Somebody in a room."""

    @property
    def id(self) -> str:
        """What they are addressed by."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def role(self) -> str:
        """What they may do."""

    @property
    def user_id(self) -> str:
        """Who they say they are, also when they come back."""

    @property
    def joined_as(self) -> str:
        """The role with which they come in."""

    @property
    def is_lost(self) -> bool:
        """Whether their line is gone while they are still listed."""

    @property
    def hand(self) -> bool:
        """Whether their hand is up."""

    @property
    def metadata(self) -> str:
        """What their app notes about them, mostly JSON."""

    def track(self, kind: str) -> Track | None:
        """Find their ``audio``, ``video`` or ``screen``."""


class Order(Protocol):
    """What a job was told to do."""

    @property
    def kind(self) -> str:
        """``recording``, ``live_stream`` or ``external_stream``."""


class Beam(Protocol):
    """A recording or a stream."""

    @property
    def order(self) -> Order:
        """What it was told to do."""

    @property
    def live(self) -> bool:
        """Whether it runs or is about to."""

    @property
    def paused(self) -> bool:
        """Whether nothing is kept for now."""


class Message(Protocol):
    """Something said into a room over the API."""

    @property
    def text(self) -> str:
        """What was said."""

    @property
    def whom(self) -> str:
        """A person's name, a role, or everybody."""


class Template(Protocol):
    """The roles a room knows."""

    @property
    def roles(self) -> Mapping[str, object]:
        """Them, by name."""

    def publishes(self, role: str) -> tuple[str, ...]:
        """Tell what a role may send: audio, video, screen."""


class Option(Protocol):
    """One of the answers to choose from."""

    @property
    def index(self) -> int:
        """Its number."""

    @property
    def text(self) -> str:
        """What it says."""


class Question(Protocol):
    """One question of a poll."""

    @property
    def index(self) -> int:
        """Its number."""

    @property
    def text(self) -> str:
        """What is asked."""

    @property
    def by_choice(self) -> bool:
        """Whether it is answered by a number and not by a word."""

    @property
    def options(self) -> Iterable[Option]:
        """What there is to choose from."""


class Poll(Protocol):
    """Something people in a room are asked."""

    @property
    def id(self) -> str:
        """What it is addressed by."""

    @property
    def title(self) -> str:
        """What it is about."""

    @property
    def questions(self) -> Iterable[Question]:
        """What is asked."""


class Polls(Protocol):
    """Every poll."""

    def linked(self, poll_ids: Iterable[str], /) -> Iterable[Poll]:
        """Find those of a room."""


class Room(Protocol):
    """A room, live or not."""

    @property
    def id(self) -> str:
        """What it is addressed by."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def enabled(self) -> bool:
        """Whether anybody may come in."""

    @property
    def session(self) -> object | None:
        """What runs in it now."""

    @property
    def template(self) -> Template:
        """Its roles."""

    @property
    def people(self) -> Iterable[Peer]:
        """Who is in it now."""

    @property
    def polls(self) -> Iterable[str]:
        """The ids of what is asked in it."""

    @property
    def beams(self) -> Iterable[Beam]:
        """Every recording and stream it ever had."""

    @property
    def messages(self) -> Iterable[Message]:
        """Everything said into it over the API."""


class Rooms(Protocol):
    """All rooms, and news of them."""

    @property
    def rooms(self) -> Mapping[str, Room]:
        """Every room by its id."""

    @property
    def polls(self) -> Polls:
        """What people are asked in them."""

    def subscribe(self) -> asyncio.Queue[int]:
        """Wait for changes."""

    def unsubscribe(self, listener: asyncio.Queue[int], /) -> None:
        """Stop waiting for changes."""


def with_hand(metadata: str, *, up: bool) -> str:
    """Write metadata in which the hand is up or down and all else is as it was."""
    try:
        noted = json.loads(metadata or "{}")
    except ValueError:  # metadata is any text; what is not JSON cannot hold a hand
        noted = {}
    return json.dumps({**(noted if isinstance(noted, dict) else {}), "isHandRaised": up})
