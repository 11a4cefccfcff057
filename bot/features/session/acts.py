"""Looking up what has gone on in a room."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.record import files
from bot.features.record.files import Storage
from bot.features.room import finding
from bot.features.room.recorders import Jobs, claimed, jobs
from bot.features.session.attendance import Attendee, attendance
from bot.hms import Beam, RecordingAsset, Session


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
    (left, storage), known = await gather(files.of(ctx, room, found.id), jobs(ctx.hms, room.id))
    past = _past(found, known, ctx.now)
    return Past(found, past.people, past.recordings, left, storage)


def span(session: Session, now: datetime) -> tuple[datetime, datetime] | None:
    """From when to when it lasted, so far; None where 100ms does not say when it began."""
    if session.created_at is None:
        return None
    end = now if session.active else session.updated_at
    return session.created_at, max(end or now, session.created_at)


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
