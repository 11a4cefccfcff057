from asyncio import gather
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Level, OpeningTime, Reason, RoomRef, Time, Yes
from bot.errors import UserError
from bot.features.room import acts, cards, later, live
from bot.features.room.locks import Lock, Locks
from bot.features.schedule import door
from bot.reply import Reply, Stakes, Term


class RoomLock(Command):
    """Close a room: whoever is inside stays, nobody new comes in."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    closes = True
    also = ("lock",)
    examples = ("room lock standup --reason 'the exam has begun'", "room lock --until 18:30")

    room: RoomRef
    reason: Reason = ""
    until: Annotated[OpeningTime | None, Field(description="Open it by itself at this moment")] = None
    keep: Annotated[bool, Field(description="Keep it locked also when its hours begin")] = False

    async def consequence(self, ctx: Context) -> Reply:
        found, now = await gather(ctx.hms.rooms.retrieve(self.room.id), live.find(ctx, self.room))
        said = self._closes(now) if found.enabled else await self._stays(ctx)
        said = said.with_facts(await self._hours(ctx))
        if self.until is None or self.until.at is None:
            return said
        if self.until.at <= ctx.now:
            wrong = UserError(
                "{until} has passed, so {room} stays as it is.", until=self.until, room=self.room
            )
            raise wrong.at("until")
        return _noted(said, self.until)

    def _closes(self, now: live.Live | None) -> Reply:
        inside = Reply("{people} inside can stay", people=now.people) if now else Reply("nobody is inside")
        facts = [Reply("nobody new can come in"), inside]
        stakes = _door(Term("open", "state"))
        return Reply("Lock {room}?", button="Lock {room}", facts=facts, stakes=stakes, room=self.room)

    async def _hours(self, ctx: Context) -> list[Reply]:
        """When it opens by itself, and what the hours of the room make of that."""
        opens, until = await door.next_opening_of(ctx, self.room), self.until.at if self.until else None
        longer = self._outlasts(opens)
        facts = [Reply("stays locked though its hours begin {opens}", opens=opens)] if longer else []
        by_itself = None if self.keep else opens
        if until:
            by_itself = await door.opens_after(ctx, self.room.id, until)
        if until and by_itself == until != opens:
            return [*facts, Reply("opens by itself {until}", until=self.until)]
        if until and by_itself != until:
            facts.append(Reply("{until} is outside its hours", until=self.until))
        return [*facts, Reply("opens {opens}, with its hours", opens=by_itself)] if by_itself else facts

    def _outlasts(self, opens: datetime | None) -> bool:
        """Whether it lasts for longer than until the hours of the room open it next."""
        until = self.until.at if self.until else None
        return opens is not None and (self.keep or (until is not None and until > opens))

    async def _stays(self, ctx: Context) -> Reply:
        """A second lock takes the place of the first, so the card says what the first one was."""
        held = await ctx[Locks].of(self.room.id)
        if self._is(held):
            raise await _already(ctx, self.room, held)
        facts = [Reply("locked already")]
        if held:
            facts = [Reply("locked already by {by} since {since}", by=held.by, since=held.since)]
        until = held.until if held and not held.hours else None
        if until and until == await door.opens_after(ctx, self.room.id, until):
            facts.append(
                Reply("was to open by itself {until}", until=until)
                if self.until
                else Reply("no longer opens by itself, as planned for {until}", until=until)
            )
        return Reply(
            "Keep {room} locked?",
            button="Keep {room} locked",
            facts=facts,
            stakes=_door(Term("locked", "state")),
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        was_locked = await ctx.first_seen("see lock", self.room.id, lambda: self._is_locked(ctx))
        until = self.until.at if self.until else None
        if until:
            longer = self._outlasts(await door.next_opening_of(ctx, self.room))
            await later.lock_until(ctx, self.room, until, why=self.reason, keep=longer)
        else:
            await acts.lock(ctx, self.room, why=self.reason, keep=self.keep)
        opens = await door.opens_after(ctx, self.room.id, until) if until else None
        said = self._said(ctx, until if opens == until else None, stays=bool(was_locked))
        if opens == until:
            return _noted(said, self.until)
        return said + Reply("It opens {opens}, with its hours.", opens=opens) if opens else said

    async def _is_locked(self, ctx: Context) -> bool:
        """Whether this lock takes the place of another; UserError where it would change nothing."""
        if (await ctx.hms.rooms.retrieve(self.room.id)).enabled:
            return False
        held = await ctx[Locks].of(self.room.id)
        if self._is(held):
            raise await _already(ctx, self.room, held)
        return True

    def _is(self, held: Lock | None) -> bool:
        """Whether a room that is locked is so as this would have it."""
        until = self.until.at if self.until else None
        if held is None:
            return not (until or self.keep or self.reason)
        ends = None if held.hours else held.until
        return self.reason in {"", held.why} and (until, self.keep) == (ends, held.for_good)

    def _said(self, ctx: Context, until: datetime | None, *, stays: bool) -> Reply:
        about: dict[str, Any] = {
            "by": ctx.actor.mention,
            "room": self.room,
            "undo": cards.unlocks(self.room),
        }
        if stays and until:
            return Reply("{by} keeps {room} locked until {until}.", until=until, **about)
        if stays:
            return Reply("{by} keeps {room} locked.", **about)
        if until:
            return Reply("{by} locked {room} until {until}.", until=until, **about)
        return Reply("{by} locked {room}.", **about)

    def covers(self, other: Command) -> bool:
        """Locked is locked, unless one of them ends earlier."""
        same = isinstance(other, RoomLock) and other.room.exact == self.room.exact
        return same and (self.until is None or super().covers(other))


def _door(state: Term) -> Stakes:
    """A yes to keep a room locked is none to lock it, nor the other way round."""
    return Stakes(held=((Term("The door"), state),))


def _noted(said: Reply, until: Time | None) -> Reply:
    note = until.note() if until else None
    return said + note if note else said


async def _already(ctx: Context, room: RoomRef, held: Lock | None) -> UserError:
    if held is None:
        return UserError("{room} is locked already. See what goes on there: `/hms status`.", room=room)
    if not held.hours:
        return UserError(
            "{room} is locked already, by {by} since {since}.", room=room, by=held.by, since=held.since
        )
    opens = await door.next_opening_of(ctx, room)  # its hours may be others than those that locked it
    if opens:
        return UserError(
            "{room} is locked already, outside its hours, until {until}.", room=room, until=opens
        )
    return UserError("{room} is locked already, outside its hours.", room=room)
