"""The whole bot in memory, spoken to as people speak to it in Slack.

The 100ms and the Slack it talks to are the sandbox's; the clock is the test's. Nothing sleeps: after
everything that somebody does, ``Chat`` waits until the bot has nothing left to do.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import EVERYWHERE, Access
from bot.app import Bot, Limits
from bot.command import RoomRef
from bot.command.reaction import Reactions
from bot.command.times import length
from bot.dispatch import underway
from bot.features.room.book import Binding, RoomBook
from bot.people import Level
from bot.reply import Catalogue
from bot.request.chain import AuditEntry
from bot.settings import Settings
from bot.work import Backoff, Counts
from sandbox.hms.emulator import Emulator
from sandbox.hms.state.record import RecordedCall
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.world import World
from sandbox.slack.delivery import Nowhere
from sandbox.slack.messages import Message
from sandbox.slack.state import Outcome
from sandbox.slack.workspace import Workspace
from tests.patience import PATIENCE
from tests.said import PEOPLE, Said, buttons, words
from tests.serving import serving
from tests.way import MORNING, Clock, HandedOver, Way

__all__ = ["MORNING", "PEOPLE", "SECRETS", "Chat", "Said", "buttons", "opened", "words"]

# The clock stands still: what fails is not to wait for it.
AT_ONCE = Backoff(first=0.0, most=0.0, raised=3)
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-chat-bot-token",
    "SLACK_APP_TOKEN": "xapp-chat-app-token",
    "SLACK_SIGNING_SECRET": "chat-signing-secret",
    "HMS_ACCESS_KEY": "chat-access-key",
    "HMS_SECRET": "chat-hms-secret-that-is-long-enough",
    "SECRET_KEY": "chat-secret-key-that-seals-stream-keys-1234=",
}
QUIET = {"HMS_BOT_POLL": "off"}  # who wants 100ms looked at says so
CHANNELS = {"classes": "C0CLASSES", "webinars": "C0WEBINARS", "lobby-talk": "C0LOBBYTALK", "mods": "C0MODS"}


async def at_once(_: float) -> None:
    """Ask 100ms again: where the clock stands still nobody waits for it."""
    await asyncio.sleep(0)


@dataclass(frozen=True)
class Story:
    """What became of a request."""

    entries: tuple[AuditEntry, ...]

    @property
    def states(self) -> list[str]:
        """Every state it went through."""
        return [entry.state for entry in self.entries]


class Chat:
    """People in Slack and in live rooms, and the bot between them."""

    VIEWER, MODERATOR, ADMIN = Level.VIEWER, Level.MODERATOR, Level.ADMIN

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        world: World,
        workspace: Workspace,
        limits: Limits,
        known: Reactions | None,
        catalogue: Catalogue | None,
        counts: Counts | None,
    ) -> None:
        self.clock = clock
        self.world = world
        self.workspace = workspace
        self._settings = settings
        self.known = known  # another release knows others: what it knows when it starts counts
        self._limits = limits
        self._catalogue = catalogue
        self._counts = counts
        key, secret = settings.hms_access_key, settings.hms_secret.get_secret_value()
        self.way = Way(Emulator(world, access_key=key, secret=secret))
        self._trail: Sequence[AuditEntry] = ()
        self._begun: list[asyncio.Task[Said]] = []

    async def starts(self, *, settled: bool = True) -> None:
        """Start the bot, as a process does: on the database that is there.

        Not settled it waits for 100ms, which holds back its answer.
        """
        transport = httpx.MockTransport(self.way)
        self.bot = await Bot.open(
            self._settings,
            clock=self.clock,
            hms_transport=transport,
            limits=self._limits,
            known=self.known,
            catalogue=self._catalogue,
            counts=self._counts,
        )
        self._delivery = HandedOver(self.bot.slack, self.clock)
        self.workspace.connect(self._delivery)
        await self.bot.start()
        self.is_up = True
        await (self._settle() if settled else self._asked())

    async def stops(self) -> None:
        """Stop the bot; what is written on disk stays."""
        self.is_up = False
        self.workspace.connect(Nowhere())
        await self.bot.close()

    async def dies(self) -> None:
        """End the bot in the middle of what it does; what is written on disk stays."""
        for deed in self._begun:
            deed.cancel()
        self.way.asked.clear()
        await self.bot.tasks.drain(0)
        await self.bot.work.drain(0)
        await self.stops()

    async def begins(self, deed: Coroutine[Any, Any, Said]) -> "asyncio.Task[Said]":
        """Somebody does something that 100ms is asked for, and holds back its answer."""
        begun = asyncio.create_task(deed)
        self._begun.append(begun)
        await self._asked()
        return begun

    async def waits(self, span: str) -> None:
        """Time goes by for those who wait, while what they wait for is still under way."""
        self.clock.now += self.span(span)
        await underway.look(self.bot.dispatcher)

    async def grants(self, who: str, level: Level, room: str = EVERYWHERE) -> None:
        """Give somebody a level, as an admin did long ago."""
        async with self.bot.db.write() as tx:
            await Access(self.bot.db, lambda: MORNING - timedelta(days=1), (), _nobody).grant(
                tx, PEOPLE[who], level, room, PEOPLE["ada"]
            )

    async def binds(self, channel: str, room: Room, *, viewers: bool = False) -> None:
        """Let a channel speak for a room, as an admin did long ago."""
        async with self.bot.db.write() as tx:
            binding = Binding(CHANNELS[channel], RoomRef(id=room.id, name=room.name), viewers)
            await RoomBook(self.bot.db, self.clock).bind(tx, binding)

    async def says(self, who: str, line: str, channel: str = "classes") -> Said:
        """Somebody types a line; answers what they then read."""
        return await self._after(who, self.workspace.says(PEOPLE[who], self._channel(who, channel), line))

    async def clicks(self, who: str, label: str, card: Said) -> Said:
        """Somebody presses a button of what was read, as it was read; answers what they then read."""
        message, action = card.button(label)
        return await self._after(who, self.workspace.clicks(PEOPLE[who], message, action))

    async def passes(self, span: str) -> None:
        """Time goes by, and what was to happen meanwhile happens."""
        self.clock.now += self.span(span)
        self.world.tick()
        await self.bot.timers.wake()
        await self._settle()

    async def sets_clock_back(self, span: str) -> None:
        """Somebody sets the machine's clock, which is noticed within five seconds."""
        self.clock.now -= self.span(span)
        await self.bot.jumped(-self.span(span))
        await self.bot.reconcile()

    def lags(self, span: str) -> None:
        """From now on what people do reaches the bot only so much later."""
        self._delivery.lag = self.span(span)

    def hangs_up(self, *, hung_up: bool = True) -> None:
        """From now on Slack does not wait for acks, as where a process dies before it has sent one."""
        self._delivery.hung_up = hung_up

    def span(self, words: str) -> timedelta:
        """A length of time as people write it."""
        found = length(words)
        assert found, f"{words} is no length of time"
        return found

    def request(self, card: Said) -> Story:
        """What became of the request that something read speaks of."""
        return self.story(card.number)

    def story(self, number: int) -> Story:
        """What became of a request."""
        return Story(tuple(entry for entry in reversed(self._trail) if entry.request == number))

    def calls(self, operation: str) -> list[RecordedCall]:
        """What 100ms was asked of one operation."""
        return self.world.calls_of(operation)

    def reads(self, who: str, channel: str = "classes") -> Said:
        """Everything that somebody sees in a channel, or with ``dm`` in their messages with the bot."""
        return Said(tuple(self.workspace.sees(PEOPLE[who], self._channel(who, channel))))

    def channel(self, name: str) -> list[str]:
        """What everybody reads in a channel."""
        return [words(one) for one in self.reads("ada", name).messages if one.only_for is None]

    async def _after(self, who: str, deed: Awaitable[Outcome]) -> Said:
        before = self._visible(who)
        outcome = await deed
        assert outcome.error is None, f"Slack shows an error: {outcome.error}"
        await self._settle()
        return Said(tuple(message for message in self._visible(who) if message not in before))

    async def _asked(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.way.asked.wait()

    async def _settle(self) -> None:
        await self.bot.idle()
        await self.workspace.settles()
        self._trail = await self.bot.audit.tail(1000)

    def _visible(self, who: str) -> list[Message]:
        person = PEOPLE[who]
        places = [channel.id for channel in self.workspace.channels(person)]
        return [message for place in places for message in self.workspace.sees(person, place)]

    def _channel(self, who: str, name: str) -> str:
        if name != "dm":
            return CHANNELS[name]
        return next(channel.id for channel in self.workspace.channels(PEOPLE[who]) if channel.is_im)


async def _nobody(_: AsyncConnection, __: str) -> str | None:
    return None


@asynccontextmanager
async def opened(
    database_url: str,
    patience: float = PATIENCE,
    *,
    backoff: Backoff = AT_ONCE,
    known: Reactions | None = None,
    catalogue: Catalogue | None = None,
    counts: Counts | None = None,
    clock: Clock | None = None,
    besides: Mapping[str, str] | None = None,
    furnish: Callable[[World], None] | None = None,
) -> AsyncIterator[Chat]:
    """A bot with Ada as admin, Mo and Max as moderators, Vi as viewer; Gia is a guest of the workspace.

    ``patience`` is how many seconds a write may hold an ack up: a slow machine is no failure. ``backoff`` is
    for those who fail on purpose, ``known`` for reactions that only a test states, ``catalogue`` the language
    it speaks, where that is not English, ``counts`` whoever counts what happens. ``clock`` is another than
    the one that stands still, ``besides`` what its environment says besides; what is empty there is not set.
    ``furnish`` adds what is there at 100ms before the bot is.
    """
    clock = clock or Clock()
    workspace = _workspace(clock)
    async with serving(workspace) as address:
        given = {"SLACK_API_URL": f"{address}/api/", "DATABASE_URL": database_url, "HMS_BOT_ADMINS": "U0ADA"}
        said = SECRETS | QUIET | given | (besides or {})
        settings = Settings.read({name: value for name, value in said.items() if value})
        limits = Limits(patience, backoff, at_once)
        chat = Chat(
            settings, clock, World(clock, furnish=furnish), workspace, limits, known, catalogue, counts
        )
        await chat.starts()
        try:
            for who, level in (("vi", Level.VIEWER), ("mo", Level.MODERATOR), ("max", Level.MODERATOR)):
                await chat.grants(who, level)
            yield chat
        finally:
            await chat.stops()


def _workspace(clock: Clock) -> Workspace:
    return Workspace(
        clock,
        signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
        bot_token=SECRETS["SLACK_BOT_TOKEN"],
        app_token=SECRETS["SLACK_APP_TOKEN"],
    )
