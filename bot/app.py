"""Builds the parts and joins them: everything a bot is, on one screen."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self

from bot.access import Access, Policy
from bot.clock import Clock, system
from bot.command import Registry, Vault
from bot.command.book import Books
from bot.command.ports import Voice
from bot.command.reaction import Reactions
from bot.dispatch import jobs, reactions, redirecting, saying, underway
from bot.dispatch.awaited import Awaited, waiting_for_hms
from bot.dispatch.cards import Cards
from bot.dispatch.dispatcher import PATIENCE, Dispatcher
from bot.dispatch.road import RequestRoad
from bot.dispatch.saying import HOMES
from bot.dispatch.standing import StandingBook
from bot.features.doctor.checks import Checkup, Hearing
from bot.features.event.reactions import follow
from bot.features.poll.book import PollBook
from bot.features.poll.finding import KnownPolls
from bot.features.room.book import RoomBook
from bot.features.room.cache import RoomCache
from bot.features.room.names import Directory, HereNames
from bot.features.room.rows import Rows
from bot.features.schedule.book import Windows
from bot.features.sip.book import Trunks
from bot.features.stream.book import StreamTargets
from bot.hms import Elsewhere, Hms, Transport
from bot.reply import Catalogue, Plain
from bot.request.audit import Audit
from bot.request.book import RequestBook
from bot.request.chain import AuditKeys
from bot.settings import Settings
from bot.slack.connect import SlackConnection, connect
from bot.slack.door import SlackDoor
from bot.slack.outbound import outbox
from bot.slack.outbound.outbox import Posts
from bot.store import Database
from bot.work import (
    Backoff,
    Counts,
    Drift,
    Effects,
    Failures,
    Handler,
    SetAside,
    Timers,
    Trouble,
    Troubles,
    Uncounted,
    Work,
    counted,
    open_work,
)
from bot.work.handing import Handing
from bot.work.inbox import Inbox
from bot.work.journal import Journal
from bot.work.tasks import Tasks

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

DRAINS = 10  # seconds: what was taken is finished before a process ends


@dataclass(frozen=True)
class Hand:
    """Somebody at a shell: ``via`` names them, ``hear`` puts their ear before what is said privately."""

    via: str
    hear: Callable[[Voice], Voice]


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds: a write before its ack, what failed until it is tried again."""

    patience: float = PATIENCE
    backoff: Backoff = field(default_factory=Backoff)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


USUAL = Limits()


@dataclass(frozen=True)
class Ground:
    """What the bot stands on: opened before everything else, let go of after it."""

    settings: Settings
    registry: Registry
    reactions: Reactions
    clock: Clock
    db: Database
    connection: SlackConnection
    hms: Hms
    work: Work
    timers: Timers
    audit: Audit
    posts: Posts
    tasks: Tasks


@dataclass(frozen=True)
class Bot(Ground):
    """Every part, joined; ``start`` sets it going, ``close`` ends it in order."""

    dispatcher: Dispatcher
    door: SlackDoor
    counts: Counts
    handlers: Mapping[str, Handler]

    @classmethod
    async def open(  # noqa: PLR0913 -- each is somebody else's to own, by its name
        cls,
        settings: Settings,
        *,
        clock: Clock = system,
        hms_transport: Transport | None = None,
        hand: Hand | None = None,
        limits: Limits = USUAL,
        counts: Counts | None = None,
        known: Reactions | None = None,
        catalogue: Catalogue | None = None,
    ) -> Self:
        """Migrate the database, ask Slack who we are, build everything; raises UserError with a sentence.

        For ``serve``, or a line of a ``hand``; ``known`` are other reactions, ``catalogue`` a language.
        """
        db, troubles = await _database(settings.database_url), Troubles(clock)
        connection = await connect(settings.slack_bot_token, settings.slack_api_url, clock, troubles)
        known, counts = known or Reactions("bot.features"), counts or Uncounted()
        work = open_work(db, clock, backoff=limits.backoff, guest=hand is not None)
        ground = Ground(
            settings=settings,
            registry=Registry("commands", Vault.of(settings.secret_key)),
            reactions=known,
            clock=clock,
            db=db,
            connection=connection,
            hms=_client(settings, clock, hms_transport, limits),
            work=work,
            timers=Timers(db, work, clock, known.moments()),
            audit=Audit(db, clock, AuditKeys.read(settings.audit_key)),
            posts=Posts(db, work, clock),
            tasks=Tasks(),
        )
        plain = Plain(command=settings.hms_bot_command, catalogue=catalogue or Catalogue())
        door = SlackDoor(connection, ground.registry, ground.posts, clock, ground.tasks, plain)
        road = _dispatcher(ground, door, hand, counts, limits)
        door.joins(road)
        handlers = counted(_handlers(road, door), counts)
        return cls(**vars(ground), dispatcher=road, door=door, counts=counts, handlers=handlers)

    async def start(self) -> None:
        """Take up what an earlier process left, and whatever is due."""
        _watch(self, self.dispatcher)
        alone = self.db.dialect == "sqlite"
        await self.audit.settle()  # first: what follows is written down
        await self.dispatcher.books[Windows].learn()
        await underway.mend(self.dispatcher, timedelta(0) if alone else underway.UNANSWERED)
        await self.work.run(self.handlers)
        await self.reconcile()
        every, reported = self.settings.polls_every, self.settings.hms_webhook_secret is not None
        await follow(self.db, self.timers, self.clock(), every, reported=reported)
        await reactions.take_back(self.dispatcher, self.handlers)

    async def reconcile(self) -> None:
        """Mend what no event will: called every five minutes, and when the clock has jumped."""
        self.dispatcher.books[Drift].found("moments", await self.timers.settle())

    async def jumped(self, by: timedelta) -> None:
        """Go by a clock that was set: set back, it lets nobody wait longer for what is counted in minutes."""
        self.connection.skew.forget()
        if by > timedelta():
            return
        async with self.db.write() as tx:
            # The clocks of other processes wake what is due: where there are such, nothing is late.
            if await self.work.is_alone(tx):
                await self.timers.set_back(tx, -by)
                await self.dispatcher.requests.set_back(tx, -by)
                await self.dispatcher.books.set_back(tx, -by)

    async def idle(self) -> None:
        """Wait until nothing is under way: what tests wait for instead of sleeping."""
        await self.tasks.idle()
        await self.work.idle()

    async def close(self) -> None:
        """Finish what was taken, then let go of everything."""
        await self.timers.stop()
        left = await self.tasks.drain(DRAINS)
        await self.work.drain(left)
        self.dispatcher.awaited.close()
        await self.hms.aclose()
        await self.connection.close()
        await self.db.close()

    @cached_property
    def slack(self) -> "AsyncApp":
        """The Bolt app, which whatever brings payloads asks for: a line at a shell never does."""
        return self.door.open(self.dispatcher, self.counts.acked, self.settings)


