from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Option, Reason, RoomRef, Yes
from bot.errors import UserError
from bot.features.room import acts, later, live
from bot.reply import Mention, Reply, Undo


class EndRoom(Command):
    """End the live session in a room."""

    level = Level.MODERATOR
    in_session = True
    yes = Yes.ACTOR  # the actor confirms; SECOND and ADMIN ask somebody else
    also = ("close", "end", "endroom")
    examples = ("end-room standup --lock --reason 'time is up'", "end-room --in 5m")

    room: RoomRef
    reason: Reason = ""
    lock: Annotated[bool, Field(description="Keep the room closed afterwards")] = False
    after: Annotated[Duration | None, Option("in"), Field(description="Wait this long first")] = None
    cancel: Annotated[bool, Field(description="Call off an end that is planned")] = False

    async def yes_needed(self, ctx: Context) -> Yes:
        return Yes.NONE if self.cancel else self.yes

    async def consequence(self, ctx: Context) -> Reply:
        if self.cancel:
            return Reply(
                "Call off the end of {room}?",
                button="Call off the end",
                facts=[Reply("planned for {at}", at=await self._planned(ctx))],
                room=self.room,
            )
        now = await live.find(ctx, self.room)
        if now is None:
            raise self._nobody()
        return self._ends(now).with_facts(await self._case(ctx, now))

    async def run(self, ctx: Context) -> Reply:
        if self.cancel:
            return await self._call_off(ctx)
        if self.after:
            return await self._plan(ctx, self.after)
        ended = await acts.end(ctx, self.room, reason=self.reason, lock=self.lock)
        return acts.said_of_end(ctx, self.room, ended, lock=self.lock)

    def covers(self, other: Command) -> bool:
        """Whatever the other would do in that session: over is over, but not before a planned end."""
        room = getattr(other, "room", None)
        if room is None or room.exact != self.room.exact:
            return False
        if self.cancel:
            return isinstance(other, EndRoom) and other.cancel
        return not self.after and other.in_session

    def done_by(self, by: Mention, ago: timedelta, number: str) -> Reply:
        return Reply(
            "{by} ended {room} {ago} ago (#{number}).", by=by, room=self.room, ago=ago, number=number
        )

    def _nobody(self) -> UserError:
        if not self.lock:
            return live.nobody(self.room)
        return UserError(
            "Nobody is in {room}, so there is nothing to end. Lock it: `/hms room lock`.", room=self.room
        )

    def _ends(self, now: live.Live) -> Reply:
        """The question and its yes, which say all that it does."""
        about: dict[str, Any] = {"room": self.room, "people": now.people, "stakes": now.stakes()}
        if self.after and self.lock:
            return Reply(
                "End and lock {room} for {people} in {after}?",
                button="End and lock in {after}",
                after=self.after,
                **about,
            )
        if self.after:
            return Reply(
                "End {room} for {people} in {after}?", button="End in {after}", after=self.after, **about
            )
        if self.lock:
            return Reply("End and lock {room} for {people}?", button="End and lock for {people}", **about)
        return Reply("End {room} for {people}?", button="End for {people}", **about)

    async def _case(self, ctx: Context, now: live.Live) -> list[Reply]:
        """What else it means: until when they have, what stops, what it takes the place of."""
        facts = [Reply("{running} stops", running=now.running)] if len(now.running) == 1 else []
        if len(now.running) > 1:
            facts = [Reply("{running} stop", running=now.running)]
        if self.after:
            facts.insert(0, Reply("counted from your yes"))
        planned = await later.planned_end(ctx, self.room) if self.after else None
        if planned:
            facts.append(Reply("instead of the end planned for {at}", at=planned))
        if self.lock:
            facts.append(Reply("nobody can come back in"))
        return facts

    async def _plan(self, ctx: Context, after: Duration) -> Reply:
        at = await later.end_later(ctx, self.room, after, reason=self.reason, lock=self.lock)
        undo = Undo(Reply("Call off the end"), "end-room", room=self.room, cancel=True)
        by = ctx.actor.mention
        if self.lock:
            return Reply(
                "{by} planned the end of {room} for {at}; it is locked then.",
                by=by,
                room=self.room,
                at=at,
                undo=undo,
            )
        return Reply("{by} planned the end of {room} for {at}.", by=by, room=self.room, at=at, undo=undo)

    async def _call_off(self, ctx: Context) -> Reply:
        at = await self._planned(ctx)
        await later.call_off(ctx, self.room)
        return Reply(
            "{by} called off the end of {room} that was planned for {at}.",
            by=ctx.actor.mention,
            room=self.room,
            at=at,
        )

    async def _planned(self, ctx: Context) -> datetime:
        at = await later.planned_end(ctx, self.room)
        if at is None:
            raise UserError(
                "No end is planned for {room}, so there is nothing to call off. See it: `/hms status`.",
                room=self.room,
            ).at("cancel")
        return at
