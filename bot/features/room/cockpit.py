"""One room in one block: what goes on there, what waits, and what its reader may do about it."""

from asyncio import gather
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import live, pausing
from bot.features.room.cache import RoomCache
from bot.features.room.locks import Lock, Locks
from bot.hms import NotFound
from bot.people import Level
from bot.reply import RECORDING, Button, Channel, Code, Counted, Invocation, Reply, Row

MOST_WAITING = 10  # requests in one block; Slack takes fifty blocks, of which each needs two
HOURS = timedelta(hours=2)  # from here on a length of time is told in hours

May = Callable[[Level], bool]  # whether the reader has this level in the room


@dataclass(frozen=True)
class Coming:
    """What comes next in a room by the clock: an end, an opening by its hours, a command of the schedule.

    ``unlocks`` is when it opens where somebody locked it until a moment.
    """

    ends: datetime | None = None
    opens: datetime | None = None
    unlocks: datetime | None = None
    command: str = ""
    runs: datetime | None = None


NOTHING_COMES = Coming()


@dataclass(frozen=True)
class Sight:
    """A room as somebody sees it now; ``people`` is None where nobody is.

    ``channel`` speaks for it, where the reader does not stand in it; ``lock`` is who closed it, if we know,
    ``paused`` who paused what records it.
    ``coming`` is for whoever knows the hours of rooms to fill in.
    """

    room: RoomRef
    people: Counted | None = None
    since: datetime | None = None
    running: tuple[Counted, ...] = ()
    open: bool = True
    lock: Lock | None = None
    channel: str = ""
    coming: Coming = NOTHING_COMES
    paused: pausing.Paused | None = None

    def unlocks(self, now: datetime) -> datetime | None:
        """When a locked room opens by itself, if it does: at its lock's own end, else with its hours."""
        lock = self.lock
        if self.open or (lock and lock.for_good):
            return None
        by_hand = lock.until if lock and not lock.hours else None
        opens = (self.coming.unlocks or by_hand) if by_hand else self.coming.opens
        return opens if opens and opens > now else None


async def sight(ctx: Context, room: RoomRef, coming: Coming) -> Sight:
    """Look at one room, which does what comes next by the clock: six calls."""
    now, opened = await gather(live.find(ctx, room, hosts=False), is_open(ctx, room))
    room = ctx[RoomCache].now_called(room)
    lock = None if opened else await ctx[Locks].of(room.id)
    if now is None:
        return Sight(room, open=opened, lock=lock, coming=coming)
    recorded = RECORDING in now.runs.values()
    paused = await pausing.paused(ctx, room, now.since) if recorded else None
    return Sight(room, now.people, now.since, now.running, opened, lock, coming=coming, paused=paused)


async def is_open(ctx: Context, room: RoomRef) -> bool:
    """Whether anybody can come in; UserError where 100ms has no such room any more."""
    try:
        found = await ctx.hms.rooms.retrieve(room.id)
    except NotFound as error:
        raise UserError(
            "100ms has no room {room} any more. See which there are: `/hms room list`. "
            "An admin can let this channel speak for another one: `/hms room bind`.",
            room=room,
        ) from error
    await ctx[RoomCache].saw([found])
    return found.enabled


def block(sight: Sight, now: datetime, may: May, waiting: Sequence[Row] = (), more: int = 0) -> Reply:
    """What goes on in a room, what waits as rows with their buttons, and the acts that its reader may do."""
    head = Reply("{room}", room=sight.room, buttons=acts(sight, may)).with_rows(waiting)
    return sum([*_facts(sight, now), *_detail(sight), *_unshown(more)], start=head)


def acts(sight: Sight, may: May) -> tuple[Button, ...]:
    """What somebody may do about a room as it is, the gravest last."""
    inside = _acts_inside(sight.room, may) if sight.people else ()
    return (*inside, *_acts_on(sight, may))


def _acts_inside(room: RoomRef, may: May) -> Iterator[Button]:
    if may(Level.VIEWER):
        yield Button("Who is here", Invocation("who", room=room))
    if may(Level.MODERATOR):
        yield Button("Say…", Invocation("say", room=room.id), form=True)


def _acts_on(sight: Sight, may: May) -> Iterator[Button]:
    if not may(Level.MODERATOR):
        return
    if sight.open:
        yield Button("Lock", Invocation("room lock", room=sight.room))
    else:
        yield Button("Unlock", Invocation("room unlock", room=sight.room))
    if sight.people:
        yield Button("End…", Invocation("end-room", room=sight.room))


def _facts(sight: Sight, now: datetime) -> Iterator[Reply]:
    yield Reply("· {people}", people=sight.people) if sight.people else Reply("· nobody is there")
    if sight.since:
        yield Reply("· {long}", long=lasted(now - sight.since))
    if sight.running:
        yield Reply("· ● {running}", running=sight.running)
    if sight.paused:
        yield Reply("· the recording is paused, by {by}, {at}", by=sight.paused.by, at=sight.paused.at)
    yield _door(sight, now)
    yield from _next_line(sight)
    if sight.channel:
        yield Reply("· {channel}", channel=Channel(sight.channel))


def _door(sight: Sight, now: datetime) -> Reply:
    if not sight.open:
        until = sight.unlocks(now)
        return Reply("· locked until {until}", until=until) if until else Reply("· locked")
    ends, begin = sight.coming.ends, sight.coming.opens
    if ends:
        return Reply("· open · ends {ends}", ends=ends)
    return Reply("· open · its hours begin {begin}", begin=begin) if begin else Reply("· open")


def _next_line(sight: Sight) -> Iterator[Reply]:
    """What the schedule asks for next; of a long line its command is enough."""
    if sight.coming.runs:
        yield Reply("· {command} comes {at}", command=Code(sight.coming.command), at=sight.coming.runs)


def _detail(sight: Sight) -> Iterator[Reply]:
    """Who closed it and why, in a line of its own."""
    if sight.open:
        return
    if sight.lock is None:
        yield Reply("\nLocked, but not by /hms: nobody new can come in.")
        return
    if sight.lock.hours:
        yield Reply("\nLocked outside its hours, since {since}.", since=sight.lock.since)
        return
    yield Reply("\nLocked by {by} since {since}.", by=sight.lock.by, since=sight.lock.since)
    if sight.lock.why:
        yield Reply("Why: {why}.", why=sight.lock.why)


def _unshown(more: int) -> Iterator[Reply]:
    if more > 0:
        requests = Counted(more, "more request waits", "more requests wait")
        yield Reply("\n{requests}: `/hms approval list`.", requests=requests)


def lasted(span: timedelta) -> Counted | timedelta:
    """How long something has gone on, as one tells it: "24 minutes"."""
    if span >= HOURS:
        return timedelta(minutes=span // timedelta(minutes=1))
    minutes = span // timedelta(minutes=1)
    return Counted(max(minutes, 1), "minute", "minutes")
