"""A reply dressed for a place: title, facts, state, rows and buttons with their opaque values."""

from dataclasses import dataclass
from typing import Any

from bot.reply.reply import Reply, ShownButton
from bot.reply.values import Term


@dataclass(frozen=True)
class Place:
    """Where something is said: a channel, or one person's direct messages (``D…``, or their own id)."""

    channel: str
    thread: str = ""

    @property
    def person(self) -> bool:
        """Whether it is somebody (``U…``, in a Grid ``W…``) and no conversation yet."""
        return self.channel.startswith(("U", "W"))

    @property
    def direct(self) -> bool:
        """Whether only one person reads it."""
        return self.person or self.channel.startswith("D")


@dataclass(frozen=True)
class ShownRow:
    """A row as it is shown."""

    said: Reply
    buttons: tuple[ShownButton, ...] = ()
    menu: bool = False


@dataclass(frozen=True)
class Message:
    """What a door shows. ``title``, ``facts`` and ``state`` make a card of it.

    ``facts`` are pairs of a label and a value. ``replace`` edits the private message it answers in place.
    ``rows`` stand below what is said, above its ``buttons``.
    ``public`` lets the channel read an answer (``--here``). ``failed`` says that what was asked was not done.
    """

    reply: Reply
    title: Reply | None = None
    facts: tuple[tuple[Term, Any], ...] = ()
    state: Reply | None = None
    buttons: tuple[ShownButton, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    replace: bool = False
    public: bool = False
    failed: bool = False
