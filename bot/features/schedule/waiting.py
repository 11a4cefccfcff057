"""Guests who wait for a host while the hours of a room last: looked for each minute, told once a day."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.command.reaction import Reaction, ReactionContext
from bot.features.room import live
from bot.features.room.book import RoomBook
from bot.features.room.live import Live
from bot.features.schedule import cards
from bot.features.schedule.book import Window, Windows
from bot.features.schedule.rule import MINUTE, Span
from bot.hms import HmsError
from bot.reply import Button, Invocation, Place, Plain, Reply
from bot.work import Moment, Timer, Timers

USUAL = 5 * MINUTE  # where the room says nothing else


def next_look(_: object, after: datetime) -> datetime:
    """When it is looked again: each minute, until a look finds that nothing is left to look for."""
    return after + MINUTE


class NoHost(Reaction):
    """Look whether guests wait and no host has come; when they have waited for too long, say so.

    ``since`` is the moment from which on they have waited, as far as looks can tell; ``told``, whether it was
    said. The first look comes ``wait`` after the start: who was there before it has waited that long by then.
    """

    on = Moment("await host", next=next_look)

    window: str
    room: RoomRef
    wait: timedelta
    since: datetime | None = None
    told: bool = False

    async def react(self, ctx: ReactionContext) -> None:
        """Look, and go on looking unless a host came or the hours are over; a failed look changes nothing."""
        if not await self._lasts(ctx):
            await self._end(ctx, cards.no_host_came(self.room, self.window))
            return
        try:
            found = await live.find(ctx, self.room)
        except HmsError:
            return
        said = self._answer(found)
        if said:
            await self._end(ctx, said)
        else:
            await self._go_on(ctx, found)

    async def _lasts(self, ctx: ReactionContext) -> bool:
        """Whether the hours that it is about still let people in."""
        window = await ctx[Windows].find(self.window)
        span = window.span(ctx.now) if window else None
        return bool(window and span and window.stop_of(span) == ctx.occurrence.subject)

    def _answer(self, found: Live | None) -> Reply | None:
        """What a look found that makes more of them needless."""
        if found is None or not found.here:
            return cards.nobody_waits(self.room) if self.told else None
        host = next(filter(found.protects, found.here), None)
        return cards.host_came(self.room, host) if host else None

    async def _go_on(self, ctx: ReactionContext, found: Live | None) -> None:
        """Remember what was seen, and tell it where it has lasted for too long."""
        since = self._waits_since(ctx, found)
        tells = since is not None and ctx.now - since >= self.wait
        now = self.model_copy(update={"since": since, "told": self.told or tells})
        if now == self:
            return
        async with ctx.transaction() as tx:
            look = next_look(None, ctx.now)
            await ctx[Timers].set(tx, now.timer(ctx.occurrence.subject, look, ctx.cause))
            if found and tells:
                await self._tell(ctx, tx, self._nobody_came(ctx, found))

    def _waits_since(self, ctx: ReactionContext, found: Live | None) -> datetime | None:
        """Since when guests wait; None where none do, or where nobody could be their host.

        Of the time in which nobody looked it is not known whether a host was there: it does not count.
        """
        if found is None or not found.here or not found.host_roles:
            return None
        if ctx.occurrence.lateness > MINUTE:
            return ctx.now
        return self.since or min(found.joined.values(), default=ctx.now)

    def _nobody_came(self, ctx: ReactionContext, found: Live) -> Reply:
        words = ctx[Plain].text
        late = words(Reply("The host is late, sorry. Please stay: it begins when the host is here."))
        off = words(Reply("The host could not come today."))
        buttons = [
            Button("Tell them", Invocation("say", room=self.room, text=late)),
            Button("Cancel today", Invocation("end-room", room=self.room, lock=True, reason=off)),
        ]
        return cards.no_host(self.room, found.people, self.wait, buttons)

    async def _end(self, ctx: ReactionContext, said: Reply) -> None:
        """Look no more; a card that was shown says why, and has no buttons any more."""
        async with ctx.transaction() as tx:
            await ctx[Timers].cancel(tx, self.kind(), ctx.occurrence.subject)
            if self.told:
                await self._tell(ctx, tx, said)

    async def _tell(self, ctx: ReactionContext, tx: AsyncConnection, said: Reply) -> None:
        for place in ctx.cause.places:
            await ctx.show(tx, f"no host:{ctx.occurrence.subject}", Place(place), said)


async def first_look(ctx: Context, window: Window, span: Span) -> Timer:
    """When it is looked first whether guests of a span wait: so long after its start as the room says."""
    wait = (await ctx[RoomBook].defaults(window.room.id)).waits or USUAL
    look = NoHost(window=window.id, room=window.room, wait=wait)
    return look.timer(window.stop_of(span), max(span.starts, ctx.now) + wait, window.cause)
