from asyncio import gather
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.record import acts
from bot.features.room import beams, live, meeting
from bot.reply import Reply, Undo


class RecordStart(Command):
    """Start recording a room; the files come as links when it has ended."""

    level = Level.MODERATOR
    verb = "record"
    examples = ("record start standup", "record start --template-destination lectures")

    room: RoomRef
    url: Annotated[
        str, Field(title="Meeting link", description="Link by which 100ms's recorder comes into the room")
    ] = ""
    template_destination: Annotated[
        str, Field(description="Which destination of the template records it, by name")
    ] = ""

    async def consequence(self, ctx: Context) -> Reply:
        _, now = await gather(self.check(ctx), live.find(ctx, self.room, hosts=False))
        there = Reply("{people} there", people=now.people) if now else Reply("nobody is there yet")
        return Reply("Record {room}?", button="Record {room}", facts=[there], room=self.room)

    async def check(self, ctx: Context) -> None:
        self._check()
        held = await beams.holding(ctx, self.room)
        if held:
            raise acts.taken(self.room, held)

    async def run(self, ctx: Context) -> Reply:
        self._check()
        started = await acts.start(ctx, self.room, meeting.Order(self.url, self.template_destination))
        undo = Undo(Reply("Stop recording"), "record stop", room=self.room, recording=started.id)
        said = Reply("{by} started recording {room}.", by=ctx.actor.mention, room=self.room, undo=undo)
        return said + beams.ALONE if started.alone else said

    def covers(self, other: Command) -> bool:
        """However the other would have it recorded: it is."""
        return isinstance(other, RecordStart) and other.room.exact == self.room.exact

    def _check(self) -> None:
        if self.url:
            meeting.check(self.url, "url")
