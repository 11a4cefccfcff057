"""Sessions are followed: looked at whenever something happens in them, and each minute.

What 100ms reports only makes a look come sooner. What is shown is what the look finds, so that it is the same
with events in any order, with polling, and after a restart.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import EVERY, Context, RoomRef
from bot.command.book import Books
from bot.command.reaction import Reaction, ReactionContext
from bot.errors import UserError
from bot.features.room.cache import RoomCache
from bot.features.session import showing
from bot.features.session.showing import ROLE_CHANGE
from bot.features.subscription.book import Subscriptions
from bot.features.subscription.following import followers
from bot.features.subscription.threads import SessionCards
from bot.hms import HmsError
from bot.hms.sessions import WhichSessions
from bot.store import JSON
from bot.work import Moment, Timer, Timers
from bot.work.arrivals import Arrival

log = structlog.get_logger()

MINUTE = timedelta(minutes=1)
PACE = timedelta(seconds=3)  # between two edits in one channel; Slack takes fifty a minute


HINTS = frozenset(  # of each of which a card tells
    {
        "session.open.success",
        "session.close.success",
        "peer.join.success",
        "peer.leave.success",
        ROLE_CHANGE,
        "beam.started.success",
        "beam.stopped.success",
        "beam.failure",
        "hls.started.success",
        "hls.stopped.success",
        "hls.failure",
    }
)


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
            looked = await showing.look(ctx, await ctx[RoomCache].with_name(self.room), self.session)
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


async def going_on(ctx: Context, room: RoomRef) -> Mapping[str, RoomRef]:
    """The sessions that go on in a room, or in all of them, by their ids, each with its room."""
    every = WhichSessions(active=True)
    which = every if room == EVERY else WhichSessions(active=True, room_id=room.id)
    found = [one async for one in ctx.hms.sessions.each(**which) if one.active]
    return {one.id: RoomRef(id=one.room_id) if room == EVERY else room for one in found}


async def begin(ctx: Context, sessions: Mapping[str, RoomRef]) -> None:
    """Show these sessions to whoever has just begun to follow their rooms."""
    async with ctx.transaction() as tx:
        await ctx[Timers].set(tx, *(_timer(room, one, ctx.now) for one, room in sessions.items()))


async def touched(tx: AsyncConnection, books: Books, rooms: Collection[str], now: datetime) -> None:
    """Let the sessions that are followed in some rooms be looked at soon: something was done there."""
    for session, room in (await books[SessionCards].going_on(tx, rooms)).items():
        await _sooner(tx, books, RoomRef(id=room), session, now)


async def heard(tx: AsyncConnection, books: Books, arrivals: Iterable[Arrival], now: datetime) -> None:
    """Let the sessions that are followed be looked at soon of which 100ms reports something, whatever it is.

    Most are not followed: all that came together costs one read.
    """
    sessions = {
        str(one.data["session_id"]): RoomRef(
            id=str(one.data["room_id"]), name=str(one.data.get("room_name") or "")
        )
        for one in arrivals
        if one.type in HINTS and one.data.get("session_id") and one.data.get("room_id")
    }
    followed = await books[Subscriptions].with_card(tx, {room.id for room in sessions.values()})
    for session, room in sessions.items():
        cards = (await books[SessionCards].of(tx, session)).values() if room.id in followed else ()
        if room.id in followed and not (cards and all(card.over for card in cards)):
            await _sooner(tx, books, room, session, now)


async def _sooner(tx: AsyncConnection, books: Books, room: RoomRef, session: str, now: datetime) -> None:
    """Let a look come soon, unless one comes as soon: however much happens, nothing puts it off."""
    timers = books[Timers]
    expected = await timers.pending(tx, kind=Follow.kind(), subject_prefix=session)
    if expected and expected[0].fire_at <= now + PACE:
        return
    at = now + PACE * max(1, await books[SessionCards].busiest(tx, session))
    if not expected or expected[0].fire_at > at:
        await timers.set(tx, _timer(room, session, at))


def _timer(room: RoomRef, session: str, at: datetime) -> Timer:
    """When a session is looked at; nobody asked for it in particular."""
    payload = Follow(room=room, session=session).model_dump(mode="json")
    return Timer(Follow.kind(), session, at, payload)
