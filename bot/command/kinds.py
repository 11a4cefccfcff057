"""The kinds of argument a command may state: rooms, people, reasons, lengths of time, moments.

A reference begins as ``words`` somebody typed and is pinned to an id or an instant before the command is
held or run. ``exact`` reads back as the same thing; ``shown`` is what people call it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, model_validator

from bot.reply import Mention


class Positional:
    """Marks an optional field that stands among the words: ``mute Gus 10m``."""


class Rest:
    """Marks a text that takes everything behind it, options too: what follows is a line of its own."""


@dataclass(frozen=True)
class Option:
    """What a field is called in a line, where Python's name would read badly: ``Option("in")``."""

    word: str


@dataclass(frozen=True)
class Or:
    """Marks a field that stands among the words unless this other one is given: ``Or("role")``.

    One of the two is needed, and only one may be given.
    """

    field: str


class Sentence:
    """Marks a text of several words: as an option it runs up to the next option."""


class Reference(BaseModel):
    """Something named by words until it is pinned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_words(cls, value: Any) -> Any:
        held = {"words": value} if isinstance(value, str) else value
        if not isinstance(held, dict) or held.get("holds_text"):
            return held
        return held | {"words": " ".join(str(held.get("words", "")).split())}


class RoomRef(Reference):
    """A room; without words it is the one of the place where it was asked."""

    id: str = ""
    name: str = ""

    @property
    def exact(self) -> str:
        """What names this room and no other."""
        return self.id or self.words

    @property
    def shown(self) -> str:
        """What people call it."""
        return self.name or self.exact

    def said(self) -> str:
        """How a reply shows the room."""
        return self.shown


class PersonRef(Reference):
    """Somebody in a room: a name, ``user:<id>``, ``peer:<id>``, ``#3`` or a linked ``@person``.

    ``holds_text`` says that the words also hold the free text behind the name: only who is in the room
    tells where the one ends and the other begins, and ``pin`` asks.
    """

    holds_text: bool = False
    peer_id: str = ""
    user_id: str = ""
    name: str = ""
    role: str = ""

    @property
    def key(self) -> str:
        """What stays the same over a reconnect: the user id, else the peer id."""
        return self.user_id or self.peer_id

    @property
    def exact(self) -> str:
        """What names this person and nobody else."""
        if not self.key:
            return self.words
        return f"user:{self.user_id}" if self.user_id else f"peer:{self.peer_id}"

    @property
    def shown(self) -> str:
        """What people call them."""
        return self.name or self.exact

    def said(self) -> str:
        """How a reply shows this person."""
        return self.shown


class UserRef(BaseModel):
    """Somebody of the Slack workspace."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str

    def said(self) -> Mention:
        """How a reply shows them."""
        return Mention(self.id, self.id)


class Time(Reference):
    """A moment: ``18:30``, ``tomorrow 09:00``, ``in 10m`` or ISO, in the zone of where it was asked."""

    at: AwareDatetime | None = None

    @property
    def exact(self) -> str:
        """What names this moment wherever it is read."""
        return self.at.isoformat() if self.at else self.words

    @property
    def shown(self) -> str:
        """The same: a moment has no other name."""
        return self.exact

    def said(self) -> datetime | str:
        """How a reply shows it: in the reader's zone once it is pinned."""
        return self.at or self.words


Reason = Annotated[str, Sentence]
Duration = timedelta

_POINTED = re.compile(r"(?:user|peer):\S.*|#\d{1,6}|<@\w+>")


def pointed(words: str) -> bool:
    """Whether the words name one person by themselves, so that what follows is something else."""
    return bool(_POINTED.fullmatch(words))
