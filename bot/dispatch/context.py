"""What a command has at hand while it runs."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.access import Access
from bot.command import Names
from bot.command.ports import Place, Road
from bot.dispatch.parts import Parts
from bot.hms import Hms
from bot.people import Actor
from bot.reply import Mention, Message, Reply
from bot.request.audit import Audit
from bot.request.request import Cause, Origin, Request

Book = TypeVar("Book")


@dataclass(frozen=True)
class Running:
    """The context of one run; ``bot.command.Context`` says what each member is for."""

    parts: Parts
    road: Road
    actor: Actor
    origin: Origin
    names: Names
    request: Request | None = None

    @property
    def cause(self) -> Cause:
        """What provided for it: the request, or for a read whoever asks."""
        if self.request:
            return self.request.cause
        return Cause(0, Mention(self.actor.id, self.actor.name), self.now)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.parts.clock()

    @property
    def hms(self) -> Hms:
        """The 100ms client."""
        return self.parts.hms

    @property
    def access(self) -> Access:
        """Who may do what."""
        return self.parts.access

    @property
    def audit(self) -> Audit:
        """The log of who did what."""
        return self.parts.audit

    async def member(self, user: str) -> Actor:
        """Somebody of the workspace as the door knows them now."""
        return await self.parts.voice.actor(user)

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One state of the store, for looking."""
        return self.parts.db.read()

    def transaction(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One transaction on the store."""
        return self.parts.db.write()

    def __getitem__(self, book: type[Book]) -> Book:
        return cast("Book", self.parts.books[book])

    async def once(
        self,
        step: str,
        target: str,
        call: Callable[[], Awaitable[Any]],
        *,
        read_back: Callable[[], Awaitable[bool | None]] | None = None,
    ) -> Any:
        """Make a call that may happen only once for this request."""
        return await self.parts.effects.once(self._key(step, target), call, read_back=read_back)

    async def first_seen(self, what: str, target: str, look: Callable[[], Awaitable[Any]]) -> Any:
        """What was true when this was first looked at for this request."""
        return await self.parts.effects.first(self._key(what, target), look)

    async def post(self, tx: AsyncConnection, key: str, place: Place, reply: Reply) -> None:
        """Plan something that others will read."""
        await self.parts.voice.post(tx, key, place, Message(reply), request=self.cause.request)

    def _key(self, step: str, target: str) -> str:
        """One step of one request on one target: the same key never happens twice."""
        if self.request is None:
            raise LookupError(f"{step} {target} is done for no request.")
        return f"request:{self.request.id}:{step}:{target}"


def context(parts: Parts, road: Road, actor: Actor, request: Request | Origin) -> Running:
    """Make the context for a request, or for a read that was asked at an origin."""
    origin = request if isinstance(request, Origin) else request.origin
    asked = None if isinstance(request, Origin) else request
    return Running(parts, road, actor, origin, parts.names_for(actor, origin), asked)
