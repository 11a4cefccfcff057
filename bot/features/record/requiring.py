"""Rooms in which each session is to be recorded: looked at each minute, told once a session."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.command import Context, RoomRef
from bot.command.reaction import Reaction, ReactionContext
from bot.features.record import telling
from bot.features.room.recorders import jobs
from bot.features.subscription import following
from bot.features.subscription.book import Feature
from bot.hms import ActiveRoom, ExternalStream, HmsError, NotFound
from bot.reply import Reply, roughly
from bot.store import JSON
from bot.work import Moment, Timers

MINUTE = timedelta(minutes=1)
WAIT = 2 * MINUTE  # so long a session may run without a recording before that is told


def next_look(_: Mapping[str, JSON], after: datetime) -> datetime:
    """When such a room is looked at again: each minute, for as long as it is to be recorded."""
    return after + MINUTE


class Required(Reaction):
    """Look whether the session of a room is recorded; that it is still to come is what says that it must be.

    ``session`` is the one that needs no more looks: it is recorded, or it was told that it is not (``told``).
    """

    on = Moment("require recording", next=next_look, counted=True)

    room: RoomRef
    session: str = ""
    told: bool = False

    async def react(self, ctx: ReactionContext) -> None:
        """Look; a look that fails changes nothing, and the next one comes in a minute."""
        try:
            active = await ctx.hms.active_rooms.retrieve(self.room.id)
        except NotFound:
            await self._over(ctx)
        except HmsError:
            return
        else:
            await self._look(ctx, active)

    async def _look(self, ctx: ReactionContext, active: ActiveRoom) -> None:
        began, session = active.session.created_at or ctx.now, active.session.id
        if session != self.session and ctx.now - began < WAIT:
            await self._remember(ctx, at=began + WAIT)
            return
        if session == self.session and not self.told:
            return
        try:
            recorded = await is_recorded(ctx, self.room)
        except HmsError:
            return
        if recorded:
            said = telling.begun(self.room) if self.told and session == self.session else None
            await self._remember(ctx, session=session, said=said)
        elif session != self.session:
            said = telling.missing(self.room, roughly(ctx.now - began))
            await self._remember(ctx, session=session, told=True, said=said)

    async def _over(self, ctx: ReactionContext) -> None:
        if self.session:
            said = telling.ended_unrecorded(self.room) if self.told else None
            await self._remember(ctx, said=said)

    async def _remember(
        self,
        ctx: ReactionContext,
        *,
        session: str = "",
        told: bool = False,
        said: Reply | None = None,
        at: datetime | None = None,
    ) -> None:
        """Write down what was seen, and say what has to be said, both or neither."""
        key = f"not recorded:{session or self.session}"
        now = self.model_copy(update={"session": session, "told": told})
        _, places = await following.readers(ctx, self.room, Feature.RECORDINGS)
        async with ctx.transaction() as tx:
            await ctx[Timers].set(tx, now.timer(self.room.id, at or ctx.now + MINUTE, ctx.cause))
            for place in places if said else ():
                await ctx.show(tx, key, place, said or Reply(""))


async def is_recorded(ctx: Context, room: RoomRef) -> bool:
    """Whether a recording runs in a room, or a stream that keeps a file: three calls."""
    found = await jobs(ctx.hms, room.id)
    kept = [one for one in found.streams if isinstance(one, ExternalStream) and one.recording]
    return any(one.is_running for one in (*found.recordings, *kept))


async def is_required(ctx: Context, room: RoomRef) -> bool:
    """Whether each session of a room is to be recorded."""
    async with ctx.reading() as tx:
        pending = await ctx[Timers].pending(tx, kind=Required.kind(), subject_prefix=room.id)
    return bool(pending)


async def require(ctx: Context, room: RoomRef, *, required: bool) -> bool:
    """Let each session of a room have to be recorded, or not; False when it was so already."""
    was = await ctx.first_seen("see required", room.id, lambda: is_required(ctx, room))
    if was == required:
        return False
    async with ctx.transaction() as tx:
        if required:
            await ctx[Timers].set(tx, Required(room=room).timer(room.id, ctx.now, ctx.cause))
        else:
            await ctx[Timers].cancel(tx, Required.kind(), room.id)
    return True
