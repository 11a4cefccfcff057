"""Builds the parts and joins them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, Self

from bot.access import Access
from bot.audit import CHAIN, Audit
from bot.clock import Clock, system
from bot.command import Registry
from bot.command.ports import Voice
from bot.dispatch import PATIENCE, Cards, Dispatcher, Parts
from bot.features.doctor.checks import Checkup
from bot.features.grants.members import Members
from bot.features.people.book import Quieted
from bot.features.rooms.book import Rooms
from bot.features.rooms.locks import Locks
from bot.features.rooms.names import Directory, KnownRooms
from bot.features.rooms.reactions import REACTIONS
from bot.features.rooms.rows import Rows
from bot.ground import Ground
from bot.hms import Transport
from bot.policy import Policy
from bot.request_book import RequestBook
from bot.settings import Settings
from bot.slack.connect import Connection
from bot.slack.door import SlackDoor
from bot.store import Database
from bot.tasks import Tasks
from bot.upkeep import DAILY, Daily
from bot.wording import Plain
from bot.work import Backoff, Handler, Timers, Work, posts

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

DRAINS = 10  # seconds: what was taken is finished before a process ends
UNANSWERED = timedelta(seconds=10)  # an ack takes 1.5 s at most; older ones belong to a process that died


@dataclass(frozen=True)
class Hand:
    """Somebody at a shell: ``via`` names them, ``hear`` puts their ear before what is said privately."""

    via: str
    hear: Callable[[Voice], Voice]


class Counts(Protocol):
    """Whoever counts what happens."""

    def ended(self, command: str, outcome: str) -> None:
        """A request ended."""

    def acked(self, kind: str, seconds: float) -> None:
        """An ack was given."""


class Uncounted:
    """Nobody counts where nobody serves."""

    def ended(self, command: str, outcome: str) -> None:
        """Let it go by."""

    def acked(self, kind: str, seconds: float) -> None:
        """Let it go by."""


@dataclass(frozen=True)
class Bot:
    """Every part, joined; ``start`` sets it going, ``close`` ends it in order."""

    ground: Ground
    parts: Parts
    dispatcher: Dispatcher
    door: SlackDoor
    counts: Counts
    daily: Daily
    handlers: Mapping[str, Handler]

    @classmethod
    async def open(
        cls,
        settings: Settings,
        *,
        clock: Clock = system,
        hms_transport: Transport | None = None,
        hand: Hand | None = None,
        patience: float = PATIENCE,
        backoff: Backoff | None = None,
        counts: Counts | None = None,
    ) -> Self:
        """Build everything for ``serve``, or for one line of a ``hand``; raises UserError with a sentence."""
        ground = await Ground.open(
            settings, clock, transport=hms_transport, backoff=backoff or Backoff(), guest=hand is not None
        )
        return cls._on(ground, hand, patience, counts or Uncounted())

    @classmethod
    def _on(cls, ground: Ground, hand: Hand | None, patience: float, counts: Counts) -> Self:
        registry = Registry("commands")
        plain = Plain(command=ground.settings.hms_bot_command)
        door = SlackDoor(ground.connection, registry, ground.posts, ground.clock, ground.tasks, plain)
        voice = hand.hear(door.voice) if hand else door.voice
        parts = replace(_parts(ground, registry, voice, counts, hand), patience=patience)
        dispatcher = Dispatcher(parts, Cards(plain), REACTIONS, ground.tasks)
        house = Daily(parts, ground.posts, ground.settings.hms_bot_keep)
        handlers = {
            **dispatcher.handlers(),
            CHAIN.kind: parts.audit.chain,
            DAILY: house.keep_house,
            posts.KIND: door.lane(ground.db, parts.requests).carry,
        }
        door.joins(dispatcher, parts)
        return cls(ground, parts, dispatcher, door, counts, house, handlers)

    async def start(self) -> None:
        """Take up what an earlier process left, and whatever is due."""
        alone = self.db.dialect == "sqlite"
        await self.dispatcher.recover(timedelta(0) if alone else UNANSWERED)
        await self.daily.plan()
        await self.work.run(self.handlers)

    async def reconcile(self) -> None:
        """Mend what no event will: called every five minutes, and when the clock has jumped."""
        await self.dispatcher.recover(UNANSWERED)
        await self.daily.plan()

    async def idle(self) -> None:
        """Wait until nothing is under way: what tests wait for instead of sleeping."""
        await self.ground.tasks.idle()
        await self.dispatcher.idle()
        await self.work.idle()

    async def close(self) -> None:
        """Finish what was taken, then let go of everything."""
        await self.dispatcher.drain(DRAINS)
        await self.ground.close(DRAINS)

    @cached_property
    def slack(self) -> "AsyncApp":
        """The Bolt app, which whatever brings payloads asks for: a line at a shell never does."""
        return self.door.open(self.dispatcher, self.parts, self.counts.acked, self.settings)

    # The parts that those who run a bot ask for.

    @property
    def settings(self) -> Settings:
        """What it was told by its environment."""
        return self.ground.settings

    @property
    def connection(self) -> Connection:
        """The way to Slack."""
        return self.ground.connection

    @property
    def db(self) -> Database:
        """The database."""
        return self.ground.db

    @property
    def work(self) -> Work:
        """The carrier of jobs."""
        return self.ground.work

    @property
    def timers(self) -> Timers:
        """The moments to come."""
        return self.ground.timers

    @property
    def tasks(self) -> Tasks:
        """What the door has under way."""
        return self.ground.tasks

    @property
    def audit(self) -> Audit:
        """The log of who did what."""
        return self.parts.audit


def _parts(ground: Ground, registry: Registry, voice: Voice, counts: Counts, hand: Hand | None) -> Parts:
    """The road's parts, and the books that commands find by their class."""
    db, clock, settings = ground.db, ground.clock, ground.settings
    rooms, rows, requests = Rooms(db), Rows(db), RequestBook()
    access = Access(db, clock, settings.hms_bot_admins, rooms.viewers)
    policy, audit = Policy(db, clock), Audit(db, ground.work, clock)
    known = KnownRooms(ground.hms, clock)
    names = Directory(ground.hms, known, rooms, rows, clock, settings.hms_bot_timezone)
    checkup = Checkup(ground.hms, db, access, ground.connection.time, clock)
    books: list[Any] = [access, policy, requests, ground.timers, registry, rooms, rows, checkup]
    books += [Locks(db), Quieted(db), Members(voice)]
    return Parts(
        registry=registry,
        db=db,
        work=ground.work,
        timers=ground.timers,
        effects=ground.effects,
        requests=requests,
        audit=audit,
        access=access,
        policy=policy,
        hms=ground.hms,
        voice=voice,
        clock=clock,
        names_for=names.names,
        bound=rooms.channel_of,
        books={type(book): book for book in books},
        ended=counts.ended,
        via=hand.via if hand else "",
    )
