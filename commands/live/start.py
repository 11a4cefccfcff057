from asyncio import gather
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, Yes
from bot.features.live import acts
from bot.features.room import beams, live, meeting
from bot.reply import Button, Invocation, Reply, Undo


class LiveStart(Command):
    """Show a room live to an audience that only watches."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    verb = "stream live"
    examples = ("live start", "live start standup --record")

    room: RoomRef
    record: Annotated[bool, Field(description="Also keep what is shown, as files to watch later")] = False
    url: Annotated[
        str, Field(title="Meeting link", description="Link by which 100ms's streamer comes into the room")
    ] = ""
    template_destination: Annotated[
        str, Field(description="Which destination of the template streams it, by name")
    ] = ""

    async def consequence(self, ctx: Context) -> Reply:
        _, now = await gather(self.check(ctx), live.find(ctx, self.room, hosts=False))
        facts = [Reply("{people} there", people=now.people) if now else Reply("nobody is there yet")]
        facts += [Reply("what is shown is kept")] if self.record else []
        facts.append(Reply("whoever has the link can watch"))
        return Reply("Show {room} live?", button="Show {room} live", facts=facts, room=self.room)

    async def check(self, ctx: Context) -> None:
        self._check()
        found = await acts.newest_running(ctx, self.room)
        if found:
            raise acts.taken(self.room, found)

    async def run(self, ctx: Context) -> Reply:
        self._check()
        order = meeting.Order(self.url, self.template_destination)
        started = await acts.start(ctx, self.room, order, record=self.record)
        by, room = ctx.actor.mention, self.room
        watches = Button("Where to watch", Invocation("live show", room=room))
        undo = Undo(Reply("Stop the live stream"), "live stop", room=room, stream=started.id)
        said = Reply(
            "{by} started the live stream of {room}.", by=by, room=room, buttons=[watches], undo=undo
        )
        said = said + Reply("What is shown is kept.") if self.record else said
        return said + beams.ALONE if started.alone else said

    def covers(self, other: Command) -> bool:
        """However the other would have it shown: it is."""
        return isinstance(other, LiveStart) and other.room.exact == self.room.exact

    def _check(self) -> None:
        if self.url:
            meeting.check(self.url, "url")
