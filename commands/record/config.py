from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.record import acts, cards
from bot.reply import Reply


class RecordConfig(Command):
    """See what a recording was started with: its size, its destination, its link."""

    level = Level.VIEWER
    reads = True
    verb = "show how it records"
    examples = ("record config", "record config 6501aa00b2d4e5f601230010")

    recording: Annotated[str, Positional, Field(description="Its id; the newest if none is named")] = ""
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await acts.find(ctx, self.room, self.recording)
        table = cards.how(await ctx.hms.recordings.get_config(found.id))
        return Reply("A recording of {room} was started with this.", room=self.room, table=table)
