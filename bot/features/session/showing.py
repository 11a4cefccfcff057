"""One look at a session that is followed, and what its cards and their threads say of it then."""

from asyncio import gather
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Context, PersonRef, RoomRef
from bot.features.room import cockpit, live
from bot.features.room.cockpit import NOTHING_COMES, Sight
from bot.features.room.locks import Locks
from bot.features.room.recorders import claimed, jobs
from bot.features.schedule.coming import coming
from bot.features.session import live_cards
from bot.features.session.attendance import attendance
from bot.features.session.live_cards import News, RoleChange, Seen
from bot.features.session.movements import BACK_WITHIN, Between, movements, turns
from bot.features.subscription.book import Subscription, Subscriptions
from bot.features.subscription.threads import SessionCard, SessionCards
from bot.hms import Beam, NotFound, Session, one_look
from bot.reply import Message, Place
from bot.request.book import digest
from bot.store import JSON
from bot.work.inbox import Inbox

PROMPTLY = timedelta(seconds=2)  # who opens a session comes with it
OLD = timedelta(hours=1)  # a session that ended longer ago and was never shown is no news
ROLE_CHANGE = "role.change.success"


@dataclass(frozen=True)
class SessionLook:
    """What one look found, and when it began; ``own`` are 100ms's own bots among those who took part."""

    at: datetime
    seen: Seen
    beams: Sequence[Beam]
    own: Collection[str]


async def look(ctx: Context, room: RoomRef, session: str) -> SessionLook | None:
    """Look at a session, and into its room while it goes on: eight calls, four once it is over.

    None where 100ms knows no such session of the room, whatever an event said.
    """
    at = ctx.now
    with one_look():
        try:
            found, known = await gather(ctx.hms.sessions.retrieve(session), jobs(ctx.hms, room.id))
        except NotFound:
            return None
        if found.room_id != room.id:
            return None
        sight, here = await _inside(ctx, room, found)
    beams = [beam for beam in known.all if beam.session_id == session]
    own = claimed(found.peers.values(), beams)
    recordings = sum(beam.session_id == session for beam in known.recordings)
    seen = Seen(found, sight, here, attendance(found, own, ctx.now), recordings)
    return SessionLook(at, seen, beams, own)


async def _inside(ctx: Context, room: RoomRef, found: Session) -> tuple[Sight, tuple[PersonRef, ...]]:
    """The room as it is now, and who is in it; of a session that is over nothing of that is asked."""
    if not found.active:
        return Sight(room), ()
    now, opened, comes = await gather(
        live.find(ctx, room, hosts=False), cockpit.is_open(ctx, room), coming(ctx, [room.id])
    )
    lock = None if opened else await ctx[Locks].of(room.id)
    mine = now if now and now.session == found.id else None
    people, running = (mine.people, mine.running) if mine else (None, ())
    expected = comes.get(room.id, NOTHING_COMES)
    return Sight(room, people, None, running, opened, lock, coming=expected), mine.here if mine else ()


async def show(ctx: Context, looked: SessionLook) -> None:
    """Bring every card of the session up to date, and tell its threads what is new."""
    seen = looked.seen
    async with ctx.transaction() as tx:
        said = await ctx[Subscriptions].of_room(tx, seen.sight.room.id)
        cards = await ctx[SessionCards].of(tx, seen.session.id)
        for followed in said.values():
            card = cards.get(followed.channel)
            if followed.has_card and (card or _is_news(seen, followed, looked.at)):
                await _show_in(ctx, tx, looked, followed, card)


def _is_news(seen: Seen, followed: Subscription, now: datetime) -> bool:
    """Whether a session that is shown nowhere yet is to be shown: it goes on, or ended just now."""
    return seen.over is None or (seen.over > followed.since and now - seen.over < OLD)


async def _show_in(
    ctx: Context, tx: AsyncConnection, looked: SessionLook, followed: Subscription, card: SessionCard | None
) -> None:
    seen = looked.seen
    if card and card.looked_at > looked.at:  # a look that took longer says what was
        return
    message = live_cards.card(seen, followed, looked.at)
    now = _card(looked, followed, card, _digest(message))
    if card is None or card.shown != now.shown:
        await ctx.show(tx, now.key, Place(followed.channel), message)
    news = await _news(ctx, tx, looked, Between(card.told if card else _beginning(seen, followed), now.told))
    line = live_cards.line(news, followed)
    if line:
        await ctx.show(tx, f"{now.key}:{now.told.isoformat()}", now.thread, line)
    await ctx[SessionCards].put(tx, now)


def _card(looked: SessionLook, followed: Subscription, before: SessionCard | None, shown: str) -> SessionCard:
    """What is kept of a card as it is shown now; it stays under the key it was first shown by."""
    seen, room = looked.seen, looked.seen.sight.room
    key = before.key if before else f"session:{seen.session.id}:{followed.number}"
    # Told is what a minute has passed over: until then nobody knows whether who left comes back.
    told = seen.over or looked.at - BACK_WITHIN
    told = max(told, before.told if before else _beginning(seen, followed))
    return SessionCard(
        session=seen.session.id,
        channel=followed.channel,
        room=room.id,
        room_name=room.name,
        key=key,
        shown=shown,
        told=told,
        over=seen.over is not None,
        looked_at=looked.at,
    )


def _beginning(seen: Seen, followed: Subscription) -> datetime:
    """From when on its thread tells what happens: not what was before anybody followed."""
    return max((seen.begun or followed.since) - PROMPTLY, followed.since)


async def _news(ctx: Context, tx: AsyncConnection, looked: SessionLook, between: Between) -> News:
    session = looked.seen.session
    reported = await ctx[Inbox].of_session(tx, session.id, ROLE_CHANGE, between.since, between.until)
    changes = [RoleChange(**_changed(data)) for data in reported]
    return News(movements(session, looked.own, between), turns(looked.beams, between), changes)


def _changed(data: Mapping[str, JSON]) -> dict[str, str]:
    return {
        "name": str(data.get("user_name", "")),
        "role": str(data.get("role", "")),
        "before": str(data.get("previous_role", "")),
    }


def _digest(message: Message) -> str:
    """What a card says, in short; its buttons have new values each time, and would be an edit each."""
    return digest([message.reply.json(), message.state.json() if message.state else None])
