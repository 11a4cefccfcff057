"""What words name: rooms, people and polls; a reference that one kind alone knows lives with its kind.

A reference begins as ``words`` somebody typed and is pinned to an id or an instant before the command is
held or run. ``exact`` reads back as the same thing; ``shown`` is what people call it.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from bot.reply import Name
from bot.text import visible


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
        """What people call it; a name that shows nothing is none."""
        return self.name if visible(self.name) else self.exact

    def said(self) -> str:
        """How a reply shows the room."""
        return self.shown


class PersonRef(Reference):
    """Somebody in a room: a name, ``user:<id>``, ``peer:<id>``, ``#3`` or a linked ``@person``.

    ``holds_text`` says that the words also hold the free text behind the name: only who is in the room
    tells where the one ends and the other begins, and ``pin`` asks. ``shared`` says that others claim the
    same user id, so that it names nobody.
    """

    holds_text: bool = False
    peer_id: str = ""
    user_id: str = ""
    name: str = ""
    role: str = ""
    shared: bool = False

    @property
    def key(self) -> str:
        """What stays the same over a reconnect: the user id, else the peer id."""
        return self.peer_id if self.shared else self.user_id or self.peer_id

    @property
    def exact(self) -> str:
        """What names this person and nobody else."""
        if not self.key:
            return self.words
        return f"user:{self.user_id}" if self.key == self.user_id else f"peer:{self.peer_id}"

    @property
    def shown(self) -> str:
        """What people call them; a name, or an id that they claim, which shows nothing is none."""
        if visible(self.name) or not self.key:
            return self.name or self.exact
        return self.exact if visible(self.user_id) or not self.user_id else f"peer:{self.peer_id}"

    def said(self) -> Name:
        """How a reply shows this person."""
        return Name(self.shown)


class PollRef(Reference):
    """A poll, by its title among those of the room, or by its id; without words it is the newest there."""

    id: str = ""
    title: str = ""

    @property
    def exact(self) -> str:
        """What names this poll and no other."""
        return self.id or self.words

    @property
    def shown(self) -> str:
        """What people call it; a title that shows nothing is none."""
        return self.title if visible(self.title) else self.exact

    def said(self) -> Name:
        """How a reply shows the poll: its title is whatever somebody wrote."""
        return Name(self.shown)
