from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Option, Reason, RoomRef, Time, Warnings, Yes
from bot.errors import UserError
from bot.features.room import acts, cards, cockpit, later, live
from bot.features.schedule import backstop, door
from bot.reply import Mention, Reply, Stakes


class EndRoom(Command):
    """End the live session in a room."""

    level = Level.MODERATOR
    in_session = True
    closes = True
    yes = Yes.ACTOR  # the actor confirms; SECOND and ADMIN ask somebody else
    also = ("close", "end", "endroom")
    examples = ("end-room standup --lock --reason 'time is up'", "end-room --in 5m")

    room: RoomRef
    reason: Reason = ""
    lock: Annotated[bool, Field(description="Keep the room closed afterwards")] = False
    after: Annotated[
        Duration | None, Option("in"), Field(title="Ends in", description="Wait this long first")
    ] = None
    at: Annotated[Time | None, Field(title="Ends at", description="End it at this moment")] = None
    warn: Annotated[
        Warnings | None, Field(description="Minutes before the end at which people are warned: 10,5,1")
    ] = None
    cancel: Annotated[bool, Field(description="Call off an end that is planned")] = False
    stop: Annotated[
        str, Field(description="Which planned end to call off, by its number, if it is not the nearest")
    ] = ""

    async def yes_needed(self, ctx: Context) -> Yes:
        return Yes.NONE if self.cancel else self.yes

    async def consequence(self, ctx: Context) -> Reply:
        self._check(ctx.now)
        if self.cancel:
            return await self._calls_off(ctx)
        now = await live.find(ctx, self.room)
        if now is None:
            return await self._locks(ctx)
        return _noted(self._ends(now).with_facts(await self._case(ctx, now)), self.at)

    async def run(self, ctx: Context) -> Reply:
        self._check(ctx.cause.since)
        if self.cancel:
            said = await later.call_off(ctx, self.room, self.stop)
            await door.moved(ctx, self.room)
            return said
        if self._is_planned:
            return await self._plan(ctx)
        if self.lock and await acts.is_empty(ctx, self.room):
            return await self._only_locks(ctx)
        ended = await acts.end(ctx, self.room, reason=self.reason, lock=self.lock)
        return acts.said_of_end(ctx, self.room, ended, lock=self.lock)

    async def _only_locks(self, ctx: Context) -> Reply:
        """Nobody is there, and the door closes all the same: a schedule can ask nobody whether to."""
        if not await acts.lock_empty(ctx, self.room, self.reason):
            raise self._is_shut()
        by, undo = ctx.actor.mention, cards.unlocks(self.room)
        return Reply("{by} locked {room}, in which nobody was.", by=by, room=self.room, undo=undo)

    def at_moment(self, at: datetime) -> Command | None:
        if self.cancel or self._is_planned:
            return None
        return self.model_copy(update={"at": Time(at=at)})

    def has_card(self) -> bool:
        return self.cancel or self._is_planned

    def covers(self, other: Command) -> bool:
        """Whatever the other would do in that session: over is over, but not before a planned end."""
        room = getattr(other, "room", None)
        if room is None or room.exact != self.room.exact:
            return False
        if self.cancel:
            return isinstance(other, EndRoom) and other.cancel
        return not self._is_planned and other.in_session

    def done_by(self, by: Mention, ago: timedelta, number: str) -> Reply:
        return Reply(
            "{by} ended {room} {ago} ago (#{number}).", by=by, room=self.room, ago=ago, number=number
        )

    @property
    def _is_planned(self) -> bool:
        return self.after is not None or self.at is not None

    def _check(self, now: datetime) -> None:
        """Raise UserError for what cannot be meant, or had passed at ``now``."""
        if self.cancel and (self._is_planned or self.lock or self.warn):
            wrong = UserError(
                "Either call an end of {room} off or plan one, not both. Call it off first: "
                "`/hms end-room --cancel`.",
                room=self.room,
            )
            raise wrong.at("cancel")
        if self.after and self.at:
            raise UserError("Say either how long to wait or at which moment, not both.").at("at")
        if self.at and self.at.at and self.at.at <= now:
            wrong = UserError("{at} has passed, so {room} goes on.", at=self.at, room=self.room)
            raise wrong.at("at")
        if self.warn and not self._is_planned:
            wrong = UserError("Say when it is to end, so that people can be warned before: `--in 30m`.")
            raise wrong.at("warn")

    async def _locks(self, ctx: Context) -> Reply:
        """Where nobody is there, what is left of an end that locks."""
        if not self.lock or self._is_planned:
            raise live.nobody(self.room)
        if not await cockpit.is_open(ctx, self.room):
            raise self._is_shut()
        opens = await door.next_opening_of(ctx, self.room)
        facts = [Reply("nobody new can come in")]
        facts += [Reply("opens {opens}, with its hours", opens=opens)] if opens else []
        return Reply(
            "Nobody is in {room}. Lock it?",
            button="Lock {room}",
            facts=facts,
            stakes=Stakes(),
            room=self.room,
        )

    def _is_shut(self) -> UserError:
        return UserError("Nobody is in {room}, and it is locked already.", room=self.room)

    def _ends(self, now: live.Live) -> Reply:
        """The question and its yes, which say all that it does."""
        about: dict[str, Any] = {"room": self.room, "people": now.people, "stakes": now.stakes()}
        if self.after:
            return self._ends_in(self.after, about)
        if self.at and self.at.at:
            return self._ends_at(self.at.at, about)
        if self.lock:
            return Reply("End and lock {room} for {people}?", button="End and lock for {people}", **about)
        return Reply("End {room} for {people}?", button="End for {people}", **about)

    def _ends_in(self, after: Duration, about: dict[str, Any]) -> Reply:
        if self.lock:
            button = "End and lock in {after}"
            return Reply("End and lock {room} for {people} in {after}?", button=button, after=after, **about)
        return Reply("End {room} for {people} in {after}?", button="End in {after}", after=after, **about)

    def _ends_at(self, at: datetime, about: dict[str, Any]) -> Reply:
        """The head says when, in its reader's zone, which nobody knows of a button."""
        if self.lock:
            button = "End and lock it then"
            return Reply("End and lock {room} for {people}, {at}?", button=button, at=at, **about)
        return Reply("End {room} for {people}, {at}?", button="End it then", at=at, **about)

    async def _case(self, ctx: Context, now: live.Live) -> list[Reply]:
        """What else it means: until when they have, what stops, who is warned, which other ends there are."""
        facts = [Reply("{running} stops", running=now.running)] if len(now.running) == 1 else []
        if len(now.running) > 1:
            facts = [Reply("{running} stop", running=now.running)]
        if self.after:
            facts.insert(0, Reply("counted from your yes"))
        if self.lock:
            facts.append(Reply("nobody can come back in"))
        return [*facts, *await self._before(ctx)]

    async def _before(self, ctx: Context) -> list[Reply]:
        """What comes before a planned end: its warnings, and other ends."""
        if not self._is_planned:
            return []
        warnings = await later.warnings(ctx, self.room, self.warn)
        left = self._moment(ctx.now) - ctx.now
        in_time = [each for each in warnings if timedelta(minutes=each) < left]
        others = cards.named(await later.planned(ctx, self.room))
        own = await backstop.own_end(ctx, self.room)
        return [cards.warned(in_time), *others, *cards.cuts(own, self._moment(ctx.now))]

    def _moment(self, since: datetime) -> datetime:
        """When it is to end, where that is counted from a moment on."""
        if self.at and self.at.at:
            return self.at.at
        return since + (self.after or timedelta())

    async def _plan(self, ctx: Context) -> Reply:
        stop = await later.end_later(
            ctx,
            self.room,
            self._moment(ctx.cause.since),
            counted=self.after is not None,
            warn=self.warn,
            reason=self.reason,
            lock=self.lock,
        )
        about: dict[str, Any] = {"by": ctx.actor.mention, "room": self.room, "at": stop.ends_at}
        if self.lock:
            return Reply("{by} planned the end of {room} for {at}; it is locked then.", **about)
        return _noted(Reply("{by} planned the end of {room} for {at}.", **about), self.at)

    async def _calls_off(self, ctx: Context) -> Reply:
        planned = await later.planned(ctx, self.room)
        stop = later.chosen(self.room, planned, self.stop)
        others = [each for each in planned if each.id != stop.id]
        return Reply(
            "Call off the end of {room}?",
            button="Call off the end",
            facts=[Reply("planned for {at}", at=stop.ends_at), *cards.named(others)],
            stakes=cards.at_stake(stop),
            room=self.room,
        )


def _noted(said: Reply, at: Time | None) -> Reply:
    note = at.note() if at else None
    return said + note if note else said
