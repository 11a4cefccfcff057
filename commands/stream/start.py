from asyncio import gather
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, TargetName, Yes
from bot.features.room import beams, live, meeting
from bot.features.stream import acts, targets
from bot.reply import Invocation, Reply, Undo


class StreamStart(Command):
    """Stream a room to other platforms, up to five at once."""

    level = Level.MODERATOR
    yes = Yes.ACTOR
    verb = "stream"
    examples = ("stream start youtube", "stream start youtube --record --room standup")

    targets: Annotated[
        tuple[TargetName, ...], Field(description="Where to, by the names of stream-target list")
    ]
    room: RoomRef
    record: Annotated[bool, Field(description="Also keep a recording")] = False
    url: Annotated[
        str, Field(title="Meeting link", description="Link by which 100ms's streamer comes into the room")
    ] = ""
    template_destination: Annotated[
        str, Field(description="Which destination of the template streams it, by name")
    ] = ""

    async def consequence(self, ctx: Context) -> Reply:
        _, now = await gather(self.check(ctx), live.find(ctx, self.room, hosts=False))
        chosen = await targets.named(ctx, self.room, self.targets)
        facts = [Reply("{people} there", people=now.people) if now else Reply("nobody is there yet")]
        facts += [Reply("a recording is kept too")] if self.record else []
        names = tuple(one.name for one in chosen)
        return Reply(
            "Stream {room} to {targets}?", button="Stream {room}", facts=facts, room=self.room, targets=names
        )

    async def check(self, ctx: Context) -> None:
        self._check()
        await targets.named(ctx, self.room, self.targets)
        held = await beams.holding(ctx, self.room)
        if held:
            again = Invocation("stream start", targets=self.targets, room=self.room)
            raise acts.taken(self.room, held, again)

    async def run(self, ctx: Context) -> Reply:
        self._check()
        names = tuple(one.name for one in await targets.named(ctx, self.room, self.targets))
        order = meeting.Order(self.url, self.template_destination)
        started = await acts.start(ctx, self.room, names, order, record=self.record)
        undo = Undo(Reply("Stop streaming"), "stream stop", room=self.room, stream=started.id)
        by, room = ctx.actor.mention, self.room
        said = Reply(
            "{by} started streaming {room} to {targets}.", by=by, room=room, targets=names, undo=undo
        )
        said = said + Reply("A recording is kept too.") if self.record else said
        return said + beams.ALONE if started.alone else said

    def covers(self, other: Command) -> bool:
        """Wherever the other would have it streamed: the slot is taken."""
        return isinstance(other, StreamStart) and other.room.exact == self.room.exact

    def _check(self) -> None:
        if self.url:
            meeting.check(self.url, "url")
