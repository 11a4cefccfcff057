from asyncio import gather
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Option, RoomRef, Yes
from bot.features.live import acts
from bot.features.room import live
from bot.hms import LiveStream
from bot.reply import Counted, Reply, Undo, roughly


class LiveStop(Command):
    """Stop the live stream of a room."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    in_session = True
    verb = "stop live stream"
    examples = ("live stop", "live stop standup")

    room: RoomRef
    stream: Annotated[str, Field(description="Only this live stream, by its id")] = ""
    every: Annotated[
        bool, Option("all"), Field(description="Whatever else of the kind runs in the room too")
    ] = False

    async def consequence(self, ctx: Context) -> Reply:
        found, now = await gather(self._running(ctx), live.find(ctx, self.room, hosts=False))
        began = found.started_at or found.created_at
        facts = [Reply("has run for {span}", span=roughly(ctx.now - began))] if began else []
        facts += [self._stay(now.people)] if now else []
        facts += [Reply("every other live stream of it stops too")] if self.every else []
        facts.append(Reply("its audience sees no more"))
        return Reply(
            "Stop the live stream of {room}?",
            button="Stop the live stream",
            facts=facts,
            stakes=acts.stakes_of(found),
            room=self.room,
        )

    def _stay(self, people: Counted) -> Reply:
        if people.number == 1:
            return Reply("{people} stays in the room", people=people)
        return Reply("{people} stay in the room", people=people)

    async def run(self, ctx: Context) -> Reply:
        stream = self.stream or await acts.agreed(ctx, self.room)
        record = acts.keeps(await acts.find(ctx, self.room, stream))
        began = await acts.stop(ctx, self.room, stream, every=self.every)
        by, room = ctx.actor.mention, self.room
        undo = Undo(Reply("Show {room} live again", room=room), "live start", room=room, record=record)
        if not began:
            return Reply("{by} stopped the live stream of {room}.", by=by, room=room, undo=undo)
        return Reply(
            "{by} stopped the live stream of {room}, after {span}.",
            by=by,
            room=room,
            span=roughly(ctx.now - began),
            undo=undo,
        )

    def covers(self, other: Command) -> bool:
        """Of a room one live stream runs at most, and one that is named is no other that is named."""
        if not isinstance(other, LiveStop) or other.room.exact != self.room.exact:
            return False
        return not (self.stream and other.stream) or self.stream == other.stream

    async def _running(self, ctx: Context) -> LiveStream:
        if not self.stream:
            return await acts.running(ctx, self.room)
        found = await acts.find(ctx, self.room, self.stream)
        if not found.is_running:
            raise acts.over(self.room)
        return found
