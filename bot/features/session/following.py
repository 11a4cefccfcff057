"""Sessions are followed: looked at whenever something happens in them, and each minute.

What 100ms reports only makes a look come sooner. What is shown is what the look finds, so that it is the same
with events in any order, with polling, and after a restart.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import EVERY, Context, RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext, results_of
from bot.errors import UserError
from bot.features.room.cache import RoomCache
from bot.features.session import showing
from bot.features.session.showing import ROLE_CHANGE
from bot.features.subscription.following import followers
from bot.features.subscription.threads import SessionCards
from bot.hms import HmsError
from bot.hms.sessions import WhichSessions
from bot.store import JSON
from bot.work import Moment, Timer, Timers

log = structlog.get_logger()

MINUTE = timedelta(minutes=1)
PACE = timedelta(seconds=3)  # between two edits in one channel; Slack takes fifty a minute


def next_look(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When a session is looked at again where nothing is heard of it."""
    return after + MINUTE


class Follow(Reaction):
    """Look at a session that is followed, and show what is so now."""

    on = Moment("follow session", next=next_look, counted=True)

    room: RoomRef
    session: str

    async def react(self, ctx: ReactionContext) -> None:
        """Look; a look that fails changes nothing, and the next one comes in a minute."""
        async with ctx.reading() as tx:
            there = await ctx[SessionCards].of(tx, self.session)
        if not there and not await followers(ctx, self.room.id):
            await self._end(ctx)
            return
        try:
            looked = await showing.look(ctx, await _called(ctx, self.room), self.session)
        except (HmsError, UserError) as error:  # a room that is gone too: its session will be over
            log.info("a session could not be looked at", session=self.session, why=type(error).__name__)
            return
        if looked:
            await showing.show(ctx, looked)
        # Once more after the end: for a moment 100ms may still tell the state before it.
        if looked is None or (looked.seen.over and all(card.over for card in there.values())):
            await self._end(ctx)

    async def _end(self, ctx: ReactionContext) -> None:
        async with ctx.transaction() as tx:
            await ctx[Timers].cancel(tx, self.kind(), self.session)


class SessionHint(Reaction):
    """Something happened in a session, whatever it was."""

    on = Event("session.open.success")

    room_id: str
    session_id: str
    room_name: str = ""

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Let one look come for all that happened in a session at once."""
        last = {hint.session_id: (hint, ctx) for hint, ctx in due}
        results = await results_of(hint.react(ctx) for hint, ctx in last.values())
        came_of = dict(zip(last, results, strict=True))
        return [came_of[hint.session_id] for hint, _ in due]

    async def react(self, ctx: ReactionContext) -> None:
        """Look soon, where it is followed; most sessions are not, and cost a read."""
        room = RoomRef(id=self.room_id, name=self.room_name)
        if not await followers(ctx, room.id) or not await _is_late(ctx, self.session_id):
            return
        async with ctx.transaction() as tx:
            await _sooner(tx, ctx[SessionCards], ctx[Timers], room, self.session_id, ctx.now)


class SessionClosed(SessionHint):
    """A session is over."""

    on = Event("session.close.success")


class SomebodyCame(SessionHint):
    """Somebody came in."""

    on = Event("peer.join.success")


class SomebodyWent(SessionHint):
    """Somebody left, or was removed."""

    on = Event("peer.leave.success")


class SomebodyChanged(SessionHint):
    """Somebody has another role."""

    on = Event(ROLE_CHANGE)


class BeamBegan(SessionHint):
    """A recording or a stream began."""

    on = Event("beam.started.success")


class BeamEnded(SessionHint):
    """A recording or a stream ended."""

    on = Event("beam.stopped.success")


class BeamBroke(SessionHint):
    """A recording or a stream broke."""

    on = Event("beam.failure")


class LiveStreamBegan(SessionHint):
    """A live stream began."""

    on = Event("hls.started.success")


class LiveStreamEnded(SessionHint):
    """A live stream ended."""

    on = Event("hls.stopped.success")


class LiveStreamBroke(SessionHint):
    """A live stream broke."""

    on = Event("hls.failure")


async def _called(ctx: Context, room: RoomRef) -> RoomRef:
    """The room with its name, which not everything that brings us here has said."""
    names = ctx[RoomCache]
    if not names.now_called(room).name:
        await names.learn({room.id})
    return names.now_called(room)


async def begin(ctx: Context, room: RoomRef) -> None:
    """Show the sessions that go on in a room, or in all of them, to whoever has just begun to follow it."""
    every = WhichSessions(active=True)
    which = every if room == EVERY else WhichSessions(active=True, room_id=room.id)
    found = [one async for one in ctx.hms.sessions.each(**which) if one.active]
    async with ctx.transaction() as tx:
        called = [room if room != EVERY else RoomRef(id=one.room_id) for one in found]
        await ctx[Timers].set(
            tx, *(_timer(each, one.id, ctx.now) for each, one in zip(called, found, strict=True))
        )


async def touched(
    tx: AsyncConnection, cards: SessionCards, timers: Timers, rooms: Iterable[str], now: datetime
) -> None:
    """Let the sessions that are followed in some rooms be looked at soon: something was done there."""
    for room in rooms:
        for session in {one.session for one in (await cards.running(tx, room)).values()}:
            await _sooner(tx, cards, timers, RoomRef(id=room), session, now)


async def _sooner(
    tx: AsyncConnection, cards: SessionCards, timers: Timers, room: RoomRef, session: str, now: datetime
) -> None:
    """Let a look come soon, unless one comes as soon: however much happens, nothing puts it off."""
    at = now + PACE * max(1, await cards.busiest(tx, session))
    expected = await timers.pending(tx, kind=Follow.kind(), subject_prefix=session)
    if not expected or expected[0].fire_at > at:
        await timers.set(tx, _timer(room, session, at))


def _timer(room: RoomRef, session: str, at: datetime) -> Timer:
    """When a session is looked at; nobody asked for it in particular."""
    payload = Follow(room=room, session=session).model_dump(mode="json")
    return Timer(Follow.kind(), session, at, payload)


async def _is_late(ctx: Context, session: str) -> bool:
    """Whether the next look at a session comes too late for what has just happened, or none comes."""
    async with ctx.reading() as tx:
        cards = await ctx[SessionCards].of(tx, session)
        expected = await ctx[Timers].pending(tx, kind=Follow.kind(), subject_prefix=session)
    over = bool(cards) and all(card.over for card in cards.values())
    return not over and not (expected and expected[0].fire_at <= ctx.now + PACE)
