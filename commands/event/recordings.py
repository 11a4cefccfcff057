from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef
from bot.features.event import cards, history
from bot.reply import Reply


class EventRecordings(Command):
    """See which recordings of a room were written down in the last 30 days."""

    level = Level.MODERATOR
    reads = True
    verb = "list recordings"
    examples = ("event recordings", "event recordings standup --session 6501a9f0b2d4e5f60123000f")

    room: RoomRef
    session: Annotated[str, Field(description="Of which session, by its id; else of all")] = ""

    async def run(self, ctx: Context) -> Reply:
        told = await history.happened(ctx, self.room, "recordings", self.session)
        if not told.events:
            return Reply("No recording of {room} was written down in the last 30 days.", room=self.room)
        return Reply(
            "{events} of {room}. Their files: `/hms asset list`.",
            events=cards.counted(told),
            room=self.room,
            table=cards.recordings(told),
            file=cards.rest(told, self.room, "recordings"),
        ) + cards.beyond(told)
