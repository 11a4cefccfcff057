"""Hours that are over: sessions are ended and doors locked, of all that end at one moment together.

At six in the evening a thousand rooms may close: what is known of them is read at once, and what came of
them is written at once; only 100ms is asked for each.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.command import Context
from bot.command.reaction import ReactionContext, results_of
from bot.features.room import acts, live, stopping
from bot.features.room import cards as room_cards
from bot.features.room.locks import Lock, Locks
from bot.features.room.stopping import SessionEnd
from bot.features.room.stops import Stop, Stops
from bot.features.schedule import cards, door
from bot.features.schedule.book import Window, Windows, running
from bot.features.schedule.outcomes import Came, MomentOutcome, Outcomes
from bot.hms import Rejected
from bot.reply import Reply
from bot.work import EffectUnknown


@dataclass(frozen=True)
class KnownEnds:
    """Ends that are to come, by their ids, all the hours of their rooms, and what locks these by now."""

    stops: Mapping[str, Stop]
    windows: Mapping[str, Window]
    locks: Mapping[str, Lock]

    def of(self, stop: str) -> tuple[Stop, Window] | None:
        """An end and whose it is; None where it is over, or those hours were removed."""
        found = self.stops.get(stop)
        window = self.windows.get(found.window or "") if found else None
        return (found, window) if found and window else None

    def next_began(self, stop: Stop, now: datetime) -> bool:
        """Whether hours of its room have begun that another end is for."""
        runs = running(self._of_room(stop), now)
        return runs is not None and runs[0].stop_of(runs[1]) != stop.id

    def opens(self, stop: Stop, now: datetime) -> datetime | None:
        """When the hours of its room open it next; None where a lock by hand is stronger than these."""
        opens = min(filter(None, (each.opens(now) for each in self._of_room(stop))), default=None)
        lock = self.locks.get(stop.room.id)
        return None if opens and lock and lock.outlasts(opens) else opens

    def _of_room(self, stop: Stop) -> list[Window]:
        return [each for each in self.windows.values() if each.room.id == stop.room.id]


@dataclass(frozen=True)
class Closed:
    """What came of one end: the session it ended, if one ran, and what is said of it."""

    ctx: ReactionContext
    window: Window
    stop: Stop
    session: str
    said: Reply
    came: Came
    opens: datetime | None

    @property
    def outcome(self) -> tuple[str, MomentOutcome]:
        """What is noted of the hours."""
        return self.window.id, MomentOutcome(self.came, self.stop.ends_at, self.ctx.now)


async def close(due: Sequence[tuple[str, ReactionContext]]) -> Sequence[Exception | None]:
    """End what runs in the rooms of some stops, lock their doors and say so; what went wrong with each."""
    first = due[0][1]
    known = await _known(first, [stop for stop, _ in due])
    closed: list[Closed] = []
    results = await results_of(_close(ctx, known, stop, closed) for stop, ctx in due)
    if closed:
        await _note(first, closed)
    return results


async def _known(ctx: Context, stops: Collection[str]) -> KnownEnds:
    found = await ctx[Stops].found(stops)
    rooms = {stop.room.id for stop in found.values()}
    several = await ctx[Windows].of(*rooms) if rooms else ()
    return KnownEnds(found, {window.id: window for window in several}, await ctx[Locks].of_all(rooms))


async def _close(ctx: ReactionContext, known: KnownEnds, name: str, closed: list[Closed]) -> None:
    """Do one unless it was moved, or missed for so long that the next hours have begun.

    Whatever became of the session, the door is locked: that may be repeated.
    """
    found = known.of(name)
    if found is None or found[0].ends_at > ctx.occurrence.moment:
        return
    stop, window = found
    if known.next_began(stop, ctx.now):
        async with ctx.transaction() as tx:
            await door.left_open(ctx, tx, [stop])
        return
    opens = known.opens(stop, ctx.now)
    try:
        session, ended = await door.end(ctx, window.room)
    except EffectUnknown:
        await acts.set_enabled(ctx, window.room, enabled=False)
        closed.append(Closed(ctx, window, stop, "", cards.unclear(window, opens), Came.UNCLEAR, opens))
    except Rejected as error:
        await acts.set_enabled(ctx, window.room, enabled=False)
        said = cards.closed(window, None, opens, ctx.occurrence.lateness)
        if await live.session(ctx, window.room):
            said = _refused(window, error) + cards.again(opens)
        closed.append(Closed(ctx, window, stop, "", said, Came.CLOSED, opens))
    else:
        said = cards.closed(window, ended, opens, ctx.occurrence.lateness)
        closed.append(Closed(ctx, window, stop, session, said, Came.CLOSED, opens))


def _refused(window: Window, error: Rejected) -> Reply:
    """That a room is locked as its hours are over, and 100ms would not end its session."""
    return Reply(
        "The hours of {room} are over (#{window}), and it is locked, but 100ms refused to end its session: "
        "{words}. Whoever is inside can stay. Look: `/hms status`.",
        room=window.room,
        window=window.id,
        words=error.words,
        undo=room_cards.unlocks(window.room),
    )


async def _note(first: Context, several: Sequence[Closed]) -> None:
    """Write down what came of them, lock the doors in our book too, and say it on their cards."""
    held = await first[Locks].of_all({one.window.room.id for one in several})
    ours = [one for one in several if not door.outlasting(held.get(one.window.room.id), one.ctx.now)]
    async with first.transaction() as tx:
        ends = ((one, SessionEnd(one.window.room.id, one.session, one.said, one.stop.id)) for one in several)
        await stopping.moot_all(tx, [(one.ctx, end) for one, end in ends])
        await first.road.done(tx, *(acts.closed(one.window.room, one.said) for one in several))
        await first[Outcomes].note(tx, *(one.outcome for one in several))
        await first[Locks].put(tx, *(door.lock_of(one.ctx, one.window, one.opens) for one in ours))
        await first.road.notice(tx, *(one.window.room.id for one in several))
