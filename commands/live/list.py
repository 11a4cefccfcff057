from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.live import acts
from bot.features.room import beams
from bot.hms import LiveStream
from bot.reply import Button, Counted, Invocation, Reply, Row, Table


class LiveList(Command):
    """See the live streams of a room, the newest first."""

    level = Level.VIEWER
    reads = True
    verb = "list live streams"
    examples = ("live list", "live list standup --here")

    room: RoomRef
    session: Annotated[str, Field(description="Only those of this session, by its id")] = ""

    async def run(self, ctx: Context) -> Reply:
        walk = ctx.hms.live_streams.each(**beams.of(self.room, self.session))
        found, more = await beams.listed(walk, self.room, self.session)
        if not found:
            return Reply("{room} was never streamed live.", room=self.room)
        one = Button("Show one…", Invocation("live show", room=self.room), form=True)
        rows = [self._row(each) for each in found]
        lines = beams.lines(found, acts.keeps)
        table = Table(("Began", "Lasted", "State", "Stream"), lines, caption="Live streams of {room}")
        return self._head(len(found), more=more).listing(rows, table, one)

    def _head(self, number: int, *, more: bool) -> Reply:
        if more:
            newest = Counted(number, "newest live stream", "newest live streams")
            return Reply("The {newest} of {room}.", newest=newest, room=self.room) + beams.OLDER
        streams = Counted(number, "live stream", "live streams")
        return Reply("{streams} of {room}.", streams=streams, room=self.room)

    def _row(self, one: LiveStream) -> Row:
        shows = Invocation("live show", stream=one.id, room=self.room)
        return Row(beams.line(one, keeps=acts.keeps(one)), (Button("Show", shows),))
