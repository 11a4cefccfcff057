from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, RoomRef, TookPart
from bot.features.session import quality, quality_cards
from bot.reply import Reply


class Quality(Command):
    """See how somebody's line was in the last session that ended, and whether it was theirs."""

    level = Level.MODERATOR
    reads = True
    verb = "show quality"
    examples = ("quality Gus", "quality Gus --room standup --session 6501a9f0b2d4e5f60123000f")

    person: Annotated[TookPart, Field(description="Somebody who took part")]
    room: RoomRef
    session: Annotated[str, Field(description="In which session, by its id")] = ""

    async def run(self, ctx: Context) -> Reply:
        session = await quality.session_of(ctx, self.room, self.session)
        return quality_cards.said(await quality.of(ctx, session, self.person), self.person, self.room)
