from datetime import datetime, timedelta
from typing import Annotated

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
            await self._planned(ctx)
            return Reply("Calls off the planned end of {room}.", room=self.room)
        now = await live.find(ctx, self.room)
        if now is None:
            raise self._nobody()
        ends = self._ends(now)
        if self.lock:
            ends += Reply("Locks {room}: nobody can come back in.", room=self.room)
        return ends + Reply("Stops {running}.", running=now.running) if now.running else ends

    async def run(self, ctx: Context) -> Reply:
        if self.cancel:
            return await self._call_off(ctx)
        if self.after:
            return await self._plan(ctx, self.after)
        people = await acts.end(ctx, self.room, reason=self.reason, lock=self.lock)
        if self.lock:
            undo = Undo("room unlock", room=self.room)
            return Reply("Ended {room} for {people} and locked it.", room=self.room, people=people, undo=undo)
        return Reply("Ended {room} for {people}.", room=self.room, people=people)

    def covers(self, other: Command) -> bool:
        """Whatever the other would do in that session: over is over, but not before a planned end."""
        ends, room = not self.after and not self.cancel, getattr(other, "room", None)
        return ends and other.in_session and room is not None and room.exact == self.room.exact

    def done_by(self, by: Mention, ago: timedelta, number: str) -> Reply:
        return Reply(
            "{by} ended {room} {ago} ago (#{number}).", by=by, room=self.room, ago=ago, number=number
        )

    def _nobody(self) -> UserError:
        if not self.lock:
            return live.nobody(self.room)
        return UserError(
            "Nobody is in {room}, so there is nothing to end. Lock it: /hms room lock.", room=self.room
        )

    def _ends(self, now: live.Live) -> Reply:
        if self.after:
            return Reply(
                "Ends the session in {room} for {people}, {after} after your yes.",
                button="End in {after}",
                stakes=now.stakes(),
                room=self.room,
                people=now.people,
                after=self.after,
            )
        return Reply(
            "Ends the session in {room} for {people}.",
            button="End for {people}",
            stakes=now.stakes(),
            room=self.room,
            people=now.people,
        )

    async def _plan(self, ctx: Context, after: Duration) -> Reply:
        at = await later.end_later(ctx, self.room, after, reason=self.reason, lock=self.lock)
        undo = Undo("end-room", room=self.room, cancel=True)
        return Reply("The end of {room} is planned for {at}.", room=self.room, at=at, undo=undo)

    async def _call_off(self, ctx: Context) -> Reply:
        at = await self._planned(ctx)
        await later.call_off(ctx, self.room)
        return Reply("{room} goes on: its end, planned for {at}, is called off.", room=self.room, at=at)

    async def _planned(self, ctx: Context) -> datetime:
        at = await later.planned_end(ctx, self.room)
        if at is None:
            raise UserError(
                "No end is planned for {room}, so there is nothing to call off. See it: /hms status.",
                room=self.room,
            ).at("cancel")
        return at