async def _database(url: str) -> Database:
    """The database, with the tables of this release."""
    db = await Database.open(url)
    await db.migrate()
    return db


def _client(settings: Settings, clock: Clock, transport: Transport | None, limits: Limits) -> Hms:
    elsewhere = Elsewhere(settings.hms_auth_url, settings.hms_legacy_url)
    client = partial(Hms, settings.hms_api_url, settings.hms_access_key, settings.hms_secret, clock=clock)
    return client(elsewhere=elsewhere, transport=transport, sleep=limits.sleep, asking=waiting_for_hms)


def _dispatcher(
    ground: Ground, door: SlackDoor, hand: Hand | None, counting: Counts, limits: Limits
) -> Dispatcher:
    """The road, with everything it works with."""
    db, work, clock, keep = ground.db, ground.work, ground.clock, ground.settings.hms_bot_keep
    rooms, requests = RoomBook(db, clock), RequestBook()
    access, policy = Access(db, clock, ground.settings.hms_bot_admins, rooms.viewers), Policy(db, clock)
    effects, drift = Effects(db, clock, counting.lost), Drift(counting.drifted)
    failures = Failures(work, effects, clock)
    checkup = _checkup(ground, access, inbox := Inbox(db, clock))
    known = RoomCache(ground.hms, clock, rooms, ground.tasks.spawn)
    own = (policy, requests, rooms, checkup, failures, effects, drift, inbox, StandingBook(db, clock))
    return Dispatcher(
        registry=ground.registry,
        reactions=ground.reactions,
        db=db,
        work=work,
        timers=ground.timers,
        effects=effects,
        failures=failures,
        aside=SetAside(clock),
        requests=requests,
        audit=ground.audit,
        access=access,
        policy=policy,
        hms=ground.hms,
        voice=hand.hear(door.voice) if hand else door.voice,
        clock=clock,
        cards=Cards(door.plain, clock),
        books=Books(db, clock, (*own, ground.timers, ground.registry, ground.posts, known, door.plain), keep),
        tasks=ground.tasks,
        awaited=Awaited(clock, None if hand else Journal(db.folder, db.url)),
        road_of=RequestRoad,
        names_for=partial(HereNames, _directory(ground, rooms, known)),
        bound=rooms.channels_of,
        ended=counting.ended,
        came=counting.came,
        via=hand.via if hand else "",
        patience=limits.patience,
    )


def _checkup(ground: Ground, access: Access, inbox: Inbox) -> Checkup:
    """Whoever looks at everything that must be in order."""
    reported, looks = ground.settings.hms_webhook_secret is not None, bool(ground.settings.polls_every)
    slack, hearing, vault = ground.connection.time, Hearing(inbox, reported, looks), ground.registry.vault
    return Checkup(ground.hms, ground.db, access, slack, ground.clock, ground.audit, hearing, vault=vault)


def _watch(ground: Ground, road: Dispatcher) -> None:
    """Let events be heard of, and trouble be noticed where it is met, and told when it is over."""
    troubles = ground.connection.troubles
    Handing(road.db, road.clock, road.books[Inbox], partial(reactions.happened, road), road.tasks.spawn)
    ground.db.told = partial(_noticed, troubles, Trouble.DATABASE)
    ground.hms.tells(lambda answers: _noticed(troubles, Trouble.HMS, None if answers else "no answer"))
    troubles.on_over = lambda over: ground.tasks.spawn(saying.is_over(road, over))


def _noticed(troubles: Troubles, trouble: Trouble, why: str | None) -> None:
    if why is None:
        troubles.passed(trouble)
    else:
        troubles.noticed(trouble, why)


def _directory(ground: Ground, rooms: RoomBook, known: RoomCache) -> Directory:
    """Who knows what words mean."""
    db, clock, zone = ground.db, ground.clock, ground.settings.hms_bot_timezone
    polls = KnownPolls(ground.hms, PollBook(db, clock)).of
    kept = (Windows(db, clock).openings, polls, StreamTargets(db, clock).names, Trunks(db, clock).names)
    return Directory(ground.hms, known, rooms, Rows(db, clock), clock, zone, *kept)


def _handlers(road: Dispatcher, door: SlackDoor) -> Mapping[str, Handler]:
    """Who does which kind of job."""
    posting = {outbox.KIND: door.lane(road).carry, redirecting.KIND: redirecting.handler(road)}
    return {**jobs.handlers(road), **reactions.handlers(road), **posting, HOMES.kind: door.homes.carry}
