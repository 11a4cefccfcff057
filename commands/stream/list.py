from operator import attrgetter
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.room import beams
from bot.hms import ExternalStream
from bot.reply import Button, Counted, Invocation, Reply, Row, Table


class StreamList(Command):
    """See the streams of a room to other platforms, the newest first."""

    level = Level.VIEWER
    reads = True
    verb = "list streams"
    examples = ("stream list", "stream list standup --here")

    room: RoomRef
    session: Annotated[str, Field(description="Only those of this session, by its id")] = ""

    async def run(self, ctx: Context) -> Reply:
        walk = ctx.hms.external_streams.each(**beams.of(self.room, self.session))
        found, more = await beams.listed(walk, self.room, self.session)
        if not found:
            return Reply("{room} was never streamed to other platforms.", room=self.room)
        one = Button("Show one…", Invocation("stream show", room=self.room), form=True)
        rows = [self._row(each) for each in found]
        lines = beams.lines(found, attrgetter("recording"))
        table = Table(("Began", "Lasted", "State", "Stream"), lines, caption="Streams of {room}")
        return self._head(len(found), more=more).listing(rows, table, one)

    def _head(self, number: int, *, more: bool) -> Reply:
        if more:
            newest = Counted(number, "newest stream", "newest streams")
            return Reply("The {newest} of {room}.", newest=newest, room=self.room) + beams.OLDER
        streams = Counted(number, "stream", "streams")
        return Reply("{streams} of {room}.", streams=streams, room=self.room)

    def _row(self, one: ExternalStream) -> Row:
        shows = Invocation("stream show", stream=one.id, room=self.room)
        return Row(beams.line(one, keeps=one.recording), (Button("Show", shows),))
