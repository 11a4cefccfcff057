"""What rooms do when the clock says so: each only what an approved request provided for."""

from collections.abc import Sequence
from typing import Any

from bot.command import RoomRef
from bot.command.reaction import Event, Reaction, ReactionContext
from bot.features.room import acts, cards, live, stopping
from bot.features.room.stops import END, END_AT, WARN, WARN_AT, Stop, Stops, in_session
from bot.hms import Rejected
from bot.reply import Counted, Plain, Reply, Term, roughly
from bot.work import EffectUnknown

CHAT = "chat"  # what apps know a message to everybody as


class PlannedEnd(Reaction):
    """End the session that a stop is for, after a length of time; one that began later stays."""

    on = END

    stop: str
    room: RoomRef

    async def react(self, ctx: ReactionContext) -> None:
        """End it, unless it was moved or called off, and say so on the card."""
        stop = await ctx[Stops].find(self.stop)
        if stop is None or stop.ends_at > ctx.occurrence.moment:
            return
        session = stop.session or await live.session(ctx, self.room)
        ending = acts.Ending(self.room, session, stop.reason, stop.lock)
        try:
            ended = await acts.end_session(ctx, ending) if session else None
        except EffectUnknown:
            await self._stays(ctx, stop, ending, _unclear(stop))
            return
        except Rejected as error:
            await self._stays(ctx, stop, ending, _refused(stop, error))
            return
        async with ctx.transaction() as tx:
            if ended:
                await acts.note_end(ctx, tx, ending, _ended(stop, ended), stop.id)
                await ctx.road.notice(tx, self.room.id)
            else:
                await stopping.found_over(ctx, tx, stop, session)

    async def _stays(self, ctx: ReactionContext, stop: Stop, ending: acts.Ending, said: Reply) -> None:
        """Say why it may go on; the door is locked all the same, which may be repeated."""
        locked = ending.lock and await self._locks(ctx)
        if locked:
            said += Reply("It is locked.", undo=cards.unlocks(self.room))
        elif ending.lock:
            said += Reply("100ms refused to lock it too.")
        async with ctx.transaction() as tx:
            if locked:
                await acts.note_lock(ctx, tx, ending)
            await stopping.over(ctx, tx, [stop], said)
            await ctx.road.notice(tx, self.room.id)

    async def _locks(self, ctx: ReactionContext) -> bool:
        try:
            await acts.set_enabled(ctx, self.room, enabled=False)
        except Rejected:
            return False
        return True


class PlannedEndAt(PlannedEnd):
    """The same at a time of day, which a clock that is set back does not move."""

    on = END_AT


class SessionEndedEarly(Reaction):
    """Forget what would have ended a session that is over: the next one is none of its business."""

    on = Event("session.close.success")

    room_id: str
    session_id: str

    async def react(self, ctx: ReactionContext) -> None:
        """Say so on their card; an end that is being done at this moment tells of all of them itself."""
        async with ctx.transaction() as tx:
            held = await ctx[Stops].held(tx, self.room_id)
            moot = in_session(held, self.session_id)
            if moot and not any(each.is_coming(ctx.now) for each in held):
                await stopping.moot(ctx, tx, self.room_id, self.session_id, cards.over_before(moot[0]))


class EndWarning(Reaction):
    """Tell the people in a room that its session ends soon, and bring the card up to date."""

    on = WARN

    stop: str
    room: RoomRef
    minutes: int

    async def react(self, ctx: ReactionContext) -> None:
        """Say how much time there is in truth, however late; nothing where a nearer warning has come."""
        several = await ctx[Stops].of(self.room.id)
        stop = next((each for each in several if each.id == self.stop), None)
        if stop is None or not stop.warns_now(self.minutes, ctx.now):
            return
        if any(each.is_coming(ctx.now) for each in several):
            return  # an end is being done, which tells of itself
        running = await live.session(ctx, self.room)
        if running and stop.session in {"", running}:
            await self._warn(ctx, stop, [each for each in several if each.session in {"", running}])
        elif stop.session:  # else it is for whoever comes until then
            async with ctx.transaction() as tx:
                await stopping.found_over(ctx, tx, stop, stop.session)

    async def _warn(self, ctx: ReactionContext, stop: Stop, ends: Sequence[Stop]) -> None:
        """Tell of the nearest of the session's ``ends``, unless one before this stop was told of by now."""
        people = live.counted(await ctx.names.people(self.room.id)).number
        before = ends[: ends.index(stop)]
        known = any(each.has_warned(ctx.now) for each in before)
        told = None if known else await self._tell(ctx, ends[0])
        async with ctx.transaction() as tx:
            await stopping.looked(ctx, tx, self.room.id, people, told)

    async def _tell(self, ctx: ReactionContext, nearest: Stop) -> Reply | None:
        """Warn them, once; answers what has to be said of it where nobody knows whether they heard."""
        left = roughly(nearest.ends_at - ctx.now)
        words = ctx[Plain].text(Reply("This session ends in {left}.", left=left))

        async def send() -> None:
            await ctx.hms.active_rooms.send_message(self.room.id, words, kind=CHAT)

        try:
            await ctx.once("warn", self.room.id, send)
        except EffectUnknown:  # to say it again could be to say it twice
            return Reply("100ms did not say whether {room} was warned of its end.", room=self.room)
        return None


class EndWarningAt(EndWarning):
    """The same before an end at a time of day."""

    on = WARN_AT


def _ended(stop: Stop, ended: acts.Ended) -> Reply:
    here = ended.people
    about: dict[str, Any] = {
        "room": stop.room,
        "people": Term("whoever was there") if here is None else Counted(here, "person", "people"),
        "by": stop.cause.by,
        "request": stop.cause.request,
    }
    if not stop.lock:
        return Reply("{by} ended {room} for {people}, as planned (#{request}).", **about)
    return Reply(
        "{by} ended {room} for {people} and locked it, as planned (#{request}).",
        undo=cards.unlocks(stop.room),
        **about,
    )


def _unclear(stop: Stop) -> Reply:
    return Reply(
        "100ms did not say whether it ended {room}, as {by} had planned (#{request}). Look: `/hms status`.",
        room=stop.room,
        by=stop.cause.by,
        request=stop.cause.request,
    )


def _refused(stop: Stop, error: Rejected) -> Reply:
    return Reply(
        "100ms refused to end {room}, as {by} had planned (#{request}): {words}. It goes on, and no longer "
        "ends by this plan. End it by hand: `/hms end-room`.",
        room=stop.room,
        by=stop.cause.by,
        request=stop.cause.request,
        words=error.words,
    )
