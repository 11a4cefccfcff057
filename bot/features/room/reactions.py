"""What rooms do when the clock says so: each only what an approved request provided for."""

from collections.abc import Iterable, Sequence
from typing import Self

from bot.command import RoomRef
from bot.command.reaction import Reaction, ReactionContext, results_of
from bot.features.room import acts
from bot.features.room.locks import Lock, Locks
from bot.reply import Counted, Place, Reply, Term, Undo
from bot.request.request import Cause
from bot.work import EffectUnknown


class PlannedEnd(Reaction):
    """End the session that ``end-room --in`` was asked for; one that began later stays."""

    on = acts.END

    room: RoomRef
    session: str
    reason: str = ""
    lock: bool = False

    async def react(self, ctx: ReactionContext) -> None:
        """End it, and say so where it was asked for."""
        ending = acts.Ending(self.room, self.session, self.reason, self.lock)
        try:
            ended = await acts.end_session(ctx, ending)
            said = self._ended(ctx.cause, ended) if ended else self._over(ctx.cause)
        except EffectUnknown:
            ended, said = None, self._unclear(ctx.cause)
        async with ctx.transaction() as tx:
            if ended:
                await acts.note_end(ctx, tx, ending)
                await ctx.road.notice(tx, self.room.id)
            for place in ctx.cause.places:
                await ctx.show(tx, ctx.occurrence.key, Place(place), said)

    def _ended(self, cause: Cause, ended: acts.Ended) -> Reply:
        here = ended.people
        people = Term("whoever was there") if here is None else Counted(here, "person", "people")
        if self.lock:
            return Reply(
                "{by} ended {room} for {people} and locked it, as planned (#{request}).",
                room=self.room,
                people=people,
                by=cause.by,
                request=cause.request,
                undo=Undo(Reply("Unlock {room}", room=self.room), "room unlock", room=self.room),
            )
        return Reply(
            "{by} ended {room} for {people}, as planned (#{request}).",
            room=self.room,
            people=people,
            by=cause.by,
            request=cause.request,
        )

    def _over(self, cause: Cause) -> Reply:
        return Reply(
            "The session in {room} was over before the end that {by} had planned (#{request}). "
            "Nothing was done.",
            room=self.room,
            by=cause.by,
            request=cause.request,
        )

    def _unclear(self, cause: Cause) -> Reply:
        return Reply(
            "100ms did not say whether it ended {room}, as {by} had planned (#{request}). "
            "Look: `/hms status`.",
            room=self.room,
            by=cause.by,
            request=cause.request,
        )


class TimedUnlock(Reaction):
    """Open a room whose ``room lock --until`` is over; a lock that was put on it since stays."""

    on = acts.UNLOCK

    room: RoomRef

    @classmethod
    async def react_all(cls, due: Sequence[tuple[Self, ReactionContext]]) -> Sequence[Exception | None]:
        """Open them together: at the full hour a thousand rooms may open, each with a call of its own."""
        first = due[0][1]
        locks = await first[Locks].of_all([timed.room.id for timed, _ in due])
        results = await results_of(timed._open(ctx, locks) for timed, ctx in due)  # noqa: SLF001 -- our own
        opened = [
            (timed, ctx)
            for (timed, ctx), error in zip(due, results, strict=True)
            if error is None and timed._holds(ctx, locks)  # noqa: SLF001 -- as above
        ]
        await cls._tell(first, opened, locks)
        return results

    @classmethod
    async def _tell(
        cls,
        first: ReactionContext,
        opened: Iterable[tuple[Self, ReactionContext]],
        locks: dict[str, Lock],
    ) -> None:
        async with first.transaction() as tx:
            rooms = [timed.room.id for timed, _ in opened]
            await first[Locks].lift(tx, *rooms)
            await first.road.notice(tx, *rooms)
            for timed, ctx in opened:
                for place in ctx.cause.places:
                    said = timed._opened(locks[timed.room.id])  # noqa: SLF001 -- as above
                    await ctx.show(tx, ctx.occurrence.key, Place(place), said)

    def _holds(self, ctx: ReactionContext, locks: dict[str, Lock]) -> bool:
        """Whether the lock on the room is the one that ends at this moment."""
        lock = locks.get(self.room.id)
        return lock is not None and lock.until == ctx.occurrence.moment

    async def _open(self, ctx: ReactionContext, locks: dict[str, Lock]) -> None:
        if self._holds(ctx, locks):
            await acts.set_enabled(ctx, self.room, enabled=True)

    def _opened(self, lock: Lock) -> Reply:
        return Reply(
            "{room} is open again: the lock by {by} (#{request}) was until {until}.",
            room=self.room,
            by=lock.by,
            request=lock.request,
            until=lock.until,
        )
