"""``Dispatcher``: everything the road of requests works with, and nothing else.

The road itself is functions that take it first: ``intake`` (on disk, then acked), ``considering`` (access,
pin, consequence, whose yes), ``decisions``, ``jobs`` and ``reactions`` (what the carrier brings), ``reads``;
``ledger`` moves requests for all of them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.access import Access, Policy, Rights
from bot.clock import Clock
from bot.command import Names, Registry
from bot.command.book import Books
from bot.command.ports import Road, Voice
from bot.command.reaction import Reactions
from bot.dispatch.awaited import Awaited
from bot.dispatch.cards import Cards
from bot.hms import Hms
from bot.people import Actor
from bot.request.audit import Audit
from bot.request.book import RequestBook
from bot.request.request import Origin
from bot.store import Database
from bot.work import Effects, Failures, SetAside, Timers, Work
from bot.work.tasks import Tasks

AT_ONCE = 32  # answers being made; more would only slow each other, and the acks between them
PATIENCE = 1.5  # seconds; Slack gives an ack three


@dataclass(frozen=True)
class Dispatcher:
    """The parts of the road, as plain fields.

    ``road_of`` makes what commands know of it. ``names_for`` says what words mean to somebody at a place,
    ``bound`` which channels speak for a room. ``awaited`` is what somebody waits for. ``ended`` counts a
    request that ended: its command's words and its state. ``came`` counts a moment that was seen to: its kind
    and how late that was. ``via`` names the hand that types, where it is not
    the person's. ``patience`` is how many seconds a write may hold an ack up.
    """

    registry: Registry
    reactions: Reactions
    db: Database
    work: Work
    timers: Timers
    effects: Effects
    failures: Failures
    aside: SetAside
    requests: RequestBook
    audit: Audit
    access: Access
    policy: Policy
    hms: Hms
    voice: Voice
    clock: Clock
    cards: Cards
    books: Books
    tasks: Tasks
    awaited: Awaited
    road_of: "Callable[[Dispatcher], Road]"
    names_for: Callable[[Actor, Origin, Callable[[], Awaitable[Rights]]], Names]
    bound: Callable[[str], Awaitable[Sequence[str]]]
    ended: Callable[[str, str], None]
    came: Callable[[str, timedelta], None]
    via: str = ""
    patience: float = PATIENCE
    answering: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
