from typing import Annotated

from pydantic import Field

from bot.command import Cadence, Command, Context, Level, RoomRef, Sentence, without_keys
from bot.features.announce import acts
from bot.reply import Reply, Undo


class AnnounceAdd(Command):
    """Say something in a live session again and again, until it ends."""

    level = Level.MODERATOR
    in_session = True
    verb = "announce"
    examples = (
        "announce add 'every 15m' Drink water",
        "announce add 'daily 09:45' Five minutes until the break --room standup",
    )

    when: Annotated[Cadence, Field(description="How often, such as 15m, daily 09:00 or mon-fri 09:00")]
    text: Annotated[str, Sentence, Field(description="What to say")]
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        await acts.check(ctx, self.room, self.text)
        return Reply(
            "Announce this in {room}, {when}?",
            button="Announce it",
            facts=[Reply("{text}", text=without_keys(self.text)), Reply("until its session ends")],
            room=self.room,
            when=self.when,
        )

    async def run(self, ctx: Context) -> Reply:
        first = await acts.add(ctx, self.room, self.when, self.text)
        number = ctx.cause.request
        undo = Undo(Reply("Stop it"), "announce remove", number=number, room=self.room)
        return Reply(
            "{by} started announcing “{text}” in {room}, {when}. "
            "It first comes {first}, and ends with the session.",
            by=ctx.actor.mention,
            text=without_keys(self.text),
            room=self.room,
            when=self.when,
            first=first,
            undo=undo,
        )
