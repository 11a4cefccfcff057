from asyncio import gather
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Option, RoomRef, Yes
from bot.features.room import live
from bot.features.stream import acts, targets
from bot.hms import ExternalStream
from bot.reply import Reply, Undo, roughly


class StreamStop(Command):
    """Stop streaming a room to other platforms."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    in_session = True
    verb = "stop streaming"
    examples = ("stream stop", "stream stop standup")

    room: RoomRef
    stream: Annotated[str, Field(description="Only this stream, by its id")] = ""
    every: Annotated[
        bool, Option("all"), Field(description="Whatever else of the kind runs in the room too")
    ] = False

    async def consequence(self, ctx: Context) -> Reply:
        found, now = await gather(self._running(ctx), live.find(ctx, self.room, hosts=False))
        names = targets.goes_to(ctx, found, await targets.known(ctx, self.room))
        began = found.started_at or found.created_at
        facts = [Reply("it goes to {targets}", targets=names)] if names else []
        facts += [Reply("has run for {span}", span=roughly(ctx.now - began))] if began else []
        facts += [Reply("{people} stay in the room", people=now.people)] if now else []
        facts += [Reply("every other stream of it stops too")] if self.every else []
        return Reply(
            "Stop streaming {room}?",
            button="Stop streaming",
            facts=facts,
            stakes=acts.stakes_of(found),
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        stream = self.stream or await acts.agreed(ctx, self.room)
        found = await acts.find(ctx, self.room, stream)
        names = targets.goes_to(ctx, found, await targets.known(ctx, self.room))
        began = await acts.stop(ctx, self.room, stream, every=self.every)
        again = {"targets": list(names), "record": found.recording, "room": self.room}
        undo = Undo(Reply("Stream {room} again", room=self.room), "stream start", **again) if names else None
        by, room = ctx.actor.mention, self.room
        if not began:
            return Reply("{by} stopped streaming {room}.", by=by, room=room, undo=undo)
        span = roughly(ctx.now - began)
        return Reply("{by} stopped streaming {room}, after {span}.", by=by, room=room, span=span, undo=undo)

    def covers(self, other: Command) -> bool:
        """Of a room one stream runs at most, and one that is named is no other that is named."""
        if not isinstance(other, StreamStop) or other.room.exact != self.room.exact:
            return False
        return not (self.stream and other.stream) or self.stream == other.stream

    async def _running(self, ctx: Context) -> ExternalStream:
        if not self.stream:
            return await acts.running(ctx, self.room)
        found = await acts.find(ctx, self.room, self.stream)
        if not found.is_running:
            raise acts.over(self.room)
        return found
