"""A reply dressed for a place: title, state, rows and buttons with their opaque values."""

from dataclasses import dataclass

from bot.reply.reply import Reply, ShownButton


@dataclass(frozen=True)
class Place:
    """Where something is said: a channel, or one person's direct messages (``D…``, or their own id).

    ``under`` is the key of the post in whose thread it stands, wherever that will be.
    """

    channel: str
    thread: str = ""
    under: str = ""

    @property
    def person(self) -> bool:
        """Whether it is somebody (``U…``, in a Grid ``W…``) and no conversation yet."""
        return self.channel.startswith(("U", "W"))

    @property
    def direct(self) -> bool:
        """Whether only one person reads it."""
        return self.person or self.channel.startswith("D")

    def below(self, key: str) -> "Place":
        """Where details of what is posted here by this ``key`` stand: threads have none of their own."""
        return self if self.thread or self.under else Place(self.channel, under=f"{key}:{self.channel}")


@dataclass(frozen=True)
class ShownRow:
    """A row as it is shown."""

    said: Reply
    buttons: tuple[ShownButton, ...] = ()
    menu: bool = False


@dataclass(frozen=True)
class Message:
    """What a door shows. ``title`` and ``state`` make a card of it.

    ``replace`` edits the private message it answers in place, ``gone`` takes that away: it stands elsewhere.
    ``rows`` stand below what is said, above its ``buttons``.
    ``public`` lets the channel read an answer (``--here``). ``failed`` says that what was asked was not done.
    ``fleeting`` holds what lets somebody in: it may stand in nobody's messages, also not in their own.
    """

    reply: Reply
    title: Reply | None = None
    state: Reply | None = None
    buttons: tuple[ShownButton, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    replace: bool = False
    gone: bool = False
    public: bool = False
    failed: bool = False
    fleeting: bool = False
