from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, without_keys
from bot.features.announce import acts
from bot.reply import Reply, Undo


class AnnounceRemove(Command):
    """Announce something no more."""

    level = Level.MODERATOR
    verb = "stop announcing"
    alone = "announce list"
    examples = ("announce remove 2", "announce remove 2 --room standup")

    number: Annotated[int, Field(description="Its number, as announce list shows it")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        found = await acts.find(ctx, self.room, self.number)
        facts = [Reply("{text}", text=without_keys(found.text))]
        return Reply("Stop announcing this in {room}?", button="Stop it", facts=facts, room=self.room)

    async def run(self, ctx: Context) -> Reply:
        text, when = await acts.remove(ctx, self.room, self.number)
        again = Undo(Reply("Announce it again"), "announce add", when=when, text=text, room=self.room)
        return Reply(
            "{by} stopped announcing “{text}” in {room}.",
            by=ctx.actor.mention,
            text=without_keys(text),
            room=self.room,
            undo=again,
        )
