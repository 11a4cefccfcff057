"""What the hours of a room do when the clock says so; whatever is true by then is what counts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

from bot.command import RoomRef
from bot.command.reaction import Reaction, ReactionContext, result_of, results_of
from bot.features.room import acts as room_acts
from bot.features.room import stopping
from bot.features.room.acts import UNLOCK
from bot.features.room.locks import Lock, Locks
from bot.features.room.reactions import EndWarning
from bot.features.room.stops import END_BESIDES, END_WINDOW, WARN_BESIDES, WARN_WINDOW, Stop
from bot.features.schedule import asking, cards, closing, door, holding, past
from bot.features.schedule.book import OPEN, Windows
from bot.features.schedule.lines import RUN, ScheduledLines
from bot.hms import HmsError
from bot.reply import Place, Reply
from bot.work import Drift, Moment, Timers

AGAIN = timedelta(minutes=5)  # a lock whose time is up is tried again, as hours are held


class WindowOpens(Reaction):
    """Open a room because its hours begin."""

    on = OPEN

    window: str

    async def react(self, ctx: ReactionContext) -> None:
        """Open it for the span that runs now; after a long sleep that may be another one, or none."""
        window = await ctx[Windows].find(self.window)
        span = window.span(ctx.now) if window else None
        if window and span and window.opened != span.date:
            await door.open_for(ctx, window, span, max(span.opens, window.cause.since))
        elif window and ctx.occurrence.lateness >= past.LATE:
            await door.missed(ctx, window)


class WindowEnds(Reaction):
    """End the session and lock the door because the hours of a room are over."""

    on = END_WINDOW

    stop: str
    room: RoomRef

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Do those that end at one moment together."""
        return await closing.close([(one.stop, ctx) for one, ctx in due])


class EndsBesides(WindowEnds):
    """The same where it was opened besides its hours, for as long as they last."""

    on = END_BESIDES


class WindowWarns(EndWarning):
    """Tell the people in a room that its hours end soon, unless others begin by then: it stays open."""

    on = WARN_WINDOW

    async def _tell(self, ctx: ReactionContext, nearest: Stop) -> Reply | None:
        opens = await door.next_opening_of(ctx, self.room)
        stays = nearest.window and opens and opens <= nearest.ends_at
        return None if stays else await super()._tell(ctx, nearest)


class WarnsBesides(WindowWarns):
    """The same where it was opened besides its hours."""

    on = WARN_BESIDES


