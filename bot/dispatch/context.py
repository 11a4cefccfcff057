"""What a command, or a reaction, has at hand while it runs."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Access, Rights
from bot.command import Names
from bot.command.ports import Road
from bot.command.reaction import Occurrence
from bot.dispatch import saying
from bot.dispatch.dispatcher import Dispatcher
from bot.hms import Hms
from bot.people import Actor
from bot.reply import Message, Place, Reply
from bot.request.audit import Audit
from bot.request.request import Cause, Origin, Request

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Running:
    """The context of one run; ``bot.command.Context`` says what each member is for.

    ``key`` begins the key of everything that may happen only once in it; empty for a read.
    """

    dispatcher: Dispatcher
    actor: Actor
    origin: Origin
    cause: Cause
    request: Request | None = None
    key: str = ""

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.dispatcher.clock()

    @property
    def hms(self) -> Hms:
        """The 100ms client."""
        return self.dispatcher.hms

    @property
    def road(self) -> Road:
        """The road, for commands that decide on requests or ask for something themselves."""
        return self.dispatcher.road_of(self.dispatcher)

    @property
    def access(self) -> Access:
        """Who may do what."""
        return self.dispatcher.access

    async def rights(self) -> Rights:
        """What they may do: the road asks before the command runs, and need not ask again for it."""
        if "_rights" not in vars(self):
            vars(self)["_rights"] = await self.access.rights(self.actor, channel=self.origin.channel)
        rights: Rights = vars(self)["_rights"]
        return rights

    @property
    def audit(self) -> Audit:
        """The log of who did what."""
        return self.dispatcher.audit

    @cached_property
    def names(self) -> Names:
        """What words mean here."""
        return self.dispatcher.names_for(self.actor, self.origin, self.rights)

    async def member(self, user: str) -> Actor:
        """Somebody of the workspace as the door knows them now."""
        return await self.dispatcher.voice.actor(user)

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One state of the store, for looking."""
        return self.dispatcher.db.read()

    def transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One transaction on the store."""
        return self.dispatcher.db.write()

    async def written(self, write: Coroutine[Any, Any, object]) -> bool:
        """Write what an answer can do without; False when that takes longer than people are kept waiting."""
        return await saying.written(self.dispatcher, write)

    def __getitem__(self, book: type[Kept]) -> Kept:
        return self.dispatcher.books[book]

    async def once(
        self,
        step: str,
        target: str,
        call: Callable[[], Awaitable[Any]],
        *,
        read_back: Callable[[], Awaitable[bool | None]] | None = None,
    ) -> Any:
        """Make a call that may happen only once for this request or occurrence."""
        return await self.dispatcher.effects.once(self._key(step, target), call, read_back=read_back)

    async def first_seen(self, what: str, target: str, look: Callable[[], Awaitable[Any]]) -> Any:
        """What was true when this was first looked at for this request or occurrence."""
        return await self.dispatcher.effects.first(self._key(what, target), look)

    async def show(self, tx: AsyncConnection, key: str, place: Place, said: Reply | Message) -> None:
        """Post what others read; the same ``key`` again edits it."""
        await saying.show(self.dispatcher, tx, key, place, said, request=self.cause.request)

    def _key(self, step: str, target: str) -> str:
        """One step on one target: the same key never happens twice."""
        if not self.key:
            raise LookupError(f"{step} {target} would be done for nothing that was asked or occurred.")
        return f"{self.key}:{step}:{target}"


@dataclass(frozen=True)
class Reacting(Running):
    """The context of one reaction: keyed by what occurred, so that the second day is another one."""

    occurrence: Occurrence = None  # type: ignore[assignment]  # always given; fields before it have defaults


def context(road: Dispatcher, actor: Actor, asked: Request | Origin) -> Running:
    """Make the context for a request, or for a read that was asked at an origin."""
    if isinstance(asked, Origin):
        return Running(road, actor, asked, Cause(0, actor.mention, road.clock()))
    return Running(road, actor, asked.origin, asked.cause, asked, f"request:{asked.id}")


def reacting(road: Dispatcher, occurrence: Occurrence, cause: Cause) -> Reacting:
    """Make the context for a reaction; it acts in the name of who provided for it."""
    actor = Actor(cause.by.user, cause.by.name)
    origin = Origin("clock", occurrence.key)
    return Reacting(road, actor, origin, cause, key=occurrence.key, occurrence=occurrence)
