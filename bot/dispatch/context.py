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
from bot.reply import Message, Reply
from bot.request.audit import Audit
from bot.request.request import Origin, Request

Book = TypeVar("Book")


@dataclass(frozen=True)
class Running:
    """The context of one run; ``bot.command.Context`` says what each member is for."""

    parts: Parts
    road: Road
    actor: Actor
    origin: Origin
    names: Names
    request: int = 0
    reason: str = ""

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.parts.clock()

    @property
    def hms(self) -> Hms:
        """The 100ms client."""
        return self.parts.hms

    @property
    def rights(self) -> Access:
        """Who may do what."""
        return self.parts.access

    @property
    def trail(self) -> Audit:
        """The audit trail."""
        return self.parts.audit

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
        key = f"request:{self.request}:{step}:{target}"
        return await self.parts.effects.once(key, call, read_back=read_back)

    async def post(self, tx: AsyncConnection, key: str, place: Place, reply: Reply) -> None:
        """Plan something that others will read."""
        await self.parts.voice.post(tx, key, place, Message(reply), request=self.request)


async def context(parts: Parts, road: Road, actor: Actor, request: Request | Origin) -> Running:
    """Make the context for a request, or for a read that was asked at an origin."""
    if isinstance(request, Origin):
        return Running(parts, road, actor, request, await parts.names_for(actor, request))
    names = await parts.names_for(actor, request.origin)
    return Running(parts, road, actor, request.origin, names, request.id, request.reason)
