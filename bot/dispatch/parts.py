"""What the road is built of; ``bot/app.py`` puts it together."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.access import Access, Policy
from bot.clock import Clock
from bot.command import Names, Registry
from bot.command.ports import Voice
from bot.hms import Hms
from bot.people import Actor
from bot.request.audit import Audit
from bot.request.book import RequestBook
from bot.request.request import Origin
from bot.store import Database
from bot.work import Effects, Timers, Work

PATIENCE = 1.5  # seconds; Slack gives an ack three
NamesFor = Callable[[Actor, Origin], Names]
BoundChannel = Callable[[str], Awaitable[str | None]]


@dataclass(frozen=True)
class Parts:
    """Everything the road works with.

    ``bound`` names the channel bound to a room. ``ended`` counts a request that ended: its command's words
    and its state. ``via`` names the hand that types, where it is not the person's. ``patience`` is how many
    seconds a write may hold an ack up.
    """

    registry: Registry
    db: Database
    work: Work
    timers: Timers
    effects: Effects
    requests: RequestBook
    audit: Audit
    access: Access
    policy: Policy
    hms: Hms
    voice: Voice
    clock: Clock
    names_for: NamesFor
    bound: BoundChannel
    books: Mapping[type[Any], Any]
    ended: Callable[[str, str], None]
    via: str = ""
    patience: float = PATIENCE
