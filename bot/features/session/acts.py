"""Looking up what has gone on in a room."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
from bot.hms import Beam, HmsError, RecordingAsset, ReportedEvent, Session
from bot.request.book import RequestBook
from bot.work.arrivals import Source
from bot.work.inbox import Inbox

REMEMBERED = timedelta(days=30)  # so long 100ms tells who was unmuted or on camera
MOST_EVENTS = 20_000  # of microphones and cameras: two hundred calls, and a room in which all switch all day


@dataclass(frozen=True)
class Past:
    """One session, over or not: who was there, what was recorded, and its files."""

    session: Session
    people: tuple[Attendee, ...]
    recordings: Sequence[Beam] = ()
    assets: Sequence[RecordingAsset] = ()
    storage: Storage = field(default_factory=Storage)


async def newest(ctx: Context, room: RoomRef, most: int) -> list[Past]:
    """So many sessions of a room, the newest first; who was there, and nothing of their files."""
    found, known = await gather(_listed(ctx, room, most), jobs(ctx.hms, room.id))
    return [_past(session, known, ctx.now) for session in found[:most]]


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
    found: list[ReportedEvent] = []
    try:
        async for one in ctx.hms.analytics.each_track_event(session.room_id, session_id=session.id):
            found.append(one)
            if len(found) == MOST_EVENTS:
                break
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


async def _listed(ctx: Context, room: RoomRef, most: int) -> list[Session]:
    """A list that is not told which may leave those out that are over."""
    live, over = await gather(
        ctx.hms.sessions.list(room_id=room.id, active=True, limit=max(most, 10)),
        ctx.hms.sessions.list(room_id=room.id, active=False, limit=max(most, 10)),
    )
    once = {session.id: session for session in (*live.data, *over.data)}  # one that has just ended is on both
    return sorted(once.values(), key=lambda one: one.id, reverse=True)  # ids rise with the time of making


async def _named(ctx: Context, room: RoomRef, session: str) -> Session:
    return await finding.in_room(ctx.hms.sessions.retrieve(session), room, _unknown(room, session))


async def _newest(ctx: Context, room: RoomRef) -> Session:
    found = await _listed(ctx, room, 1)
    if not found:
        raise never(room)
    return found[0]


def never(room: RoomRef) -> UserError:
    """The sentence for a room that nobody has been in."""
    return UserError("Nobody has been in {room} yet. See the other rooms: `/hms room list`.", room=room)


def _unknown(room: RoomRef, session: str) -> UserError:
    return UserError(
        "{room} has had no session {session}. See which it had: `/hms session list`.",
        room=room,
        session=session,
    ).at("session")
