from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Positional, RoomRef
from bot.features.record import acts, cards
from bot.reply import Button, Invocation, Reply


class RecordShow(Command):
    """See one recording of a room: how it stands, how long it was, and its files."""

    level = Level.VIEWER
    reads = True
    verb = "show a recording"
    examples = ("record show", "record show 6501aa00b2d4e5f601230010")

    recording: Annotated[str, Positional, Field(description="Its id; the newest if none is named")] = ""
    room: RoomRef

    async def run(self, ctx: Context) -> Reply:
        found = await acts.find(ctx, self.room, self.recording)
        paused = await acts.paused(ctx, self.room, found)
        rights = await ctx.rights()
        buttons = [
            button
            for level, several in cards.acts_on(found, self.room, paused).items()
            for button in several
            if rights(level, self.room.id).allowed
        ]
        if found.recording_assets:
            buttons.append(
                Button("Its files", Invocation("asset list", room=self.room, session=found.session_id))
            )
        return cards.said(found, self.room, paused) + Reply("", buttons=buttons)
