"""What recordings, live streams and streams to other platforms have in common, as people meet them."""

from asyncio import gather
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import live
from bot.hms import Beam, NotFound, first_of
from bot.hms.beam import WhichBeams
from bot.reply import RECORDING, STREAM, Code, Reply, Term, roughly

Job = TypeVar("Job", bound=Beam)

ENDED = Term("has ended")
STATES = {
    "starting": Term("is starting"),
    "running": Term("is running"),
    "paused": Term("is paused"),  # 100ms does not say so: we do, of what was paused here
    "stopping": Term("is being stopped"),
    "post_processing": Term("has ended, and its files are being made"),
    "completed": ENDED,
    "failed": Term("has failed"),
}
MOST = 500  # jobs of a list: five calls
OLDER = Reply("There are older ones: see those of one session with {option}.", option=Code("--session"))
ALONE = Reply("Nobody is there yet: it stops by itself if nobody comes within 5 minutes.")


@dataclass(frozen=True)
class Holding:
    """What holds the one slot in which 100ms records a room, or streams it to other platforms."""

    id: str
    kind: str
    since: datetime | None
    stopping: bool = False


@dataclass(frozen=True)
class Started:
    """A job that was started, and whether anybody was there to be seen."""

    id: str
    alone: bool


@dataclass(frozen=True)
class BeamSlot:
    """The slot of a room, and the id of the session that runs there; empty where none does."""

    held: Holding | None
    session: str


async def holding(ctx: Context, room: RoomRef) -> Holding | None:
    """What holds the slot of a room now; None while it is free. Two calls."""
    recordings, streams = await gather(
        ctx.hms.recordings.list(room_id=room.id), ctx.hms.external_streams.list(room_id=room.id)
    )
    held = [
        *(held_by(beam, RECORDING) for beam in recordings.data),
        *(held_by(beam, STREAM) for beam in streams.data),
    ]
    return next(filter(None, held), None)


async def seen(ctx: Context, room: RoomRef) -> BeamSlot:
    """The slot of a room as it was when this was first asked for: its own deed is not somebody else's."""
    found = await ctx.first_seen("see slot", room.id, lambda: _look(ctx, room))
    held = found["held"]
    if held is None:
        return BeamSlot(None, found["session"])
    since = datetime.fromisoformat(held["since"]) if held["since"] else None
    return BeamSlot(Holding(**{**held, "since": since}), found["session"])


async def _look(ctx: Context, room: RoomRef) -> dict[str, Any]:
    held, session = await gather(holding(ctx, room), live.session(ctx, room))
    since = held.since.isoformat() if held and held.since else None
    return {"held": {**vars(held), "since": since} if held else None, "session": session}


def held_by(beam: Beam, kind: str) -> Holding | None:
    """What a job holds; None where it holds nothing any more."""
    if not (beam.is_running or beam.is_inside):
        return None
    return Holding(beam.id, kind, beam.started_at or beam.created_at, stopping=not beam.is_running)


async def stop(
    ctx: Context,
    step: str,
    job: str,
    stops: Callable[[], Awaitable[object]],
    look: Callable[[], Awaitable[Beam]],
    over: UserError,
) -> None:
    """Stop a job once, or every one of its kind in its room. Raises ``over`` where it has ended."""

    async def call() -> None:
        await stops()

    async def is_over() -> bool:
        return not (await look()).is_running

    try:
        await ctx.once(step, job, call, read_back=is_over)
    except NotFound as error:
        raise over from error


async def meant(
    ctx: Context, room: RoomRef, kind: str, running: Callable[[Context, RoomRef], Awaitable[Beam]]
) -> str:
    """The id of the job of a kind that the yes was given to, else of the one that is ``running`` now."""
    shown = agreed(ctx, kind)
    if shown:
        return shown

    async def look() -> str:
        return (await running(ctx, room)).id

    found: str = await ctx.first_seen("see running", room.id, look)
    return found


async def listed(walk: AsyncIterator[Job], room: RoomRef, session: str) -> tuple[list[Job], bool]:
    """The newest jobs of a list, and whether there are older ones; UserError where a session had none."""
    found, more = await first_of(walk, MOST)
    if session and not found:
        raise UserError(
            "There was none in the session {session} of {room}. See which it had: `/hms session list`.",
            session=session,
            room=room,
        ).at("session")
    return found, more


def agreed(ctx: Context, kind: str) -> str:
    """The id of the job of a kind that the yes was given to; empty where there was no card."""
    stakes = ctx.request.stakes if ctx.request else None
    shown = [one for one, of in stakes.running.items() if of == kind] if stakes else []
    return shown[0] if shown else ""


def state(beam: Beam, *, keeps: bool = True) -> Term | str:
    """How a job stands, in a few words; 100ms's own where it has new ones. ``keeps``: it leaves files."""
    if not keeps and beam.status == "post_processing":
        return ENDED
    return STATES.get(beam.status, beam.status)


def line(beam: Beam, *, keeps: bool = True) -> Reply:
    """One of several jobs: when it began, how long it ran, how it stands."""
    began, stands = beam.started_at or beam.created_at, state(beam, keeps=keeps)
    if began is None:
        return Reply("{job} · {state}", job=beam.id, state=stands)
    if beam.stopped_at is None:
        return Reply("{began} · {state}", began=began, state=stands)
    return Reply(
        "{began} · {span} · {state}", began=began, span=roughly(beam.stopped_at - began), state=stands
    )


def cells(beam: Beam, *, keeps: bool = True) -> tuple[object, ...]:
    """The same in the columns of a table."""
    began, ended = beam.started_at or beam.created_at, beam.stopped_at
    return began or "", roughly(ended - began) if began and ended else "", state(beam, keeps=keeps)


def lines(several: Iterable[Job], keeps: Callable[[Job], bool]) -> tuple[tuple[object, ...], ...]:
    """Many jobs, as the lines of a table."""
    return tuple((*cells(one, keeps=keeps(one)), one.id) for one in several)


def of(room: RoomRef, session: str = "") -> WhichBeams:
    """Those of a room, or of one session in it."""
    return {"room_id": room.id, "session_id": session} if session else {"room_id": room.id}


def ran(beam: Beam) -> Reply:
    """From when on a job ran, and for how long, where it did."""
    began, ended = beam.started_at, beam.stopped_at
    if began and ended:
        return Reply("It ran from {began}, for {span}.", began=began, span=roughly(ended - began))
    return Reply("It has run since {began}.", began=began) if began and beam.is_running else Reply("")
