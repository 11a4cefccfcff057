"""Looking up what has gone on in a room."""

from asyncio import gather
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.case.acts import APP
from bot.features.record import files
from bot.features.record.files import Storage
from bot.features.room import finding
from bot.features.room.recorders import Jobs, claimed, jobs
from bot.features.session.attendance import Attendee, attendance
from bot.features.session.receipt import ActDone, Receipt, participations
from bot.features.session.tracks import Coverage, Tracks, sent_in
from bot.hms import Beam, HmsError, RecordingAsset, Session, first_of
from bot.hms.paging import LARGEST_PAGE
from bot.request.book import RequestBook
from bot.work.arrivals import Source
from bot.work.inbox import Inbox

REMEMBERED = timedelta(days=30)  # so long 100ms tells who was unmuted or on camera
MOST = 500  # sessions of a list: five calls
MOST_EVENTS = 20_000  # of microphones and cameras: two hundred calls, and a room in which all switch all day


@dataclass(frozen=True)
class Past:
    """One session, over or not: who was there, what was recorded, and its files."""

    session: Session
    people: tuple[Attendee, ...]
    recordings: Sequence[Beam] = ()
    assets: Sequence[RecordingAsset] = ()
    storage: Storage = field(default_factory=Storage)


async def newest(ctx: Context, room: RoomRef, before: datetime | None = None) -> tuple[list[Past], bool]:
    """The sessions of a room, the newest first, and whether 100ms has older ones.

    It is known who was there, and nothing of their files.
    """
    which: dict[str, Any] = {"room_id": room.id} | ({"before": before} if before else {})
    live, (over, more), known = await gather(
        ctx.hms.sessions.list(limit=LARGEST_PAGE, active=True, **which),
        first_of(ctx.hms.sessions.each(active=False, **which), MOST),
        jobs(ctx.hms, room.id),
    )
    return [_past(session, known, ctx.now) for session in _in_order(live.data, over)], more


async def find(ctx: Context, room: RoomRef, session: str = "") -> Past:
    """One session of a room with all that is left of it, the newest if none is named.

    UserError where there is none.
    """
    found = await (_named(ctx, room, session) if session else _newest(ctx, room))
    (left, storage), known = await gather(files.of(ctx, room, found.id), jobs(ctx.hms, room.id, found.id))
    past = _past(found, known, ctx.now)
    return Past(found, past.people, past.recordings, left, storage)


def span(session: Session, now: datetime) -> tuple[datetime, datetime] | None:
    """From when to when it lasted, so far; None where 100ms does not say when it began."""
    if session.created_at is None:
        return None
    end = now if session.active else session.updated_at
    return session.created_at, max(end or now, session.created_at)


async def receipt(ctx: Context, room: RoomRef, past: Past) -> Receipt | None:
    """A session as a whole, with what was done in it; None where 100ms does not say when it began.

    What 100ms refuses to tell of microphones and cameras is missing in it, and the rest is right.
    """
    lasted = span(past.session, ctx.now)
    if lasted is None:
        return None
    began, until = lasted
    tracks, (done, sources) = await gather(
        _tracks(ctx, past.session, until), _remembered(ctx, past.session, lasted)
    )
    return Receipt(
        room,
        past.session.id,
        began,
        until,
        None if past.session.active else until,
        participations(past.people, tracks),
        done,
        tuple(past.recordings),
        tuple(past.assets),
        past.storage,
        tracks.told,
        sources,
    )


async def _tracks(ctx: Context, session: Session, until: datetime) -> Tracks:
    """Who was heard and seen: one walk for everybody, never a look at each."""
    if ctx.now - until > REMEMBERED:
        return Tracks(Coverage.FORGOTTEN)
    walk = ctx.hms.analytics.each_track_event(session.room_id, session_id=session.id)
    try:
        found, _ = await first_of(walk, MOST_EVENTS)
    except HmsError:
        return Tracks(Coverage.REFUSED)
    return sent_in(session, found, until)


async def _remembered(
    ctx: Context, session: Session, lasted: tuple[datetime, datetime]
) -> tuple[tuple[ActDone, ...], frozenset[Source]]:
    """What people had done in it, and how we heard of it while it ran.

    What was done in an app has nobody who asked for it, and may be heard of long after: cases tell of it.
    """
    async with ctx.reading() as tx:
        done = await ctx[RequestBook].done_between(tx, session.room_id, *lasted)
        sources = await ctx[Inbox].sources(tx, session.id)
    return tuple(ActDone.of(one) for one in done if one.origin.door != APP), sources


def _past(session: Session, known: Jobs, now: datetime) -> Past:
    mine = [beam for beam in known.all if beam.session_id == session.id]
    own = claimed(session.peers.values(), mine)
    recordings = [beam for beam in known.recordings if beam.session_id == session.id]
    return Past(session, attendance(session, own, now), recordings)


def _in_order(live: Iterable[Session], over: Iterable[Session]) -> list[Session]:
    """The newest first, of two lists: one that is not told which may leave those out that are over."""
    once = {session.id: session for session in (*live, *over)}  # one that has just ended is on both
    return sorted(once.values(), key=lambda one: one.id, reverse=True)  # ids rise with the time of making


async def _named(ctx: Context, room: RoomRef, session: str) -> Session:
    return await finding.in_room(ctx.hms.sessions.retrieve(session), room, _unknown(room, session))


async def _newest(ctx: Context, room: RoomRef) -> Session:
    live, over = await gather(
        ctx.hms.sessions.list(room_id=room.id, active=True, limit=10),
        ctx.hms.sessions.list(room_id=room.id, active=False, limit=10),
    )
    found = _in_order(live.data, over.data)
    if not found:
        raise never(room)
    return found[0]


def never(room: RoomRef, before: timedelta | None = None) -> UserError:
    """The sentence for a room that nobody has been in, or not so long ago."""
    if before:
        return UserError(
            "Nobody was in {room} longer ago than {before}. See since when: `/hms session list`.",
            room=room,
            before=before,
        ).at("before")
    return UserError("Nobody has been in {room} yet. See the other rooms: `/hms room list`.", room=room)


def _unknown(room: RoomRef, session: str) -> UserError:
    return UserError(
        "{room} has had no session {session}. See which it had: `/hms session list`.",
        room=room,
        session=session,
    ).at("session")
