"""Guests who wait for a host while the hours of a room last: looked for when they may have waited too long.

100ms remembers of a session when everybody came and went, so a look knows all that was since the last one.
While nobody is there, none can have waited for too long before that time has passed once more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, RoomRef
from bot.command.reaction import Reaction, ReactionContext
from bot.features.room import live
from bot.features.room.book import RoomBook
from bot.features.schedule import cards
from bot.features.schedule.book import Window, Windows, running
from bot.features.schedule.rule import MINUTE, Span
from bot.hms import HmsError
from bot.hms.sessions import Session, SessionPeer
from bot.reply import Button, Invocation, Place, Plain, Reply
from bot.work import Moment, Timer, Timers

USUAL = 5 * MINUTE  # where the room says nothing else


def next_look(_: object, after: datetime) -> datetime:
    """When it is looked again where a look comes to nothing, or a card stands: in a minute."""
    return after + MINUTE


@dataclass(frozen=True)
class Company:
    """Everybody who was in the session of a room so far, in the order in which they came."""

    guests: tuple[SessionPeer, ...] = ()
    hosts: tuple[SessionPeer, ...] = ()

    @property
    def waiting(self) -> tuple[SessionPeer, ...]:
        """The guests who are there."""
        return tuple(peer for peer in self.guests if peer.left_at is None)

    @property
    def host(self) -> SessionPeer | None:
        """A host who is there."""
        return next((peer for peer in self.hosts if peer.left_at is None), None)

    def had_host(self, since: datetime) -> bool:
        """Whether a host was there at some moment after another."""
        return any(peer.left_at is None or peer.left_at > since for peer in self.hosts)

    def waits_since(self) -> datetime | None:
        """Since when there was always a guest; None where none is there."""
        since = until = None
        for peer in self.guests if self.waiting else ():
            if since is None or (until and peer.joined_at and peer.joined_at > until):
                since, until = peer.joined_at, peer.left_at
            elif until:
                until = max(until, peer.left_at) if peer.left_at else None
        return since


class NoHost(Reaction):
    """Look whether guests wait and no host has come; when they have waited for too long, say so.

    ``told`` is whether it was said. The first look comes ``wait`` after the start: who was there before it
    has waited that long by then.
    """

    on = Moment("await host", next=next_look, counted=True)

    window: str
    room: RoomRef
    wait: timedelta
    told: bool = False

    async def react(self, ctx: ReactionContext) -> None:
        """Look, and go on looking unless a host came or the hours are over; a failed look changes nothing."""
        span = await self._span(ctx)
        if span is None:
            await self._end(ctx, await self._over(ctx))
            return
        try:
            found = await company(ctx, self.room)
        except HmsError:
            return
        if found.host or (not self.told and found.had_host(span.starts)):
            await self._end(ctx, cards.host_came(self.room, live.someone(found.host)) if found.host else None)
        elif not self.told:
            await self._go_on(ctx, found)
        elif not found.waiting:
            await self._end(ctx, cards.nobody_waits(self.room))

    async def _span(self, ctx: ReactionContext) -> Span | None:
        """The hours that it is about, while they still let people in."""
        runs = running(await ctx[Windows].of(self.room.id), ctx.now)
        return runs[1] if runs and runs[0].stop_of(runs[1]) == ctx.occurrence.subject else None

    async def _over(self, ctx: ReactionContext) -> Reply:
        """What is said where they let nobody in any more: they are over, or count no more."""
        window = await ctx[Windows].find(self.window)
        if window is None or cards.is_paused(window, ctx.now):
            return Reply(
                "No host had come to {room} when its hours (#{window}) were changed.",
                room=self.room,
                window=self.window,
            )
        return cards.no_host_came(self.room, self.window)

    async def _go_on(self, ctx: ReactionContext, found: Company) -> None:
        """Look again when somebody may have waited for too long; tell it where that is so."""
        since = found.waits_since() or ctx.now
        # Who came at a time to come was here before a clock was set back.
        tells = abs(ctx.now - since) >= self.wait
        look = next_look(None, ctx.now) if tells else since + self.wait
        now = self.model_copy(update={"told": tells})
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, now.timer(ctx.occurrence.subject, look, ctx.cause))
            if tells:
                await self._tell(ctx, tx, await self._nobody_came(ctx, found))

    async def _nobody_came(self, ctx: ReactionContext, found: Company) -> Reply:
        people = live.counted(await live.people(found.waiting, ()))
        words = ctx[Plain].text
        late = words(Reply("The host is late, sorry. Please stay: it begins when the host is here."))
        off = words(Reply("The host could not come today."))
        buttons = [
            Button("Tell them", Invocation("say", room=self.room, text=late)),
            Button("Cancel today", Invocation("end-room", room=self.room, lock=True, reason=off)),
        ]
        return cards.no_host(self.room, people, self.wait, buttons)

    async def _end(self, ctx: ReactionContext, said: Reply | None) -> None:
        """Look no more; a card that was shown says why, and has no buttons any more."""
        async with ctx.transaction() as tx:
            await ctx[Timers].cancel(tx, self.kind(), ctx.occurrence.subject)
            if self.told and said:
                await self._tell(ctx, tx, said)

    async def _tell(self, ctx: ReactionContext, tx: AsyncConnection, said: Reply) -> None:
        for place in ctx.cause.places:
            await ctx.show(tx, f"no host:{ctx.occurrence.subject}", Place(place), said)


async def company(ctx: Context, room: RoomRef) -> Company:
    """Who is and was in the session that runs in a room, without 100ms's own: two calls, one for nobody."""
    session = await _running(ctx, room)
    hosts = await live.host_roles(ctx, room) if session else frozenset()
    if session is None or not hosts:
        return Company()  # where nobody could be a host nobody is missed
    came = await _came(ctx, room, session)
    return Company(
        tuple(peer for peer in came if peer.role not in hosts),
        tuple(peer for peer in came if peer.role in hosts),
    )


async def _came(ctx: Context, room: RoomRef, session: Session) -> list[SessionPeer]:
    """Everybody of a session; who is there has the role of now, which may not be the one they came in."""
    now = {peer.id: peer.role for peer in await live.connected(ctx.hms, room.id) or ()}
    peers = [peer.model_copy(update={"role": now.get(peer.id, peer.role)}) for peer in session.peers.values()]
    own = await ctx.names.recorders(room.id, peers)
    dated = [(peer.joined_at, peer) for peer in peers if peer.joined_at and peer.id not in own]
    return [peer for _, peer in sorted(dated, key=lambda each: each[0])]


async def _running(ctx: Context, room: RoomRef) -> Session | None:
    page = await ctx.hms.sessions.list(room_id=room.id, active=True, limit=10)
    return next((one for one in page.data if one.active), None)


async def first_look(ctx: Context, window: Window, span: Span) -> Timer:
    """When it is looked first whether guests of a span wait: so long after its start as the room says."""
    wait = (await ctx[RoomBook].defaults(window.room.id)).waits or USUAL
    look = NoHost(window=window.id, room=window.room, wait=wait)
    return look.timer(window.stop_of(span), max(span.starts, ctx.now) + wait, window.cause)
