"""One asking through its life: where it was asked, where it stands, and everything known about it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.people import Actor, Yes
from bot.reply import Button, Invocation, Mention, Place, Reply, Stakes, Term
from bot.request.facts import Decider


class State(StrEnum):
    """Where a request is; the last eight are final."""

    ASKED = "asked"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    DENIED = "denied"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    MOOT = "moot"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def final(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self not in {State.ASKED, State.WAITING, State.RUNNING}

    def said(self) -> Term:
        """How a reply names it."""
        return _STATES[self]


_STATES = {
    State.ASKED: Term("asked", "state"),
    State.WAITING: Term("waiting", "state"),
    State.RUNNING: Term("running", "state"),
    State.DONE: Term("done", "state"),
    State.REFUSED: Term("refused", "state"),
    State.DENIED: Term("denied", "state"),
    State.EXPIRED: Term("expired", "state"),
    State.WITHDRAWN: Term("withdrawn", "state"),
    State.MOOT: Term("moot", "state"),
    State.FAILED: Term("failed", "state"),
    State.UNKNOWN: Term("unknown", "state"),
}


# Not written where they are empty: the release before knows nothing of them.
SINCE = frozenset({"form", "message", "view", "instead"})


@dataclass(frozen=True)
class Origin:
    """One asking at one door.

    ``key`` is unique to the asking (Slack's trigger, action or event id), so a redelivery is the same
    request. ``address`` is the door's own way to answer privately (Slack's ``response_url``): good for
    30 minutes, never shown. ``trigger`` opens one form within 3 seconds; ``form`` says that one was filled
    in. ``message`` is the one whose button was pressed, in Slack's words its ``ts``. ``view`` is an open form
    that shows the answers, where nothing else is read by one person alone. With ``instead`` the answer takes
    the place of what was pressed.
    """

    door: str
    key: str
    channel: str = ""
    thread: str = ""
    address: str = ""
    trigger: str = ""
    form: bool = False
    message: str = ""
    view: str = ""
    instead: bool = False

    @property
    def place(self) -> Place:
        """Where it was asked, as somewhere that something can be said."""
        return Place(self.channel, self.thread)

    def __repr__(self) -> str:
        return f"Origin({self.door!r}, channel={self.channel!r})"

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Origin(**stored)`` reads it."""
        held = asdict(self) | {"trigger": ""}
        return {name: value for name, value in held.items() if value or name not in SINCE}


@dataclass(frozen=True)
class Cause:
    """What provided for something that is done, as people read it.

    It is kept with whatever is to be done later, so that a request which is forgotten silences nothing.
    ``request`` is 0 where nobody was asked, ``since`` when it was agreed to,
    ``places`` where others read of it.
    """

    request: int
    by: Mention
    since: datetime
    approved: tuple[Mention, ...] = ()
    places: tuple[str, ...] = ()
    reason: str = ""

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Cause.load`` reads it."""
        return asdict(self) | {"since": self.since.isoformat()}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Cause":
        """Read what ``json`` wrote, in whichever release."""
        held = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        held |= {"by": Mention(**held["by"]), "since": datetime.fromisoformat(held["since"])}
        held |= {
            "approved": tuple(Mention(**one) for one in held["approved"]),
            "places": tuple(held["places"]),
        }
        return cls(**held)


@dataclass(frozen=True)
class Request:
    """One asking. ``invocation`` is what runs, ``sentence`` what was shown; the sentence is never read again.

    ``revision`` counts what was put on the card: a yes counts only for the one it was given to.
    ``deciders`` said yes to the card as it is, of whom ``needed`` must; ``lapsed`` to an older one.
    ``ended_by`` said no, or took it back.
    ``version`` counts transitions, for the compare-and-set that makes each of them happen once.
    ``loosely`` is what was read loosely in what somebody typed: where ``invocation`` is none of it, that is
    how it reads as it stands, and comes first.
    ``same`` is equal in two askings of which only one may wait. ``reminder`` is the request in whose thread
    it was reminded of, 0 while it was not.
    """

    id: int
    token: str
    invocation: Invocation
    sentence: str
    actor: Actor
    origin: Origin
    state: State
    asked_at: datetime
    sure: bool = False
    loosely: tuple[Button, ...] = ()
    reason: str = ""
    room: str = ""
    yes: Yes = Yes.NONE
    revision: int = 0
    version: int = 0
    consequence: Reply | None = None
    places: tuple[str, ...] = ()
    expires_at: datetime | None = None
    needed: int = 1
    deciders: tuple[Decider, ...] = ()
    lapsed: tuple[Decider, ...] = ()
    ended_by: Decider | None = None
    decided_at: datetime | None = None
    answer: Reply | None = None
    ended_at: datetime | None = None
    same: str = ""
    reminder: int = 0

    @property
    def stakes(self) -> Stakes | None:
        """What its yes is given to; None where nobody is asked."""
        return self.consequence.stakes if self.consequence else None

    @property
    def cause(self) -> Cause:
        """What people read of it beside what is done for it, now or later."""
        approved = tuple(one.mention for one in self.deciders) if self.yes > Yes.ACTOR else ()
        by = self.actor.mention
        return Cause(self.id, by, self.decided_at or self.asked_at, approved, self.places, self.reason)

    @property
    def waits_for_others(self) -> bool:
        """Whether its card is for those who decide it, and has to be where they read it."""
        return self.state is State.WAITING and self.yes > Yes.ACTOR

    def has_yes_of(self, who: str) -> bool:
        """Whether somebody said yes already to the card as it is."""
        return any(one.id == who for one in self.deciders)
