"""What can come to be known about a request, and what then has to be done."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.people import Level, Yes
from bot.reply import Invocation, Mention, Reply


@dataclass(frozen=True)
class Decider:
    """Somebody who says yes or no: what they may here, and since when."""

    id: str
    name: str
    level: Level
    since: datetime | None

    @property
    def mention(self) -> Mention:
        """How a reply names them."""
        return Mention(self.id, self.name)


@dataclass(frozen=True)
class NeedsYes:
    """Everything is known and somebody's yes is needed: it waits, its card lives until ``until``.

    ``needed`` counts how many others must say yes; a confirm of one's own is one. ``sentence`` is what is
    asked, with what words and rows turned out to name. ``same`` is equal in two askings of which only one
    may wait.
    """

    asker: str
    reason: str
    invocation: Invocation
    room: str
    consequence: Reply
    yes: Yes
    until: datetime
    places: tuple[str, ...]
    needed: int = 1
    sentence: str = ""
    same: str = ""


@dataclass(frozen=True)
class Unopposed:
    """Everything is known and nobody needs to be asked."""

    asker: str
    reason: str
    invocation: Invocation
    room: str
    places: tuple[str, ...]
    sentence: str = ""


@dataclass(frozen=True)
class Refused:
    """It cannot be done, or not by this person; ``said`` when they read that already."""

    why: Reply
    said: bool = False


@dataclass(frozen=True)
class Repeated:
    """The same waits already for somebody else's yes: nobody is asked twice, and ``why`` says who has it."""

    why: Reply


@dataclass(frozen=True)
class Agreed:
    """Somebody said yes to ``revision``; ``yes`` is what the policy asks for now, the stricter one holds.

    The ``address`` of this and other decisions is where a private card that was pressed can be answered.
    """

    by: Decider
    revision: int
    yes: Yes
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Denied:
    """Somebody said no."""

    by: Decider
    why: str = ""
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Withdrawn:
    """The person who asked, or an admin, takes it back."""

    by: Decider
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reasoned:
    """Somebody says more: who asked why they did, or who denied it why not."""

    by: Decider
    why: str


@dataclass(frozen=True)
class Unacked:
    """Its ack was never given: nobody was told that it would be done."""

    why: Reply


@dataclass(frozen=True)
class Disallowed:
    """While it waited, who asked lost the right to ask for it.

    ``by`` pressed the button that found it out.
    """

    why: Reply
    address: str = field(default="", repr=False)
    by: Decider | None = None


@dataclass(frozen=True)
class Faster:
    """Somebody did it first: ``did`` says who, what, how long ago and with which request."""

    did: Reply


@dataclass(frozen=True)
class Moot:
    """While it waited, its subject went away: ``why`` says what is so now, or who was faster.

    ``by`` pressed the button that found it out.
    """

    why: Reply | Faster
    address: str = field(default="", repr=False)
    by: Decider | None = None


@dataclass(frozen=True)
class Revised:
    """What it would do, or whose yes it needs, has changed: earlier clicks and yeses no longer count.

    ``same`` is what it is the same as now: an own confirm that others decide on is no longer one's own.
    """

    consequence: Reply
    yes: Yes
    places: tuple[str, ...]
    address: str = field(default="", repr=False)
    same: str = ""


@dataclass(frozen=True)
class Redirected:
    """Where it was to be read nothing can be written: it goes to these people directly."""

    place: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Expired:
    """Its time is up."""


@dataclass(frozen=True)
class Finished:
    """It was done."""

    answer: Reply


@dataclass(frozen=True)
class TakenBack:
    """What it did was taken back by another request: what that one did."""

    did: Reply


@dataclass(frozen=True)
class Failed:
    """It was not done, and this is why."""

    why: Reply


@dataclass(frozen=True)
class Lost:
    """Nobody can tell whether it was done."""

    why: Reply


Fact = (
    NeedsYes
    | Unopposed
    | Refused
    | Repeated
    | Agreed
    | Denied
    | Withdrawn
    | Reasoned
    | Unacked
    | Disallowed
    | Moot
    | Revised
    | Redirected
    | Expired
    | Finished
    | TakenBack
    | Failed
    | Lost
)


@dataclass(frozen=True)
class Run:
    """Hand it to the work lane."""


@dataclass(frozen=True)
class Wait:
    """Wake up when its time is up."""

    until: datetime


@dataclass(frozen=True)
class Show:
    """Bring its card, and the private answer to who asked, up to date."""


@dataclass(frozen=True)
class Release:
    """Undo what was done to keep harm away while it waited."""


@dataclass(frozen=True)
class Tell:
    """Answer the person who brought the fact: nothing changed, and why."""

    why: Reply


FollowUp = Run | Wait | Show | Release | Tell
