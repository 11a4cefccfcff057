from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Duration, Level, Option, RoomRef, Sentence, without_keys
from bot.features.live import acts
from bot.reply import Reply

USUAL = timedelta(seconds=10)


class LiveMeta(Command):
    """Hand the players of the audience a note at this moment of the live stream."""

    level = Level.MODERATOR
    in_session = True
    verb = "send note"
    examples = ("live meta 'question 2'", "live meta 'question 2' --for 30s --room standup")

    text: Annotated[str, Sentence, Field(description="The note, of at most 100 characters")]
    span: Annotated[Duration, Option("for"), Field(title="Holds for", description="How long it holds")] = (
        USUAL
    )
    room: RoomRef

    async def consequence(self, ctx: Context) -> Reply:
        acts.check_meta(self.text)
        await acts.running(ctx, self.room)
        return Reply(
            "Send this to the players of {room}?",
            button="Send it",
            facts=[Reply("{text}", text=without_keys(self.text)), Reply("for {span}", span=self.span)],
            room=self.room,
        )

    async def run(self, ctx: Context) -> Reply:
        await acts.send_meta(ctx, self.room, self.text, self.span)
        return Reply(
            "{by} sent the players of {room} “{text}”, for {span}.",
            by=ctx.actor.mention,
            room=self.room,
            text=without_keys(self.text),
            span=self.span,
        )