class TimedUnlock(Reaction):
    """Open a room whose ``room lock --until`` is over, unless its hours say that it is closed by then.

    A lock that was put on it since stays. What 100ms does not do it is asked again; ``until`` is then when
    the lock was to end.
    """

    on = UNLOCK

    room: RoomRef
    until: datetime | None = None

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Open them together: at the full hour a thousand rooms may open, each with a call of its own."""
        first = due[0][1]
        locks = await first[Locks].of_all([timed.room.id for timed, _ in due])
        hours = await door.with_hours(first, [timed.room.id for timed, _ in due])
        shut = door.shut_by_hours(first, hours)
        results = await results_of(timed._open(ctx, locks, shut) for timed, ctx in due)  # noqa: SLF001 -- our own
        opened = [
            (timed, ctx)
            for (timed, ctx), error in zip(due, results, strict=True)
            if error is None and timed._holds(ctx, locks)  # noqa: SLF001 -- as above
        ]
        said = {timed.room: timed._over(locks[timed.room.id], shut) for timed, _ in opened}  # noqa: SLF001 -- as above
        await cls._tell(first, opened, said, shut, hours)
        tried = zip(due, results, strict=True)
        return [None if timed.until and isinstance(error, HmsError) else error for (timed, _), error in tried]

    @classmethod
    async def _tell(
        cls,
        first: ReactionContext,
        opened: Sequence[tuple[Self, ReactionContext]],
        said: Mapping[RoomRef, Reply],
        shut: Mapping[str, Lock],
        hours: Collection[str],
    ) -> None:
        """Say which are open; one that somebody has locked anew meanwhile is not, and is locked again."""
        async with first.transaction() as tx:
            now = max([first.now, *(ctx.occurrence.moment for _, ctx in opened)])  # a clock may be set back
            over = await first[Locks].end(tx, [room.id for room in said], now)
            await first[Locks].put(tx, *(shut[room] for room in over if room in shut))
            await stopping.refresh(first, tx, *(room for room in over if room in hours))
            told = {room: reply for room, reply in said.items() if room.id in over}
            done = (each for each in told.items() if each[0].id not in shut)
            await first.road.done(tx, *(room_acts.opened(*each) for each in done))
            await first.road.notice(tx, *over)
            for timed, ctx in opened:
                for place in ctx.cause.places if timed.room in told else ():
                    await ctx.show(tx, ctx.occurrence.key, Place(place), told[timed.room])
        for timed, ctx in opened:
            if timed.room.id not in over and await first[Locks].of(timed.room.id):
                await room_acts.set_enabled(ctx, timed.room, enabled=False)

    def _holds(self, ctx: ReactionContext, locks: dict[str, Lock]) -> bool:
        """Whether the lock on the room is the one that ends at this moment."""
        lock = locks.get(self.room.id)
        return lock is not None and lock.until == (self.until or ctx.occurrence.moment)

    async def _open(self, ctx: ReactionContext, locks: dict[str, Lock], shut: Mapping[str, Lock]) -> None:
        if self._holds(ctx, locks) and self.room.id not in shut:
            try:
                await room_acts.set_enabled(ctx, self.room, enabled=True)
            except HmsError:
                await self._comes_again(ctx)
                raise

    async def _comes_again(self, ctx: ReactionContext) -> None:
        """Set the next try, unless somebody has locked the room anew meanwhile."""
        again = self.model_copy(update={"until": self.until or ctx.occurrence.moment})
        async with ctx.transaction() as tx:
            lock = (await ctx[Locks].held(tx, [self.room.id])).get(self.room.id)
            if lock and lock.until == again.until:
                await ctx[Timers].set(tx, again.timer(self.room.id, ctx.now + AGAIN, ctx.cause))

    def _over(self, lock: Lock, shut: Mapping[str, Lock]) -> Reply:
        hours = shut.get(self.room.id)
        if hours:
            return cards.stays_shut(self.room, lock, hours)
        return Reply(
            "{room} is open again: the lock by {by} (#{request}) was until {until}.",
            room=self.room,
            by=lock.by,
            request=lock.request,
            until=lock.until,
        )


class LineRuns(Reaction):
    """Ask for what somebody has scheduled, as the schedule itself."""

    on = RUN

    line: str

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Ask for one after the other: of two that were missed in a room the later one has the last word."""
        return [await result_of(one.react(ctx)) for one, ctx in due]

    async def react(self, ctx: ReactionContext) -> None:
        """Do it unless it was removed or paused, or waits for somebody who answers for it."""
        line = await ctx[ScheduledLines].find(self.line)
        if line and not line.paused and not line.rests(ctx.occurrence.moment):
            await asking.run(ctx, line)


class HoursHold(Reaction):
    """Compare the hours of every room with what is so: at start, after a clock jump, every five minutes."""

    on = Moment("hours hold", standing=("rooms",), reconciles=True, counted=False)

    async def react(self, ctx: ReactionContext) -> None:
        """Set what is gone, mend what was left undone, tell what somebody did at 100ms; and count it."""
        missing = mended = 0
        windows, lines = ctx[Windows], ctx[ScheduledLines]
        async for several in holding.parts(windows.beyond, windows.of):
            missing += await holding.set_missing(
                ctx, windows, OPEN.kind, several, lambda one: one.opens(ctx.now)
            )
            mended += await holding.mend_all(ctx, await holding.known(ctx, several))
        async for some in holding.parts(lines.beyond, lines.of):
            missing += await holding.set_missing(ctx, lines, RUN.kind, some, lambda one: one.next(ctx.now))
        ctx[Drift].found("moments", missing)
        ctx[Drift].found("rooms", mended)
