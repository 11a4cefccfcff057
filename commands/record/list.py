from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.record import acts, cards
from bot.features.room import beams
from bot.reply import Button, Counted, Invocation, Reply


class RecordList(Command):
    """See the recordings of a room, the newest first."""

    level = Level.VIEWER
    reads = True
    verb = "list recordings"
    examples = ("record list", "record list standup --here")

    room: RoomRef
    session: Annotated[str, Field(description="Only those of this session, by its id")] = ""

    async def run(self, ctx: Context) -> Reply:
        walk = ctx.hms.recordings.each(**beams.of(self.room, self.session))
        found, more = await beams.listed(walk, self.room, self.session)
        if not found:
            return Reply("{room} was never recorded. A moderator can: `/hms record start`.", room=self.room)
        if more:
            newest = Counted(len(found), "newest recording", "newest recordings")
            said = Reply("The {newest} of {room}.", newest=newest, room=self.room) + beams.OLDER
        else:
            said = Reply("{recordings} of {room}.", recordings=cards.counted(len(found)), room=self.room)
        one = Button("Show one…", Invocation("record show", room=self.room), form=True)
        found = [cards.known(one, await acts.paused(ctx, self.room, one)) for one in found]
        return said.listing([cards.row(one, self.room) for one in found], cards.table(found), one)
